/** The newsletter's own pages: what it is, and what to do next on the way into it. */
import type { Child } from "hono/jsx";
import type { Catalogue } from "../library/catalogue.ts";
import { href } from "../routes.ts";
import { newAddressWording } from "../subscribers/preferences.ts";
import { confirmWording } from "../subscribers/subscribing.ts";
import { Document } from "../ui/document.tsx";
import { SubscribeForm, subscribePromise, subscribeTitle } from "../ui/subscribe-form.tsx";
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
      When a chapter of {place.catalogue.manifest.title} appears, it comes to you whole: text, formulas and drawings, to
      be read right in your mail.
    </p>
    <p>{subscribePromise}</p>
    <SubscribeForm {...form} />
    {form.siteKey !== undefined && <script src={turnstileScript} async defer></script>}
    <h2>How often</h2>
    <p>
      Each chapter as it appears, or all of them together once a week or once a month. You choose that, and which books,
      on your own page; every mail has a link to it. When nothing is new, nothing comes.
    </p>
    <h2>What is promised</h2>
    <p>
      No chapter is sent until you have confirmed that the address is yours. Every mail has a link that ends the
      subscription. Your address is used for this and for nothing else; no mail counts who opens it, and you can have
      everything about you shown or erased at any time. <a href={href.promise()}>The whole promise</a>, and how it is
      tested.
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
      New chapters are on the <a href={href.home()}>home page</a> and in the <a href={href.feed()}>feed</a>.
    </p>
  </Frame>
);

export const CheckInboxPage = ({ place, from }: { readonly place: Place; readonly from: string }) => (
  <Frame place={place} title="Check your inbox">
    <p>
      A mail is on its way to the address you gave. It comes from{" "}
      <span class="own-address">{/<(.+)>$/.exec(from)?.[1] ?? from}</span>. Follow its link, and the subscription
      begins.
    </p>
    <p>
      If it is not there in five minutes, look in your spam folder, or <a href={href.newsletter()}>ask again</a>. The
      link works for two days. To keep inboxes safe from floods, one gets at most three such emails in 24 hours.
    </p>
  </Frame>
);

export const LinkSentPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Check your inbox">
    <p>
      If that address is known here, a fresh link to its own page is on its way. If nothing comes within five minutes,
      look in your spam folder.
    </p>
  </Frame>
);

interface Refused {
  readonly place: Place;
  readonly retryAfterSeconds: number;
}

export const TooManyPage = ({ place, retryAfterSeconds }: Refused) => (
  <Frame place={place} title="Too many requests">
    <p>
      In the last 24 hours, more requests came from your network or for one email address than we answer. This limit
      protects inboxes. Please try again {inWords(retryAfterSeconds)}.
    </p>
    <p>
      The <a href={href.feed()}>feed</a> is always open.
    </p>
  </Frame>
);

/** The same for everyone, and for every address. */
export const ShareUsedPage = ({ place, retryAfterSeconds }: Refused) => (
  <Frame place={place} title="Please try again later">
    <p>
      No email could be sent: this library can send only so many in answer to forms, and for now they are used up. Your
      request was not stored. Please try again {inWords(retryAfterSeconds)}.
    </p>
    <p>
      The <a href={href.feed()}>feed</a> brings the same chapters and is always open.
    </p>
  </Frame>
);

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return minutes === 1 ? "in a minute" : `in about ${minutes} minutes`;
  const hours = Math.ceil(seconds / 3600);
  return hours <= 36 ? `in about ${hours} hours` : `in about ${Math.ceil(hours / 24)} days`;
}

export const TooLargePage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Too large">
    <p>What was sent is larger than any form here, so nothing was done with it.</p>
  </Frame>
);

/** For every link that does not hold, whatever the reason: it must not say which. */
export const BadLinkPage = ({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) => (
  <Frame place={place} title="This link does not work">
    <p>
      It may be too old, already used, or cut short on its way. Nothing has been changed. Some mail programs break a
      long link in two: if so, copy all of it.
    </p>
    {isOpen && (
      <>
        <h2>Already a subscriber?</h2>
        <FreshLinkForm />
        <h2>Not yet?</h2>
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
    <p>Your preferences are behind a link that only you have. Enter your address, and a fresh one is mailed to it.</p>
    <FreshLinkForm {...form} />
  </Frame>
);

export const ConfirmPage = ({ place, action }: { readonly place: Place; readonly action: string }) => (
  <Frame place={place} title="One last step">
    <p>Send new chapters of {place.catalogue.manifest.title} to the address that this link was mailed to?</p>
    <PushForm action={action} label={confirmWording} />
    <p>If it was not you who asked, close this page: nothing will be sent.</p>
  </Frame>
);

interface Confirmed {
  readonly place: Place;
  /** Link to the preferences, made anew. */
  readonly preferences: string;
  readonly isNew: boolean;
}

export const ConfirmedPage = ({ place, preferences, isNew }: Confirmed) => (
  <Frame place={place} title={isNew ? "You are in" : "You are already in"}>
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
    <p>Send chapters to the address that this link was mailed to, instead of the old one?</p>
    <PushForm action={action} label={newAddressWording} />
  </Frame>
);

export const AddressMovedPage = ({ place, preferences }: { readonly place: Place; readonly preferences: string }) => (
  <Frame place={place} title="Moved">
    <p>
      Chapters come to the new address from now on. Everything else on <a href={preferences}>your own page</a> stays as
      it was.
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
