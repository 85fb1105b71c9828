/** A subscriber's preferences page: frequency, books, corrections, pause, email address, and their data. */
import type { Child } from "hono/jsx";
import { frequencies } from "../db/subscriber-tables.ts";
import { digestWindowMs } from "../editions/digest-schedule.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { waitingAddress } from "../subscribers/preferences.ts";
import type { Subscriber } from "../subscribers/subscriber.ts";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import { Frame } from "./pages.tsx";

/** Result of the form just submitted, named in the URL. */
export type PreferenceNote = keyof Words["preferences"]["notes"];
export const isPreferenceNote = ({ preferences }: Words, text: string | undefined): text is PreferenceNote =>
  text !== undefined && Object.hasOwn(preferences.notes, text);

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
  const { preferences } = page.words;
  const { data, unsubscribe, erase } = preferences;
  return (
    <Frame page={page} title={preferences.title}>
      {note !== undefined && (
        <p class="form-note" role="status">
          {preferences.notes[note]}
        </p>
      )}
      <StateSentence words={preferences.state} subscriber={subscriber} />
      {subscriber.state === "confirmed" && (
        <>
          <WhatComes {...props} />
          <Pause {...props} />
          <Address {...props} />
        </>
      )}
      <h2>{data.title}</h2>
      <p>
        {data.text(
          (download) => (
            <a href={href.ownData(token)}>{download}</a>
          ),
          (promise) => (
            <a href={href.promise()}>{promise}</a>
          ),
        )}
      </p>
      <h2>{unsubscribe.title}</h2>
      {subscriber.state === "confirmed" && (
        <p>
          {unsubscribe.text((link) => (
            <a href={href.unsubscribe(props.leave)}>{link}</a>
          ))}
        </p>
      )}
      <ActForm token={token} act="erase" label={erase.button} look="button-warning">
        <label class="form-choice">
          <input type="checkbox" name="sure" value="yes" required />
          <span>{erase.label}</span>
        </label>
      </ActForm>
    </Frame>
  );
}

interface StateProps {
  readonly words: Words["preferences"]["state"];
  readonly subscriber: Subscriber;
}

function StateSentence({ words, subscriber }: StateProps) {
  const address = <OwnAddress>{subscriber.email}</OwnAddress>;
  switch (subscriber.state) {
    case "confirmed":
      return <p>{words.confirmed(address)}</p>;
    case "pending":
      return <p>{words.pending(address)}</p>;
    case "unsubscribed":
      return (
        <p>
          {words.unsubscribed(address, (again) => (
            <a href={href.newsletter()}>{again}</a>
          ))}
        </p>
      );
    case "suppressed":
      return <p>{subscriber.reason === "bounce" ? words.bounced(address) : words.complained(address)}</p>;
  }
}

const OwnAddress = ({ children }: { readonly children?: Child }) => <span class="own-address">{children}</span>;

interface ActFormProps {
  readonly token: string;
  readonly act: string;
  readonly label: string;
  /** Look of the button: only the page's main action is prominent. */
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
  const { preferences } = page.words;
  const isChosen = (book: Book) => slugsOfBook(manifest, book).some((slug) => books?.includes(slug));
  return (
    <ActForm token={token} act="save" label={preferences.save}>
      <fieldset>
        <legend>{preferences.howOften}</legend>
        {frequencies.map((each) => (
          <label class="form-choice">
            <input type="radio" name="frequency" value={each} checked={each === frequency} />
            <span>{preferences.frequencies[each]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{preferences.whichBooks}</legend>
        <label class="form-choice">
          <input type="radio" name="which" value="all" checked={books === null} />
          <span>{preferences.allBooks}</span>
        </label>
        <label class="form-choice">
          <input type="radio" name="which" value="chosen" checked={books !== null} />
          <span>{preferences.theseBooks}</span>
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
      <fieldset>
        <legend>{preferences.corrections.title}</legend>
        <label class="form-choice">
          <input type="checkbox" name="corrections" value="yes" checked={subscriber.correctionsSince !== null} />
          <span>{preferences.corrections.label}</span>
        </label>
      </fieldset>
    </ActForm>
  );
}

function Pause({ page, subscriber, token, now }: Props) {
  const { pausedUntil } = subscriber;
  const { pause } = page.words.preferences;
  if (pausedUntil !== null && Date.parse(pausedUntil) > now) {
    return (
      <>
        <h2>{pause.title}</h2>
        <p>{pause.until(page.words.dates.day(pausedUntil))}</p>
        <ActForm token={token} act="resume" label={pause.resume} look="button-quiet" />
      </>
    );
  }
  return (
    <>
      <h2>{pause.title}</h2>
      <p>{subscriber.frequency === "each" ? pause.each : pause.digest(digestWindowMs / dayMs)}</p>
      {/* WebKit shows today's date in an empty field. */}
      <p>{pause.none}</p>
      <ActForm token={token} act="pause" label={pause.button} look="button-quiet">
        <div class="subscribe-field">
          <label for="until">{pause.label}</label>
          <input id="until" type="date" name="until" required min={dayAfter(now, 1)} max={dayAfter(now, 365)} />
        </div>
      </ActForm>
    </>
  );
}

const dayMs = 86_400_000;
const dayAfter = (now: number, days: number): string => new Date(now + days * dayMs).toISOString().slice(0, 10);

function Address({ page, token, subscriber, now }: Props) {
  const waiting = waitingAddress(subscriber, now);
  const { address, state } = page.words.preferences;
  return (
    <>
      <h2>{address.title}</h2>
      {waiting !== undefined && <p>{state.pending(<OwnAddress>{waiting}</OwnAddress>)}</p>}
      <ActForm token={token} act="address" label={address.button} look="button-quiet">
        <div class="subscribe-field">
          <label for="new-email">{address.label}</label>
          <input id="new-email" type="email" name="email" required maxlength={254} autocomplete="email" />
        </div>
      </ActForm>
    </>
  );
}

export const ErasedPage = ({ page }: { readonly page: PageContext }) => (
  <Frame page={page} title={page.words.preferences.erased.title}>
    <p>{page.words.preferences.erased.text}</p>
  </Frame>
);
