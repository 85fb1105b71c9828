/** A subscriber's own page: what comes, how often, where to, and everything that is known. */
import type { Child } from "hono/jsx";
import { digestWindowMs } from "../editions/sending/open-editions.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { changeAddressWording, waitingAddress } from "../subscribers/preferences.ts";
import type { Frequency, Subscriber } from "../subscribers/subscriber.ts";
import { printedDay } from "../ui/dates.ts";
import { Frame, type Place } from "./pages.tsx";

/** What was just done, as the URL says it after a form. */
export const preferenceNotes = {
  saved: "Saved.",
  "no-book": "Nothing was changed: choose at least one book, or all of them.",
  paused: "Paused. Chapters come again after that day.",
  resumed: "Chapters come again.",
  "no-day": "Nothing was changed: choose a day after today, within a year.",
  address: "A mail is on its way to the new address. Follow its link to move the subscription there.",
  "no-address": "Nothing was changed: that does not look like a mail address.",
  "not-erased": "Nothing was erased: tick the box to say that you mean it.",
  "too-many": "Nothing was changed: this was requested too often in the last 24 hours. Please try again later.",
  "share-used":
    "Nothing was changed: the emails that the library can send in answer to forms are used up for now. Please try again in some hours.",
} as const;
export type PreferenceNote = keyof typeof preferenceNotes;
export const isPreferenceNote = (text: string | undefined): text is PreferenceNote =>
  text !== undefined && Object.hasOwn(preferenceNotes, text);

const frequencyWords: Readonly<Record<Frequency, string>> = {
  each: "Each chapter, as it appears",
  weekly: "Once a week, what is new",
  monthly: "Once a month, what is new",
};

interface Props {
  readonly place: Place;
  readonly subscriber: Subscriber;
  readonly token: string;
  readonly leave: string;
  readonly note: PreferenceNote | undefined;
  readonly now: number;
}

export function PreferencesPage(props: Props) {
  const { place, subscriber, token, note } = props;
  return (
    <Frame place={place} title="Your subscription">
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
      <h2>What is known about you</h2>
      <p>
        <a href={href.ownData(token)}>Everything, as a file</a>: your address, what you chose and agreed to, and which
        mails were sent. What is kept for how long is part of <a href={href.promise()}>the promise</a>.
      </p>
      <h2>Leave</h2>
      {subscriber.state === "confirmed" && (
        <p>
          <a href={href.leave(props.leave)}>Unsubscribe</a>, and the record of what you agreed to is kept. Or have
          everything erased:
        </p>
      )}
      <ActForm token={token} act="erase" label="Erase everything" look="push-warning">
        <label class="form-choice">
          <input type="checkbox" name="sure" value="yes" required />
          <span>Erase my address, my choices and the record of mails. This cannot be undone.</span>
        </label>
      </ActForm>
    </Frame>
  );
}

function StateSentence({ subscriber }: { readonly subscriber: Subscriber }) {
  const address = <span class="own-address">{subscriber.email}</span>;
  switch (subscriber.state) {
    case "confirmed":
      return <p>New chapters come to {address}.</p>;
    case "pending":
      return <p>{address} has been asked for, and waits for the link in its mail to be followed.</p>;
    case "unsubscribed":
      return (
        <p>
          {address} does not get chapters any more. <a href={href.newsletter()}>Subscribe again</a>
        </p>
      );
    case "suppressed":
      return (
        <p>
          Nothing is sent to {address}, because a mail to it{" "}
          {subscriber.reason === "bounce" ? "came back" : "was reported as unwanted"}.
        </p>
      );
  }
}

interface ActFormProps {
  readonly token: string;
  readonly act: string;
  readonly label: string;
  /** Of the button: only what the page is mainly for is a stamp. */
  readonly look?: "push-quiet" | "push-warning";
  readonly children?: Child;
}

const ActForm = ({ token, act, label, look, children }: ActFormProps) => (
  <form class="stacked-form" method="post" action={href.preferences(token)}>
    <input type="hidden" name="act" value={act} />
    {children}
    <button type="submit" class={look === undefined ? "push" : `push ${look}`}>
      {label}
    </button>
  </form>
);

function WhatComes({ place, subscriber, token }: Props) {
  const { books, frequency } = subscriber;
  const { books: shelf, manifest } = place.catalogue;
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
          <span>All, and those to come</span>
        </label>
        <label class="form-choice">
          <input type="radio" name="which" value="chosen" checked={books !== null} />
          <span>Only these:</span>
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
        <p>Nothing comes until {printedDay(pausedUntil)}.</p>
        <ActForm token={token} act="resume" label="Resume now" look="push-quiet" />
      </>
    );
  }
  return (
    <>
      <h2>A pause</h2>
      <p>
        {subscriber.frequency === "each"
          ? "Chapters that appear during a pause are not sent later. You find them in the library."
          : `The first digest after a pause includes the chapters of the ${digestWindowMs / dayMs} days before it. Older ones are not sent.`}
      </p>
      <ActForm token={token} act="pause" label="Pause" look="push-quiet">
        <div class="subscribe-field">
          <label for="until">Send nothing until</label>
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
      <h2>Another address</h2>
      {waiting !== undefined && (
        <p>
          <span class="own-address">{waiting}</span> waits for the link in its mail to be followed.
        </p>
      )}
      <ActForm token={token} act="address" label={changeAddressWording.button} look="push-quiet">
        <div class="subscribe-field">
          <label for="new-email">{changeAddressWording.label}</label>
          <input id="new-email" type="email" name="email" required maxlength={254} autocomplete="email" />
        </div>
      </ActForm>
    </>
  );
}

export const ErasedPage = ({ place }: { readonly place: Place }) => (
  <Frame place={place} title="Erased">
    <p>
      Everything about you is gone. One thing stays: a hash that nobody can turn back into your address. It keeps the
      address from being put on a list again by mistake. A mail that is on its way already may still arrive.
    </p>
  </Frame>
);
