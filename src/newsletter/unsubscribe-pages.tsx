/**
 * Renders the unsubscribe and resubscribe pages. An email may have been forwarded, so the first says whose subscription
 * it ends, without showing the address.
 */
import { href } from "../routes.ts";
import { maskAddress } from "../subscribers/address.ts";
import type { PageContext } from "../ui/page-context.ts";
import { Frame, FreshLinkForm, PushForm } from "./pages.tsx";

/** Maximum length of a reason, in characters. */
export const maxReason = 500;

export function UnsubscribePage({ page, token, address }: UnsubscribeProps) {
  const { unsubscribe } = page.words;
  return (
    <Frame page={page} title={unsubscribe.title}>
      <p>{unsubscribe.whose(<bdi>{maskAddress(address)}</bdi>)}</p>
      <p>{unsubscribe.text}</p>
      <PushForm action={href.unsubscribe(token)} label={unsubscribe.button}>
        <input type="hidden" name="by" value="page" />
      </PushForm>
    </Frame>
  );
}

interface UnsubscribeProps {
  readonly page: PageContext;
  readonly token: string;
  /** Of the subscriber. */
  readonly address: string;
}

/** The same for a forged or truncated link, and for an erased subscription. */
export function NobodysLinkPage({ page, isOpen }: { readonly page: PageContext; readonly isOpen: boolean }) {
  const { noMatch } = page.words.unsubscribe;
  return (
    <Frame page={page} title={noMatch.title}>
      <p>{noMatch.text}</p>
      {isOpen && (
        <>
          <h2>{noMatch.stillEmails}</h2>
          <p>{noMatch.request}</p>
          <FreshLinkForm words={page.words} />
        </>
      )}
    </Frame>
  );
}

interface LeftProps {
  readonly page: PageContext;
  /** Token of the unsubscribe link. */
  readonly token: string;
  /** Token for resubscribing; undefined if it cannot be undone. */
  readonly resubscribe: string | undefined;
  readonly hasGivenReason?: boolean;
}

export function LeftPage({ page, token, resubscribe, hasGivenReason = false }: LeftProps) {
  const { done, reason, resubscribe: back } = page.words.unsubscribe;
  return (
    <Frame page={page} title={done.title}>
      <p>{done.text}</p>
      {resubscribe !== undefined && (
        <>
          <h2>{done.mistake}</h2>
          <PushForm action={href.resubscribe(resubscribe)} label={back.button} />
        </>
      )}
      {hasGivenReason ? (
        <p role="status">{reason.thanks}</p>
      ) : (
        <>
          <h2>{reason.title}</h2>
          <form class="stacked-form" method="post" action={href.unsubscribeReason(token)}>
            <label for="why">{reason.label}</label>
            <textarea id="why" name="why" rows={3} maxlength={maxReason}></textarea>
            <button type="submit" class="button">
              {reason.button}
            </button>
          </form>
        </>
      )}
    </Frame>
  );
}

export function ReturnPage({ page, token }: { readonly page: PageContext; readonly token: string }) {
  const { resubscribe } = page.words.unsubscribe;
  return (
    <Frame page={page} title={resubscribe.title}>
      <p>{resubscribe.text}</p>
      <PushForm action={href.resubscribe(token)} label={resubscribe.button} />
    </Frame>
  );
}

export const ReturnedPage = ({ page, preferences }: { readonly page: PageContext; readonly preferences: string }) => (
  <Frame page={page} title={page.words.unsubscribe.returned.title}>
    <p>
      {page.words.unsubscribe.returned.text((own) => (
        <a href={preferences}>{own}</a>
      ))}
    </p>
  </Frame>
);
