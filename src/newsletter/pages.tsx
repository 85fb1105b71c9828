/** The newsletter's pages: what it is, and the next step at each stage of subscribing. */
import type { Child } from "hono/jsx";
import { href } from "../routes.ts";
import { newAddressWording } from "../subscribers/preferences.ts";
import { confirmWording } from "../subscribers/subscribing.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeForm } from "../ui/subscribe-form.tsx";
import { turnstileScript } from "./turnstile.ts";

/** Frame of a newsletter page. These pages are not indexed, so they have no canonical URL. */
export const Frame = ({ page, title, children }: { page: PageContext; title: string; children?: Child }) => (
  <Document page={page} title={title} description={title}>
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

export const NewsletterPage = ({ page, form }: { readonly page: PageContext; readonly form: Form }) => (
  <Frame page={page} title={page.words.subscribe.title}>
    <p>
      Each new chapter of {page.catalogue.manifest.title} arrives in full, with text, formulas and figures, so you can
      read it right in your inbox.
    </p>
    <p>{page.words.subscribe.promise}</p>
    <SubscribeForm words={page.words} {...form} />
    {form.siteKey !== undefined && <script src={turnstileScript} async defer></script>}
    <h2>How often</h2>
    <p>
      Each chapter as it is published, or a digest once a week or once a month. You choose that, and which books, on
      your preferences page, which every email links to. When there is nothing new, we send nothing.
    </p>
    <h2>Our promise</h2>
    <p>
      We send nothing until you have confirmed that the address is yours. Every email has an unsubscribe link. We use
      your address for this and nothing else, we do not track opens, and you can export or erase your data at any time.{" "}
      <a href={href.promise()}>The full promise</a>, and how it is tested.
    </p>
    <h2>Without an email address</h2>
    <p>
      The <a href={href.feed()}>feed</a> has the same chapters for your feed reader, with no sign-up.
    </p>
  </Frame>
);

export const ClosedPage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title="Not available yet">
    <p>This library's newsletter is not open yet, so you cannot subscribe here.</p>
    <p>
      New chapters are on the <a href={href.home()}>home page</a> and in the <a href={href.feed()}>feed</a>.
    </p>
  </Frame>
);

export const CheckInboxPage = ({ page, from }: { readonly page: PageContext; readonly from: string }) => (
  <Frame page={page} title="Check your inbox">
    <p>
      We have sent an email to the address you entered. It comes from{" "}
      <span class="own-address">{/<(.+)>$/.exec(from)?.[1] ?? from}</span>. Follow the link in it to start your
      subscription.
    </p>
    <p>
      If it has not arrived in five minutes, check your spam folder or <a href={href.newsletter()}>try again</a>. The
      link is valid for two days. To prevent abuse, we send at most three of these emails to one address in 24 hours.
    </p>
  </Frame>
);

export const LinkSentPage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title="Check your inbox">
    <p>
      If that address is on our list, we have sent it a new link to its preferences page. If nothing arrives within five
      minutes, check your spam folder.
    </p>
  </Frame>
);

interface Refused {
  readonly page: PageContext;
  readonly retryAfterSeconds: number;
}

export const TooManyPage = ({ page, retryAfterSeconds }: Refused) => (
  <Frame page={page} title="Too many requests">
    <p>
      The limit for your network or for this email address has been reached. Limits protect inboxes from abuse. Please
      try again {inWords(retryAfterSeconds)}.
    </p>
    <p>
      The <a href={href.feed()}>feed</a> has the same chapters and is always available.
    </p>
  </Frame>
);

/** The same for everyone, and for every address. */
export const ShareUsedPage = ({ page, retryAfterSeconds }: Refused) => (
  <Frame page={page} title="Please try again later">
    <p>
      We could not send you an email: the library has reached its limit for emails requested through forms. Your request
      was not saved. Please try again {inWords(retryAfterSeconds)}.
    </p>
    <p>
      The <a href={href.feed()}>feed</a> has the same chapters and is always available.
    </p>
  </Frame>
);

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return minutes === 1 ? "in a minute" : `in about ${minutes} minutes`;
  const hours = Math.ceil(seconds / 3600);
  return hours <= 36 ? `in about ${hours} hours` : `in about ${Math.ceil(hours / 24)} days`;
}

export const TooLargePage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title="Too large">
    <p>The request was too large and was not processed.</p>
  </Frame>
);

/** For every invalid link, whatever the reason: the page must not reveal it. */
export const BadLinkPage = ({ page, isOpen }: { readonly page: PageContext; readonly isOpen: boolean }) => (
  <Frame page={page} title="This link does not work">
    <p>
      It may have expired, already been used, or been cut off. Nothing has changed. Some email clients break a long link
      in two: if so, copy the whole link.
    </p>
    {isOpen && (
      <>
        <h2>Already a subscriber?</h2>
        <FreshLinkForm />
        <h2>Not a subscriber yet?</h2>
        <p>
          {page.words.subscribe.title}. {page.words.subscribe.promise}
        </p>
        <SubscribeForm words={page.words} page={href.newsletter()} />
      </>
    )}
  </Frame>
);

/** `value` and `error` are set when the input is not an email address. */
export const FreshLinkForm = ({ value, error }: { readonly value?: string; readonly error?: string }) => (
  <form class="subscribe-form" method="post" action={href.preferencesLink()}>
    <div class="subscribe-field">
      <label for="link-email">Email address</label>
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
      Email me a new link
    </button>
  </form>
);

export const FreshLinkPage = ({ page, ...form }: { page: PageContext; value?: string; error?: string }) => (
  <Frame page={page} title="Get a new link to your preferences">
    <p>Your preferences page has a private link. Enter your email address and we will send you a new one.</p>
    <FreshLinkForm {...form} />
  </Frame>
);

export const ConfirmPage = ({ page, action }: { readonly page: PageContext; readonly action: string }) => (
  <Frame page={page} title="One last step">
    <p>Send new chapters of {page.catalogue.manifest.title} to the address this link was sent to?</p>
    <PushForm action={action} label={confirmWording} />
    <p>If you did not ask for this, close this page: nothing will be sent.</p>
  </Frame>
);

interface Confirmed {
  readonly page: PageContext;
  /** A new link to the preferences page. */
  readonly preferences: string;
  readonly isNew: boolean;
}

export const ConfirmedPage = ({ page, preferences, isNew }: Confirmed) => (
  <Frame page={page} title={isNew ? "You are subscribed" : "You are already subscribed"}>
    <p>
      {isNew ? "Thank you. The" : "Your address was already confirmed. The"} next new chapter will arrive in your inbox.
    </p>
    <p>
      Choose books, or switch to a weekly or monthly digest, on <a href={preferences}>your preferences page</a>. Until
      then, the <a href={href.home()}>library</a> is open.
    </p>
  </Frame>
);

export const NewAddressPage = ({ page, action }: { readonly page: PageContext; readonly action: string }) => (
  <Frame page={page} title="Change your email address">
    <p>Send chapters to the address this link was sent to, instead of the old one?</p>
    <PushForm action={action} label={newAddressWording} />
  </Frame>
);

export const AddressMovedPage = ({
  page,
  preferences,
}: {
  readonly page: PageContext;
  readonly preferences: string;
}) => (
  <Frame page={page} title="Email address changed">
    <p>
      From now on, chapters go to the new address. Nothing else on <a href={preferences}>your preferences page</a> has
      changed.
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
