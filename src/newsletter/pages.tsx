/** The newsletter's pages: what it is, and the next step at each stage of subscribing. */
import type { Child } from "hono/jsx";
import { turnstileScript } from "../http/turnstile.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeForm } from "../ui/subscribe-form.tsx";
import { waitOf } from "../ui/words/wait.ts";
import type { Words } from "../ui/words/words.ts";

interface FrameProps {
  readonly page: PageContext;
  readonly title: string;
  /** The page that this one belongs to, if it is not the newsletter's. */
  readonly above?: { readonly label: string; readonly path: string };
  readonly children?: Child;
}

/** Frame of a newsletter page. These pages are not indexed, so they have no canonical URL. */
export const Frame = ({ page, title, above, children }: FrameProps) => (
  <Document page={page} title={title} description={title}>
    <article class="reading newsletter">
      <header class="text-header">
        <p class="kicker">
          <a href={above?.path ?? href.newsletter()}>{above?.label ?? page.words.newsletter.name}</a>
        </p>
        <h1>{title}</h1>
      </header>
      <div class="body">{children}</div>
    </article>
  </Document>
);

interface Form {
  readonly page: string;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
  readonly siteKey?: string | undefined;
}

export const NewsletterPage = ({ page, form }: { readonly page: PageContext; readonly form: Form }) => {
  const { newsletter, subscribe } = page.words;
  const { howOften, promise, withoutAddress } = newsletter;
  return (
    <Frame page={page} title={subscribe.title}>
      <p>{newsletter.what(page.catalogue.manifest.title)}</p>
      <p>{subscribe.promise}</p>
      <SubscribeForm words={page.words} {...form} />
      {form.siteKey !== undefined && <script src={turnstileScript} async defer></script>}
      <h2>{howOften.title}</h2>
      <p>{howOften.text}</p>
      <h2>{promise.title}</h2>
      <p>
        {promise.text((full) => (
          <a href={href.promise()}>{full}</a>
        ))}
      </p>
      <p>
        {newsletter.inArchive((archive) => (
          <a href={href.archive()}>{archive}</a>
        ))}
      </p>
      <h2>{withoutAddress.title}</h2>
      <p>{withoutAddress.text(toFeed)}</p>
    </Frame>
  );
};

const toFeed = (words: string) => <a href={href.feed()}>{words}</a>;

export function ClosedPage({ page }: { readonly page: PageContext }) {
  const { closed } = page.words.newsletter;
  return (
    <Frame page={page} title={closed.title}>
      <p>{closed.text}</p>
      <p>
        {closed.elsewhere(
          (home) => (
            <a href={href.home()}>{home}</a>
          ),
          toFeed,
        )}
      </p>
    </Frame>
  );
}

export function CheckInboxPage({ page, from }: { readonly page: PageContext; readonly from: string }) {
  const { checkInbox } = page.words.newsletter;
  const sender = <span class="own-address">{/<(.+)>$/.exec(from)?.[1] ?? from}</span>;
  return (
    <Frame page={page} title={checkInbox.title}>
      <p>{checkInbox.text(sender)}</p>
      <p>
        {checkInbox.notThere((again) => (
          <a href={href.newsletter()}>{again}</a>
        ))}
      </p>
    </Frame>
  );
}

export const LinkSentPage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title={page.words.newsletter.linkSent.title}>
    <p>{page.words.newsletter.linkSent.text}</p>
  </Frame>
);

interface Refused {
  readonly page: PageContext;
  readonly retryAfterSeconds: number;
}

const RefusedPage = ({ page, retryAfterSeconds, refusal }: Refused & { readonly refusal: "tooMany" | "shareUsed" }) => (
  <Frame page={page} title={page.words.newsletter[refusal].title}>
    <p>{page.words.newsletter[refusal].text(waitOf(retryAfterSeconds))}</p>
    <p>{page.words.newsletter.feedInstead(toFeed)}</p>
  </Frame>
);

export const TooManyPage = (refused: Refused) => <RefusedPage {...refused} refusal="tooMany" />;

/** The same for everyone, and for every address. */
export const ShareUsedPage = (refused: Refused) => <RefusedPage {...refused} refusal="shareUsed" />;

export const TooLargePage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title={page.words.newsletter.tooLarge.title}>
    <p>{page.words.newsletter.tooLarge.text}</p>
  </Frame>
);

/** For every invalid link, whatever the reason: the page must not reveal it. */
export function BadLinkPage({ page, isOpen }: { readonly page: PageContext; readonly isOpen: boolean }) {
  const { newsletter, subscribe } = page.words;
  return (
    <Frame page={page} title={newsletter.badLink.title}>
      <p>{newsletter.badLink.text}</p>
      {isOpen && (
        <>
          <h2>{newsletter.badLink.subscriber}</h2>
          <FreshLinkForm words={page.words} />
          <h2>{newsletter.badLink.stranger}</h2>
          <p>
            {subscribe.title}. {subscribe.promise}
          </p>
          <SubscribeForm words={page.words} page={href.newsletter()} />
        </>
      )}
    </Frame>
  );
}

interface FreshLinkProps {
  /** What was typed, and what is wrong with it, when it is not an email address. */
  readonly value?: string;
  readonly error?: string;
}

export const FreshLinkForm = ({ words, value, error }: FreshLinkProps & { readonly words: Words }) => (
  <form class="subscribe-form" method="post" action={href.preferencesLink()}>
    <div class="subscribe-field">
      <label for="link-email">{words.subscribe.email}</label>
      <input
        id="link-email"
        type="email"
        name="email"
        required
        maxlength={254}
        autocomplete="email"
        value={value}
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={error === undefined ? undefined : "link-error"}
      />
    </div>
    {error !== undefined && (
      <p class="form-error" id="link-error">
        {error}
      </p>
    )}
    <button type="submit" class="button">
      {words.newsletter.freshLink.button}
    </button>
  </form>
);

export const FreshLinkPage = ({ page, ...form }: FreshLinkProps & { readonly page: PageContext }) => (
  <Frame page={page} title={page.words.newsletter.freshLink.title}>
    <p>{page.words.newsletter.freshLink.text}</p>
    <FreshLinkForm words={page.words} {...form} />
  </Frame>
);

export function ConfirmPage({ page, action }: { readonly page: PageContext; readonly action: string }) {
  const { confirm } = page.words.newsletter;
  return (
    <Frame page={page} title={confirm.title}>
      <p>{confirm.text(page.catalogue.manifest.title)}</p>
      <PushForm action={action} label={confirm.button} />
      <p>{confirm.otherwise}</p>
    </Frame>
  );
}

interface Confirmed {
  readonly page: PageContext;
  /** A new link to the preferences page. */
  readonly preferences: string;
  readonly isNew: boolean;
}

export function ConfirmedPage({ page, preferences, isNew }: Confirmed) {
  const { confirmed } = page.words.newsletter;
  const { title, text } = isNew ? confirmed : confirmed.again;
  return (
    <Frame page={page} title={title}>
      <p>{text}</p>
      <p>
        {confirmed.choose(
          (own) => (
            <a href={preferences}>{own}</a>
          ),
          (library) => (
            <a href={href.home()}>{library}</a>
          ),
        )}
      </p>
    </Frame>
  );
}

export function NewAddressPage({ page, action }: { readonly page: PageContext; readonly action: string }) {
  const { newAddress } = page.words.newsletter;
  return (
    <Frame page={page} title={newAddress.title}>
      <p>{newAddress.text}</p>
      <PushForm action={action} label={newAddress.button} />
    </Frame>
  );
}

interface Moved {
  readonly page: PageContext;
  readonly preferences: string;
}

export const AddressMovedPage = ({ page, preferences }: Moved) => (
  <Frame page={page} title={page.words.newsletter.addressChanged.title}>
    <p>
      {page.words.newsletter.addressChanged.text((own) => (
        <a href={preferences}>{own}</a>
      ))}
    </p>
  </Frame>
);

/** A button that does one thing. */
export const PushForm = ({ action, label, children }: { action: string; label: string; children?: Child }) => (
  <form class="button-form" method="post" action={action}>
    {children}
    <button type="submit" class="button">
      {label}
    </button>
  </form>
);
