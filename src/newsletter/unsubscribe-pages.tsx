/** The way out, and back. None of these pages names the address: a mail may have been passed on. */
import { href } from "../routes.ts";
import { returnWording } from "../subscribers/subscribing.ts";
import type { PageContext } from "../ui/page-context.ts";
import { Frame, FreshLinkForm, PushForm } from "./pages.tsx";

export const unsubscribeWording = "Unsubscribe";
/** The longest reason that is kept, in characters. */
export const maxReason = 500;

export const UnsubscribePage = ({ page, token }: { readonly page: PageContext; readonly token: string }) => (
  <Frame page={page} title="Unsubscribe">
    <p>Press the button and you will get no more chapters by email. You can still read everything in the library.</p>
    <PushForm action={href.leave(token)} label={unsubscribeWording}>
      <input type="hidden" name="by" value="page" />
    </PushForm>
  </Frame>
);

/** The same for a link that was forged or cut, and for one whose subscription was erased. */
export const NobodysLinkPage = ({ page, isOpen }: { readonly page: PageContext; readonly isOpen: boolean }) => (
  <Frame page={page} title="This link does not match a subscription">
    <p>
      Either the subscription's data was erased, in which case nothing more will be sent, or the link was cut off. Some
      email clients break a long link in two: if so, copy the whole link.
    </p>
    {isOpen && (
      <>
        <h2>Still getting emails?</h2>
        <p>Request a link to the page where you can unsubscribe.</p>
        <FreshLinkForm />
      </>
    )}
  </Frame>
);

interface LeftProps {
  readonly page: PageContext;
  /** Token of the leave link. */
  readonly token: string;
  /** Token that takes it back; nothing when it cannot be taken back. */
  readonly comeBack: string | undefined;
  readonly hasGivenReason?: boolean;
}

export const LeftPage = ({ page, token, comeBack, hasGivenReason = false }: LeftProps) => (
  <Frame page={page} title="You have unsubscribed">
    <p>You will get no more chapters by email. One that is already on its way may still arrive.</p>
    {comeBack !== undefined && (
      <>
        <h2>Unsubscribed by mistake?</h2>
        <PushForm action={href.comeBack(comeBack)} label={returnWording} />
      </>
    )}
    {hasGivenReason ? (
      <p role="status">Thank you. The author will read it.</p>
    ) : (
      <>
        <h2>Would you like to tell us why?</h2>
        <form class="stacked-form" method="post" action={href.unsubscribeReason(token)}>
          <label for="why">Optional. A person will read it.</label>
          <textarea id="why" name="why" rows={3} maxlength={maxReason}></textarea>
          <button type="submit" class="button">
            Send
          </button>
        </form>
      </>
    )}
  </Frame>
);

export const ReturnPage = ({ page, token }: { readonly page: PageContext; readonly token: string }) => (
  <Frame page={page} title="Resubscribe">
    <p>Would you like to get new chapters again, as before?</p>
    <PushForm action={href.comeBack(token)} label={returnWording} />
  </Frame>
);

export const ReturnedPage = ({ page, preferences }: { readonly page: PageContext; readonly preferences: string }) => (
  <Frame page={page} title="Welcome back">
    <p>
      You will get new chapters again. If that was too much email, choose weekly or monthly on{" "}
      <a href={preferences}>your preferences page</a>.
    </p>
  </Frame>
);
