/** The newsletter's own pages: what it is, and what to do next on the way into it. */
import type { Child } from "hono/jsx";
import type { Catalogue } from "../library/catalogue.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import { SubscribeForm, subscribePromise, subscribeTitle } from "../ui/subscribe-form.tsx";
import { newAddressWording } from "./preferences.ts";
import { confirmWording } from "./subscribing.ts";
import { turnstileScript } from "./turnstile.ts";

/** The house that every page stands in. */
export interface Place {
  readonly catalogue: Catalogue;
  readonly origin: string;
}

/** A page of the newsletter. None of them is to be found by search, so it has no canonical address. */
export const Frame = ({ place, title, children }: { place: Place; title: string; children?: Child }) => (
  <Document {...place} title={title} description={title}>
    <article class="reading newsletter">
      <header class="text-header">
        <p class="kicker">
          <a href={href.newsletter()}>Newsletter</a>
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

export const NewsletterPage = ({ place, form }: { readonly place: Place; readonly form: Form }) => (
  <Frame place={place} title={subscribeTitle}>
    <p>
      When a chapter of {place.catalogue.manifest.title} appears, it comes to you whole: the text, the formulas and the
      drawings, to be read where your mail is.
    </p>
    <p>{subscribePromise}</p>
    <SubscribeForm {...form} />
    {form.siteKey !== undefined && <script src={turnstileScript} async defer></script>}
    <h2>How often</h2>
    <p>
      Each chapter as it appears, or together once a week or once a month. You choose that, and which books, on your own
      page; a link to it is in every mail. When nothing is new, nothing comes.
    </p>
    <h2>What is promised</h2>
    <p>
      Nothing is sent before you have confirmed that the address is yours. Every mail ends the subscription with one
      click. Your address is used for this and for nothing else; no mail counts who opens it, and you can have
      everything about you shown or erased at any time.
    </p>
    <h2>Without an address</h2>
    <p>
      The <a href={href.feed()}>feed</a> brings the same chapters to a feed reader and asks for nothing.
    </p>
  </Frame>
);

export const ClosedPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Not open yet">
    <p>The newsletter of this library is not open yet, so there is no form here to fill in.</p>
    <p>
      New chapters are on the <a href={href.home()}>first page</a> and in the <a href={href.feed()}>feed</a>.
    </p>
  </Frame>
);

export const CheckInboxPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Look into your inbox">
    <p>A mail is on its way to the address you gave. Open it and follow its link: then the subscription begins.</p>
    <p>
      If it is not there in five minutes, look among the unwanted mail, or <a href={href.newsletter()}>ask again</a>.
      The link holds for two days. To write to an address more than three times a day would be a nuisance, so we do not.
    </p>
  </Frame>
);

export const LinkSentPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Look into your inbox">
    <p>
      If that address is known here, a mail with a fresh link to its page is on the way. Look among the unwanted mail
      too if it does not come in five minutes.
    </p>
  </Frame>
);

export const TooManyPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Too many requests today">
    <p>
      More was asked for today than we answer, from your network or for one address: that keeps inboxes safe from
      floods. Please try again tomorrow; the counting starts afresh at midnight UTC.
    </p>
    <p>
      The <a href={href.feed()}>feed</a> is open at all times.
    </p>
  </Frame>
);

export const TooLargePage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Too large">
    <p>What was sent is larger than any form of ours. Nothing was done with it.</p>
  </Frame>
);

/** For every link that does not hold, whatever the reason: it must not say which. */
export const BadLinkPage = ({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) => (
  <Frame place={place} title="This link does not hold">
    <p>
      It may be too old, used up, or cut short on its way. Nothing has been changed. A mail program sometimes breaks a
      long link in two: then copy the whole of it.
    </p>
    {isOpen && (
      <>
        <h2>If you subscribe already</h2>
        <FreshLinkForm />
        <h2>If you would like to</h2>
        <p>
          {subscribeTitle}. {subscribePromise}
        </p>
        <SubscribeForm page={href.newsletter()} />
      </>
    )}
  </Frame>
);

/** `value` and `error` when what was typed is no address. */
export const FreshLinkForm = ({ value, error }: { readonly value?: string; readonly error?: string }) => (
  <form class="subscribe-form" method="post" action={href.preferencesLink()}>
    <div class="subscribe-field">
      <label for="link-email">Your address</label>
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
    <button type="submit" class="push">
      Mail me a fresh link
    </button>
  </form>
);

export const FreshLinkPage = ({ place, ...form }: { place: Place; value?: string; error?: string }) => (
  <Frame place={place} title="A fresh link to your page">
    <p>Your preferences are behind a link that only you have. Say which address is yours, and it is mailed there.</p>
    <FreshLinkForm {...form} />
  </Frame>
);

export const ConfirmPage = ({ place, action }: { readonly place: Place; readonly action: string }) => (
  <Frame place={place} title="One last step">
    <p>Shall new chapters of {place.catalogue.manifest.title} come to the address that this link was mailed to?</p>
    <PushForm action={action} label={confirmWording} />
    <p>If it was not you who asked, close this page: nothing will come.</p>
  </Frame>
);

interface Confirmed {
  readonly place: Place;
  /** Link to the preferences, made anew. */
  readonly preferences: string;
  readonly isNew: boolean;
}

export const ConfirmedPage = ({ place, preferences, isNew }: Confirmed) => (
  <Frame place={place} title={isNew ? "You are in" : "You are in already"}>
    <p>
      {isNew ? "Thank you. The" : "This was confirmed before; there is nothing left to do. The"} next new chapter comes
      to your inbox.
    </p>
    <p>
      Choose books, or get chapters together once a week or a month, on <a href={preferences}>your own page</a>. Until
      then the <a href={href.home()}>library</a> is open.
    </p>
  </Frame>
);

export const NewAddressPage = ({ place, action }: { readonly place: Place; readonly action: string }) => (
  <Frame place={place} title="Move your subscription">
    <p>Shall chapters come to the address that this link was mailed to, instead of the one before?</p>
    <PushForm action={action} label={newAddressWording} />
  </Frame>
);

export const AddressMovedPage = ({ place, preferences }: { readonly place: Place; readonly preferences: string }) => (
  <Frame place={place} title="Moved">
    <p>
      Chapters come to the new address from now on. All else stays as it was on <a href={preferences}>your own page</a>.
    </p>
  </Frame>
);

/** A button that does one thing. */
export const PushForm = ({ action, label, children }: { action: string; label: string; children?: Child }) => (
  <form class="push-form" method="post" action={action}>
    {children}
    <button type="submit" class="push">
      {label}
    </button>
  </form>
);
