/** The way out, and back. None of these pages names the address: a mail may have been passed on. */
import { href } from "../routes.ts";
import { returnWording } from "../subscribers/subscribing.ts";
import { Frame, FreshLinkForm, type Place, PushForm } from "./pages.tsx";

export const leaveWording = "Unsubscribe";
/** The longest reason that is kept, in characters. */
export const maxReason = 500;

export const LeavePage = ({ place, token }: { readonly place: Place; readonly token: string }) => (
  <Frame place={place} title="Leave the newsletter">
    <p>Press the button, and no more chapters come by mail. The library stays open to you, of course.</p>
    <PushForm action={href.leave(token)} label={leaveWording}>
      <input type="hidden" name="by" value="page" />
    </PushForm>
  </Frame>
);

/** The same for a link that was forged or cut, and for one whose subscription was erased. */
export const NobodysLinkPage = ({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) => (
  <Frame place={place} title="No subscription has this link">
    <p>
      Either everything about the subscription was erased, and then nothing is sent for it any more. Or the link was cut
      short on its way: some mail programs break a long link in two. If so, copy all of it.
    </p>
    {isOpen && (
      <>
        <h2>Does mail still come?</h2>
        <p>Then ask for a link to the page where it can be ended.</p>
        <FreshLinkForm />
      </>
    )}
  </Frame>
);

interface LeftProps {
  readonly place: Place;
  /** Token of the leave link. */
  readonly token: string;
  /** Token that takes it back; nothing when it cannot be taken back. */
  readonly comeBack: string | undefined;
  readonly hasSaidWhy?: boolean;
}

export const LeftPage = ({ place, token, comeBack, hasSaidWhy = false }: LeftProps) => (
  <Frame place={place} title="You have left">
    <p>No more chapters will come by mail. One that is already on its way may still arrive.</p>
    {comeBack !== undefined && (
      <>
        <h2>A mistake?</h2>
        <PushForm action={href.comeBack(comeBack)} label={returnWording} />
      </>
    )}
    {hasSaidWhy ? (
      <p role="status">Thank you. It will be read.</p>
    ) : (
      <>
        <h2>Would you tell us why?</h2>
        <form class="stacked-form" method="post" action={href.leaveReason(token)}>
          <label for="why">Only if you like. A person reads it.</label>
          <textarea id="why" name="why" rows={3} maxlength={maxReason}></textarea>
          <button type="submit" class="push">
            Send
          </button>
        </form>
      </>
    )}
  </Frame>
);

export const ReturnPage = ({ place, token }: { readonly place: Place; readonly token: string }) => (
  <Frame place={place} title="Come back">
    <p>Send new chapters to you again, as before?</p>
    <PushForm action={href.comeBack(token)} label={returnWording} />
  </Frame>
);

export const ReturnedPage = ({ place, preferences }: { readonly place: Place; readonly preferences: string }) => (
  <Frame place={place} title="Welcome back">
    <p>
      New chapters come to you again. If it was too much mail, choose once a week or once a month on{" "}
      <a href={preferences}>your own page</a>.
    </p>
  </Frame>
);
