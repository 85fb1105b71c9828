/** The people of the town: how they come, change their minds, and go, and what the town remembers of it. */

import { openDatabase } from "../../../src/db/database.ts";
import { recordWebhookEvent } from "../../../src/editions/webhook/record-webhook-event.ts";
import { parseEvent } from "../../../src/editions/webhook/webhook-event.ts";
import type { Message } from "../../../src/mail/mailer.ts";
import type { EndingReason } from "../../../src/subscribers/endings.ts";
import { eraseSubscriber } from "../../../src/subscribers/own-data.ts";
import type { Frequency, Subscriber } from "../../../src/subscribers/subscriber.ts";
import {
  endPause,
  findSubscriber,
  updatePause,
  updatePreferences,
} from "../../../src/subscribers/subscriber-queries.ts";
import { en } from "../../../src/ui/words/en.ts";
import type { Sent } from "../../fakes/resend-model.ts";
import { type EventType, webhookCall } from "../../fakes/resend-webhooks.ts";
import { signingKeys } from "../newsletter-world.ts";
import { recordEnding, storeEndings } from "./endings.ts";
import type { Town } from "./town.ts";

export interface Reader {
  readonly id: string;
  confirmedAt: string;
  /** The true time, whatever the Worker's clock said. */
  readonly joined: number;
  frequency: Frequency;
  /** Went over to another frequency at some time. */
  hasSwitched: boolean;
  /** Books that were wanted all the time; null for every book. */
  alwaysWanted: readonly string[] | null;
  /** Left, was suppressed or erased at some time: nothing is owed then. */
  wasGone: boolean;
  /** Paused at some time: a chapter is owed, or the reason why not. */
  hasPaused: boolean;
  /** Chose other books at some time. */
  hasChosen: boolean;
  /** Went away when no copy was under way: so many had come by then, and no more may until they are back. */
  quietSince: number | undefined;
  /** The true time since which they get nothing any more: unsubscribed, suppressed or erased. */
  goneSince: number | undefined;
  /** KV knows that they have gone, whatever becomes of the database. */
  isRecorded: boolean;
  /** The end of a pause; never, for those who have left. Milliseconds since 1970. */
  quietUntil: number;
}

export interface Wishes {
  readonly frequency?: Frequency;
  readonly books?: readonly string[] | null;
  /** Ids decide who is looked at first; a sequence otherwise. */
  readonly id?: string;
  readonly address?: string;
}

export class Readers {
  readonly all = new Map<string, Reader>();
  readonly #town: Town;

  constructor(town: Town) {
    this.#town = town;
  }

  join({ frequency = "each", books = null, id, address }: Wishes = {}): Reader {
    const town = this.#town;
    const name = id ?? `s${String(this.all.size + 1).padStart(5, "0")}`;
    const email = address ?? `${name}@example.org`;
    // By a request, not by a run of the cron trigger: the real time.
    const confirmedAt = new Date(town.realNow()).toISOString();
    town.d1.query(
      `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, frequency, books)
        VALUES (?, ?, ?, 'confirmed', 'k', ?, ?, ?, ?)`,
      name,
      email,
      email,
      confirmedAt,
      confirmedAt,
      frequency,
      books && JSON.stringify(books),
    );
    town.d1.query(
      "INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES (?, ?, 'confirmed', '/newsletter/', 'Confirm')",
      name,
      confirmedAt,
    );
    const reader = {
      id: name,
      confirmedAt,
      joined: town.time,
      frequency,
      hasSwitched: false,
      alwaysWanted: books,
      wasGone: false,
      hasPaused: false,
      hasChosen: false,
      quietSince: undefined,
      goneSince: undefined,
      isRecorded: false,
      quietUntil: Number.POSITIVE_INFINITY,
    };
    this.all.set(name, reader);
    return reader;
  }

  many(count: number, wishes: Wishes = {}): Reader[] {
    return Array.from({ length: count }, () => this.join(wishes));
  }

  leave({ id }: Reader): void {
    this.#goAway(id, "unsubscribed", "state = 'unsubscribed', left_at = ?");
  }

  /** A hard bounce, or a complaint. */
  suppress({ id }: Reader, reason: "bounce" | "complaint"): void {
    this.#goAway(id, reason, `state = 'suppressed', suppression_reason = '${reason}', suppressed_at = ?`);
  }

  /** Takes back that they left. */
  comeBack(reader: Reader): void {
    recordEnding(this.#town, reader.id, "returned");
    storeEndings(this.#town);
    this.#town.d1.query(
      "UPDATE subscribers SET state = 'confirmed', left_at = NULL WHERE id = ? AND state = 'unsubscribed'",
      reader.id,
    );
    if (this.stateOf(reader) !== "confirmed") return;
    reader.quietSince = undefined;
    reader.goneSince = undefined;
    reader.isRecorded = false;
  }

  async pause(reader: Reader, until: string | null): Promise<void> {
    if (until !== null && this.stateOf(reader) === "confirmed") this.noteAway(reader, Date.parse(until));
    if (until === null) reader.quietSince = undefined;
    const db = openDatabase(this.#town.d1.binding());
    await (until === null ? endPause(db, reader.id, this.#town.now()) : updatePause(db, reader.id, until));
  }

  async choose(reader: Reader, frequency: Frequency, books: readonly string[] | null): Promise<void> {
    const [row] = this.#town.d1.query<{ frequency: Frequency }>(
      "SELECT frequency FROM subscribers WHERE id = ?",
      reader.id,
    );
    if (!row) return;
    const before = { id: reader.id, frequency: row.frequency } as Subscriber;
    await updatePreferences(openDatabase(this.#town.d1.binding()), before, { frequency, books }, this.#town.now());
    reader.hasSwitched ||= reader.frequency !== frequency;
    reader.frequency = frequency;
    reader.hasChosen = true;
    if (books === null) return;
    const { alwaysWanted } = reader;
    reader.alwaysWanted = alwaysWanted === null ? books : alwaysWanted.filter((book) => books.includes(book));
  }

  move({ id }: Reader, address: string): void {
    this.#town.d1.query("UPDATE subscribers SET email = ?, address_key = ? WHERE id = ?", address, address, id);
  }

  async erase(reader: Reader): Promise<void> {
    const db = openDatabase(this.#town.d1.binding());
    const subscriber = await findSubscriber(db, reader.id);
    if (!subscriber) return;
    if (subscriber.state === "confirmed") this.noteAway(reader);
    await eraseSubscriber(db, subscriber, signingKeys, this.#town.realNow());
    this.#store(reader);
  }

  stateOf({ id }: Reader): string | undefined {
    return this.#town.d1.query<{ state: string }>("SELECT state FROM subscribers WHERE id = ?", id)[0]?.state;
  }

  addressOf({ id }: Reader): string | undefined {
    return this.#town.d1.query<{ email: string }>("SELECT email FROM subscribers WHERE id = ?", id)[0]?.email;
  }

  /** Resend reports what became of a mail; `id` names the event, which may come again. */
  async report(sent: Sent, type: EventType, id = `${sent.id} ${type}`): Promise<void> {
    const town = this.#town;
    const reader = this.ofMessage(sent.message);
    const before = reader && this.stateOf(reader);
    const event = parseEvent(id, webhookCall(sent, type, { at: sent.at, id }).body);
    if (event.kind === "uncounted" || event.kind === "unreadable") throw new Error("The event is not understood.");
    const db = openDatabase(town.d1.binding());
    await recordWebhookEvent({ db, keys: signingKeys, words: en, now: town.realNow() }, event);
    if (reader && before === "confirmed" && this.stateOf(reader) === "suppressed") this.noteAway(reader);
    if (reader && this.stateOf(reader) === "suppressed") this.#store(reader);
  }

  ofMessage({ tags = [] }: Message): Reader | undefined {
    return this.all.get(tags.find(({ name }) => name === "subscriber")?.value ?? "");
  }

  /** Copies that have come to somebody so far, or before that time. */
  countFor(id: string, before = Number.POSITIVE_INFINITY): number {
    const town = this.#town;
    town.resend.catchUp();
    return town.resend.sent.filter(({ message, at }) => at < before && this.ofMessage(message)?.id === id).length;
  }

  #goAway(id: string, reason: EndingReason, change: string): void {
    const reader = this.all.get(id);
    const town = this.#town;
    if (!reader || this.stateOf(reader) !== "confirmed") return;
    this.noteAway(reader);
    recordEnding(town, id, reason);
    town.d1.query(`UPDATE subscribers SET ${change} WHERE id = ?`, new Date(town.realNow()).toISOString(), id);
    this.#store(reader);
  }

  #store(reader: Reader): void {
    reader.isRecorded = storeEndings(this.#town);
  }

  /** Somebody goes: from now on they are left in peace, unless a copy may be on its way already. */
  noteAway(reader: Reader, until = Number.POSITIVE_INFINITY): void {
    const isPause = until !== Number.POSITIVE_INFINITY;
    reader.wasGone ||= !isPause;
    reader.hasPaused ||= isPause;
    reader.quietUntil = until;
    if (!isPause) reader.goneSince ??= this.#town.time;
    const [{ count } = { count: 0 }] = this.#town.d1.query<{ count: number }>(
      `SELECT COUNT(*) AS count FROM batches b, json_each(b.members) m
        WHERE b.state = 'sealed' AND b.unknown_since IS NOT NULL AND m.value ->> 'subscriber' = ?`,
      reader.id,
    );
    // What may be on its way already cannot be called back.
    reader.quietSince =
      count === 0 && !this.#town.resend.isWorkingOn(`"${reader.id}"`) ? this.countFor(reader.id) : undefined;
  }
}
