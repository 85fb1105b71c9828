/**
 * Checks the delivery guarantees after every story: each confirmed subscriber who wants a chapter has exactly one
 * delivery or a visible reason for having none, nobody has two, all records are true, and all work is completed.
 */
import { iso, messageOf } from "../../../src/db/database.ts";
import { unasked, uncorrected } from "./promised-corrections.ts";
import type { Reader } from "./readers.ts";
import { keyOf, namesOf } from "./shelf.ts";
import { beginning, hour, minute, type Town } from "./town.ts";

interface Delivery {
  readonly chapter: string;
  readonly subscriber: string;
  readonly edition: string;
  readonly state: string;
  readonly reason: string | null;
}

interface EditionRow {
  readonly id: string;
  readonly audience: string;
  readonly state: string;
  readonly reason: string | null;
  readonly chapters: string;
  readonly openedAt: string;
}

const posted = ["accepted", "delivered", "bounced", "complained"];
const notPosted = ["skipped", "failed"];
export const excused = [...notPosted, "uncertain", "bounced", "complained"];

/** Violations of the guarantees, as sentences; empty if there are none. */
export function brokenPromises(town: Town): string[] {
  const copies = town.copies();
  const deliveries = new Map(
    town.d1
      .query<Delivery>(
        `SELECT chapter_id AS chapter, subscriber_id AS subscriber, edition_id AS edition, state, reason FROM deliveries`,
      )
      .map((row) => [`${row.chapter} ${row.subscriber}`, row]),
  );
  const editions = new Map(
    town.d1
      .query<EditionRow>(
        "SELECT id, audience, state, stop_reason AS reason, chapters, opened_at AS openedAt FROM editions",
      )
      .map((row) => [row.id, row]),
  );
  return [
    ...twice(town, copies),
    ...twiceInOneInbox(town, copies),
    ...twiceUnderTwoNames(town, copies),
    ...untrue(town, copies, deliveries, editions),
    ...unfinished(town, editions),
    ...untold(town, deliveries, editions),
    ...without(town, copies, deliveries, editions),
    ...uncorrected(town, copies, deliveries, editions),
    ...unasked(town, copies),
    ...pretended(town, deliveries, editions),
    ...disturbed(town),
    ...repeatedTooLate(town),
    ...otherBytes(town),
    ...unnoticed(town),
    ...unexpected(town),
    ...expensive(town),
  ];
}

export type Copies = ReadonlyMap<string, readonly string[]>;
export type Deliveries = ReadonlyMap<string, Delivery>;
export type Editions = ReadonlyMap<string, EditionRow>;

const twice = (town: Town, copies: Copies): string[] =>
  [...copies]
    .filter(([name, { length }]) => length > (town.forgotten.has(name) && town.hasContinuedAfterRestore ? 2 : 1))
    .map(([name, addresses]) => `${name} went out ${addresses.length} times, to ${addresses.join(", ")}.`);

/** Also checks subscribers who erased their data and subscribed again under a new id. */
function twiceInOneInbox(town: Town, copies: Copies): string[] {
  // After a restore, only the author can decide to send again what the restored database has no record of.
  if (town.hadWrongClock || town.hasContinuedAfterRestore) return [];
  const inboxes = Map.groupBy(
    [...copies].flatMap(([name, addresses]) => addresses.map((address) => `${name.split(" ")[0]} ${address}`)),
    (copy) => copy,
  );
  return [...inboxes].filter(([, { length }]) => length > 1).map(([copy]) => `${copy} got it twice.`);
}

/** A moved chapter is still the same chapter. */
function twiceUnderTwoNames(town: Town, copies: Copies): string[] {
  if (town.wasRestored) return [];
  return town.volumes.flatMap((volume) => {
    const names = new Set(namesOf(volume));
    const readers = [...copies.keys()].map((name) => name.split(" ")).filter(([chapter = ""]) => names.has(chapter));
    const twice = readers.filter(([, one], index) => readers.findIndex(([, other]) => other === one) !== index);
    return twice.map(([chapter, reader]) => `${chapter} went out to ${reader}, who had it under another name.`);
  });
}

/** Every record matches what happened, and everything that happened is recorded. */
function untrue(town: Town, copies: Copies, deliveries: Deliveries, editions: Editions): string[] {
  const lies = [...deliveries].flatMap(([name, { state, reason, edition }]) => {
    const sent = copies.get(name)?.length ?? 0;
    if (posted.includes(state) && sent === 0) return [`${name} is on record as ${state}, and nothing was sent.`];
    if (notPosted.includes(state) && sent > 0 && !town.forgotten.has(name))
      return [`${name} is on record as ${state} (${reason}), and was sent.`];
    if (excused.includes(state) && state !== "complained" && !reason) return [`${name} is ${state} without a reason.`];
    if (state === "sending" && editions.get(edition)?.state !== "stopped") return [`${name} is still being sent.`];
    return [];
  });
  const unrecorded = [...copies.keys()].filter((name) => {
    const [, subscriber = ""] = name.split(" ");
    const isKnown = town.d1.query("SELECT 1 FROM subscribers WHERE id = ?", subscriber).length > 0;
    return isKnown && !deliveries.has(name) && !town.forgotten.has(name);
  });
  return [...lies, ...unrecorded.map((name) => `${name} was sent, and there is no record of it.`)];
}

function unfinished(town: Town, editions: Editions): string[] {
  const hanging = [...editions.values()].filter(({ state }) => state === "sending");
  const batches = town.d1.query<{ id: string; error: string | null }>(
    `SELECT b.id, b.error FROM batches b LEFT JOIN editions e ON e.id = b.edition_id
      WHERE b.state = 'sealed' AND COALESCE(e.state, 'gone') <> 'stopped'`,
  );
  return [
    ...hanging.map(({ id }) => `Edition ${id} does not come to an end.`),
    ...batches.map(({ id, error }) => `Batch ${id} was left lying (${error}).`),
  ];
}

/** Stopped editions and uncertain deliveries of which the author was not notified. */
function untold(town: Town, deliveries: Deliveries, editions: Editions): string[] {
  const knows = (notice: string) => [...town.told.keys()].some((occasion) => occasion.startsWith(`${notice} `));
  const silent = [...editions.values()].filter(
    ({ id, state, reason }) =>
      state === "stopped" &&
      reason !== "author" &&
      !(reason === "restored" && knows("restored")) &&
      !knows(`stopped ${id}`),
  );
  const doubtful = [...deliveries.values()].filter(({ state }) => state === "uncertain");
  const hidden = doubtful.filter(
    ({ edition, reason }) =>
      !knows(`uncertain ${edition}`) &&
      !knows(`stopped ${edition}`) &&
      !(reason === "database restored" && knows("restored")) &&
      !reason?.startsWith("skipped by the author"),
  );
  return [
    ...silent.map(({ id }) => `Edition ${id} has stopped, and the author was not told.`),
    ...hidden.map(({ chapter, subscriber }) => `${chapter} ${subscriber} is uncertain, and the author was not told.`),
  ];
}

/**
 * Subscribers who wanted a chapter without interruption since before its announcement, and have neither a delivery nor
 * a reason.
 */
function without(town: Town, copies: Copies, deliveries: Deliveries, editions: Editions): string[] {
  const news = town.d1.query<{ id: string; at: string }>(
    "SELECT chapter_id AS id, announced_at AS at FROM publications WHERE announced_at IS NOT NULL",
  );
  const carriers = (id: string) =>
    [...editions.values()].filter(({ chapters }) => (JSON.parse(chapters) as string[]).includes(id));
  return [...town.readers.all.values()].flatMap((reader) => {
    if (reader.wasGone || town.readers.stateOf(reader) !== "confirmed") return [];
    return news.flatMap(({ id, at }) => {
      const name = `${id} ${reader.id}`;
      // A clock that was ahead may have recorded the confirmation after the announcement; the chapter is still owed.
      const hasConfirmed = reader.confirmedAt <= at || reader.confirmedAt > iso(reader.joined);
      const isThere = hasConfirmed && reader.joined <= (town.newsSince.get(id) ?? 0);
      const books = town.newsBooks.get(id) ?? [];
      const isWanted = isThere && (reader.alwaysWanted?.some((book) => books.includes(book)) ?? true);
      const delivery = deliveries.get(name);
      const isExcused = delivery !== undefined && (excused.includes(delivery.state) || delivery.state === "sending");
      const waits = !town.isOnShelf(id) || carriers(id).some(({ state }) => state === "stopped");
      // A subscriber who changed frequency may be among those the author skipped.
      const isLeftOut = reader.hasSwitched && carriers(id).some(({ reason }) => reason === "skipped");
      if (!isWanted || copies.has(name) || isExcused || waits || isLeftOut) return [];
      return [`${name} (${reader.frequency}) has no copy, and there is no reason why not.`];
    });
  });
}

/** The recorded reason for leaving a chapter out of a digest must be true, because a false reason could hide a lost delivery. */
function pretended(town: Town, deliveries: Deliveries, editions: Editions): string[] {
  const carriers = (chapter: string) =>
    [...editions.values()].filter(({ chapters }) => chapters.includes(`"${chapter}"`));
  return [...deliveries.values()].flatMap(({ chapter, subscriber, reason }) => {
    const reader = town.readers.all.get(subscriber);
    if (!reader) return [];
    const isBySkipping = carriers(chapter).some((edition) => edition.reason === "skipped");
    const isForThem = carriers(chapter).some(({ audience }) => audience === reader.frequency);
    const couldBe: Readonly<Record<string, boolean>> = {
      "paused while digests included it": reader.hasPaused,
      "withdrawn while digests were sent": town.everWithdrawn.has(chapter) || town.hadWrongClock,
      "no record left after a rollback": town.wasRestored,
      "not a recipient while it was sent": hasChanged(town, reader, chapter) || !isForThem || isBySkipping,
    };
    return couldBe[reason ?? ""] === false ? [`${chapter} ${subscriber} has an untrue reason: ${reason}.`] : [];
  });
}

/** Whether the reader's choices changed at some time, or only the chapter's move made it one of theirs. */
function hasChanged(town: Town, reader: Reader, chapter: string): boolean {
  const books = town.newsBooks.get(chapter) ?? [];
  const isMoved = reader.alwaysWanted !== null && !reader.alwaysWanted.some((book) => books.includes(book));
  return reader.hasChosen || reader.hasPaused || reader.wasGone || isMoved;
}

/** Readers who received emails after they unsubscribed or paused, although no delivery was in progress. */
const disturbed = (town: Town): string[] =>
  [...town.readers.all.values()]
    // By a wrong clock the pause may have ended.
    .filter(({ quietUntil }) => !(town.hadWrongClock && Number.isFinite(quietUntil)))
    .filter(
      ({ id, quietSince, quietUntil }) =>
        quietSince !== undefined && town.readers.countFor(id, quietUntil) > quietSince,
    )
    .map(({ id }) => `${id} had gone, and was mailed.`);

/** Every chapter published since the newsletter started is announced, or the author was notified that it is not emailed. */
const unnoticed = (town: Town): string[] =>
  town.volumes.flatMap((volume) => {
    const [name, { published }] = [keyOf(volume), volume];
    if (published <= iso(beginning) || !town.isOnShelf(name)) return [];
    const [row] = town.d1.query<{ at: string | null }>(
      "SELECT announced_at AS at FROM publications WHERE chapter_id IN (SELECT value FROM json_each(?)) ORDER BY at DESC",
      JSON.stringify(namesOf(volume)),
    );
    if (!row) return [`${name} was never noticed.`];
    const isTold = [...town.told.values()].some(
      ({ title, body }) => /not emailed/.test(title) && namesOf(volume).some((each) => body.includes(each)),
    );
    return row.at === null && !isTold ? [`${name} was taken for history, and the author was not told.`] : [];
  });

/** No run exceeds its call budget, whatever fails. */
const expensive = (town: Town): string[] =>
  town.costs
    .filter(({ queries, calls }) => Math.max(queries, calls) > town.callsPerRun)
    .map(({ queries, calls }) => `A run cost ${queries} statements and ${calls} calls.`);

/** Whether a test injected this error, or KV rejected a write that followed too fast. */
export const isInjected = (error: string): boolean =>
  /Network connection lost|KV failed: 500|KV PUT failed: 429/.test(error);

/** Runs that ended with an error no test injected. */
const unexpected = (town: Town): string[] =>
  town.endings.flatMap((ending) =>
    ending.kind === "threw" && !isInjected(messageOf(ending.error))
      ? [`A run ended with ${messageOf(ending.error)}`]
      : [],
  );

/** A batch that may have been sent is repeated to recipients who have since unsubscribed for at most four hours. */
function repeatedTooLate(town: Town): string[] {
  if (town.hadWrongClock) return [];
  // A run that claimed a batch before the limit may still send it.
  const latest = 4 * hour + 10 * minute;
  const gone = [...town.readers.all.values()].filter(({ goneSince }) => goneSince !== undefined);
  return town.resend.calls.flatMap(({ key, body, at }) =>
    gone
      .filter(({ id, goneSince = at }) => at - goneSince > latest && body.includes(`"${id}"`))
      .map(({ id }) => `${key} was posted hours after ${id} had gone.`),
  );
}

function otherBytes(town: Town): string[] {
  const bodies = new Map<string, string>();
  const changed = town.resend.calls.filter(({ key, body }) => {
    const known = bodies.get(key) ?? body;
    bodies.set(key, known);
    return known !== body;
  });
  // A rolled-back database has lost the content sent under a key, and the author may have continued.
  return town.wasRestored ? [] : changed.map(({ key }) => `Other bytes were posted under ${key}.`);
}
