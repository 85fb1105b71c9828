/** A subscriber's preferences page: frequency, books, pause, email address, and their data. */
import type { Child } from "hono/jsx";
import { digestWindowMs } from "../editions/digest-schedule.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { changeAddressWording, waitingAddress } from "../subscribers/preferences.ts";
import type { Frequency, Subscriber } from "../subscribers/subscriber.ts";
import { printedDay } from "../ui/dates.ts";
import type { PageContext } from "../ui/page-context.ts";
import { Frame } from "./pages.tsx";

/** Result of the form just submitted, named in the URL. */
const preferenceNotes = {
  saved: "Saved.",
  "no-book": "Nothing was changed: choose at least one book, or all books.",
  paused: "Paused. Sending resumes after that day.",
  resumed: "Resumed. You will get new chapters again.",
  "no-day": "Nothing was changed: choose a date in the future, within one year.",
  address: "We have sent an email to the new address. Follow its link to complete the change.",
  "no-address": "Nothing was changed: that does not look like an email address.",
  "not-erased": "Nothing was erased: tick the box to confirm.",
  "too-many": "Nothing was changed: you have reached the limit for this in 24 hours. Please try again later.",
  "share-used":
    "Nothing was changed: the library has reached its limit for emails requested through forms. Please try again in a few hours.",
} as const;
export type PreferenceNote = keyof typeof preferenceNotes;
export const isPreferenceNote = (text: string | undefined): text is PreferenceNote =>
  text !== undefined && Object.hasOwn(preferenceNotes, text);

const frequencyWords: Readonly<Record<Frequency, string>> = {
  each: "Each chapter as it is published",
  weekly: "Weekly digest",
  monthly: "Monthly digest",
};

interface Props {
  readonly page: PageContext;
  readonly subscriber: Subscriber;
  readonly token: string;
  readonly leave: string;
  readonly note: PreferenceNote | undefined;
  readonly now: number;
}

export function PreferencesPage(props: Props) {
  const { page, subscriber, token, note } = props;
  return (
    <Frame page={page} title="Your subscription">
      {note !== undefined && (
        <p class="form-note" role="status">
          {preferenceNotes[note]}
        </p>
      )}
      <StateSentence subscriber={subscriber} />
      {subscriber.state === "confirmed" && (
        <>
          <WhatComes {...props} />
          <Pause {...props} />
          <Address {...props} />
        </>
      )}
      <h2>Your data</h2>
      <p>
        <a href={href.ownData(token)}>Download your data</a>: your address, your choices and consents, and the emails we
        sent. <a href={href.promise()}>Our promise</a> says how long we keep them.
      </p>
      <h2>Unsubscribe</h2>
      {subscriber.state === "confirmed" && (
        <p>
          <a href={href.leave(props.leave)}>Unsubscribe</a>; we keep the record of your consent. Or erase all your data:
        </p>
      )}
      <ActForm token={token} act="erase" label="Erase everything" look="button-warning">
        <label class="form-choice">
          <input type="checkbox" name="sure" value="yes" required />
          <span>Erase my address, my choices and the record of emails sent to me. This cannot be undone.</span>
        </label>
      </ActForm>
    </Frame>
  );
}

function StateSentence({ subscriber }: { readonly subscriber: Subscriber }) {
  const address = <span class="own-address">{subscriber.email}</span>;
  switch (subscriber.state) {
    case "confirmed":
      return <p>You get new chapters at {address}.</p>;
    case "pending":
      return <p>{address} is not confirmed yet: please follow the link in the email we sent there.</p>;
    case "unsubscribed":
      return (
        <p>
          {address} is unsubscribed. <a href={href.newsletter()}>Subscribe again</a>
        </p>
      );
    case "suppressed":
      return (
        <p>
          We do not send to {address}, because an email to it{" "}
          {subscriber.reason === "bounce" ? "bounced" : "was reported as spam"}.
        </p>
      );
  }
}

interface ActFormProps {
  readonly token: string;
  readonly act: string;
  readonly label: string;
  /** Of the button: only what the page is mainly for is a stamp. */
  readonly look?: "button-quiet" | "button-warning";
  readonly children?: Child;
}

const ActForm = ({ token, act, label, look, children }: ActFormProps) => (
  <form class="stacked-form" method="post" action={href.preferences(token)}>
    <input type="hidden" name="act" value={act} />
    {children}
    <button type="submit" class={look === undefined ? "button" : `button ${look}`}>
      {label}
    </button>
  </form>
);

function WhatComes({ page, subscriber, token }: Props) {
  const { books, frequency } = subscriber;
  const { books: shelf, manifest } = page.catalogue;
  const isChosen = (book: Book) => slugsOfBook(manifest, book).some((slug) => books?.includes(slug));
  return (
    <ActForm token={token} act="save" label="Save">
      <fieldset>
        <legend>How often</legend>
        {(Object.keys(frequencyWords) as Frequency[]).map((each) => (
          <label class="form-choice">
            <input type="radio" name="frequency" value={each} checked={each === frequency} />
            <span>{frequencyWords[each]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Which books</legend>
        <label class="form-choice">
          <input type="radio" name="which" value="all" checked={books === null} />
          <span>All books, including future ones</span>
        </label>
        <label class="form-choice">
          <input type="radio" name="which" value="chosen" checked={books !== null} />
          <span>Only these books:</span>
        </label>
        <div class="chosen-books">
          {shelf.map((book) => (
            <label class="form-choice">
              <input type="checkbox" name="books" value={book.slug} checked={isChosen(book)} />
              <span>{book.title}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </ActForm>
  );
}

function Pause({ subscriber, token, now }: Props) {
  const { pausedUntil } = subscriber;
  if (pausedUntil !== null && Date.parse(pausedUntil) > now) {
    return (
      <>
        <h2>A pause</h2>
        <p>Paused until {printedDay(pausedUntil)}.</p>
        <ActForm token={token} act="resume" label="Resume now" look="button-quiet" />
      </>
    );
  }
  return (
    <>
      <h2>A pause</h2>
      <p>
        {subscriber.frequency === "each"
          ? "Chapters published during a pause are not sent later. You can read them in the library."
          : `The first digest after a pause includes the chapters of the ${digestWindowMs / dayMs} days before it. Older ones are not sent.`}
      </p>
      <ActForm token={token} act="pause" label="Pause" look="button-quiet">
        <div class="subscribe-field">
          <label for="until">Pause until</label>
          <input id="until" type="date" name="until" required min={dayAfter(now, 1)} max={dayAfter(now, 365)} />
        </div>
      </ActForm>
    </>
  );
}

const dayMs = 86_400_000;
const dayAfter = (now: number, days: number): string => new Date(now + days * dayMs).toISOString().slice(0, 10);

function Address({ token, subscriber, now }: Props) {
  const waiting = waitingAddress(subscriber, now);
  return (
    <>
      <h2>Change email address</h2>
      {waiting !== undefined && (
        <p>
          <span class="own-address">{waiting}</span> is not confirmed yet: please follow the link in the email we sent
          there.
        </p>
      )}
      <ActForm token={token} act="address" label={changeAddressWording.button} look="button-quiet">
        <div class="subscribe-field">
          <label for="new-email">{changeAddressWording.label}</label>
          <input id="new-email" type="email" name="email" required maxlength={254} autocomplete="email" />
        </div>
      </ActForm>
    </>
  );
}

export const ErasedPage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title="Data erased">
    <p>
      Your data has been erased. We keep only a keyed hash of your address, which cannot be turned back into it, so that
      it is not added to the list again by mistake. An email that is already on its way may still arrive.
    </p>
  </Frame>
);
