/** Simulates subscribers, and remembers independently of the database what they did. */

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
  /** The true time of subscribing, whatever the Worker's clock was. */
  readonly joined: number;
  frequency: Frequency;
  /** Wants corrections, and has since before every chapter so far; undefined once that has changed. */
  corrections: boolean | undefined;
  /** Changed frequency at some time. */
  hasSwitched: boolean;
  /** Books wanted without interruption; null for all books. */
  alwaysWanted: readonly string[] | null;
  /** Unsubscribed, was suppressed or erased at some time: nothing is owed then. */
  wasGone: boolean;
  /** Paused at some time: each chapter is owed, or a reason for leaving it out. */
  hasPaused: boolean;
  /** Changed their choice of books at some time. */
  hasChosen: boolean;
  /** How many emails they had when they unsubscribed or paused, if no delivery was in progress: none may be added until they return. */
  quietSince: number | undefined;
  /** The true time since which they have been unsubscribed, suppressed or erased. */
  goneSince: number | undefined;
  /** KV has the record of the ending, whatever happens to the database. */
  isRecorded: boolean;
  /** They bounced or complained: the record is about the address they had, not about them. */
  isAddressGone: boolean;
  /** The end of a pause; infinite for ended subscriptions. Milliseconds since 1970. */
  quietUntil: number;
}

export interface Wishes {
  readonly frequency?: Frequency;
  readonly books?: readonly string[] | null;
  readonly corrections?: boolean;
  /** Runs process subscribers in the order of ids; a sequence by default. */
  readonly id?: string;
  readonly address?: string;
}

export class Readers {
  readonly all = new Map<string, Reader>();
  readonly #town: Town;

  constructor(town: Town) {
    this.#town = town;
  }

  join({ frequency = "each", books = null, corrections = false, id, address }: Wishes = {}): Reader {
    const town = this.#town;
    const name = id ?? `s${String(this.all.size + 1).padStart(5, "0")}`;
    const email = address ?? `${name}@example.org`;
    // Confirmed in a request, not in a cron run: the real time.
    const confirmedAt = new Date(town.realNow()).toISOString();
    town.d1.query(
      `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, frequency, books,
          corrections_since)
        VALUES (?, ?, ?, 'confirmed', 'k', ?, ?, ?, ?, ?)`,
      name,
      email,
      email,
      confirmedAt,
      confirmedAt,
      frequency,
      books && JSON.stringify(books),
      corrections ? confirmedAt : null,
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
      corrections,
      hasSwitched: false,
      alwaysWanted: books,
      wasGone: false,
      hasPaused: false,
      hasChosen: false,
      quietSince: undefined,
      goneSince: undefined,
      isRecorded: false,
      isAddressGone: false,
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

  /** Suppresses the reader after a permanent bounce or a complaint. */
  suppress({ id }: Reader, reason: "bounce" | "complaint"): void {
    this.#goAway(id, reason, `state = 'suppressed', suppression_reason = '${reason}', suppressed_at = ?`);
  }

  /** Undoes the unsubscribe. */
  comeBack(reader: Reader): void {
    recordEnding(this.#town, reader.id, "returned");
    storeEndings(this.#town);
    this.#town.d1.query(
      "UPDATE subscribers SET state = 'confirmed', left_at = NULL WHERE id = ? AND state = 'unsubscribed'",
      reader.id,
    );
    if (this.stateOf(reader) === "confirmed") this.#isBack(reader);
  }

  async pause(reader: Reader, until: string | null): Promise<void> {
    if (until !== null && this.stateOf(reader) === "confirmed") this.noteAway(reader, Date.parse(until));
    if (until === null) reader.quietSince = undefined;
    const db = openDatabase(this.#town.d1.binding());
    await (until === null ? endPause(db, reader.id, this.#town.now()) : updatePause(db, reader.id, until));
  }

  async choose(reader: Reader, frequency: Frequency, books: readonly string[] | null): Promise<void> {
    const [row] = this.#town.d1.query<{ frequency: Frequency; correctionsSince: string | null }>(
      "SELECT frequency, corrections_since AS correctionsSince FROM subscribers WHERE id = ?",
      reader.id,
    );
    if (!row) return;
    const before = { id: reader.id, frequency: row.frequency, correctionsSince: row.correctionsSince } as Subscriber;
    const wanted = { frequency, books, corrections: row.correctionsSince !== null };
    await updatePreferences(openDatabase(this.#town.d1.binding()), before, wanted, this.#town.now());
    reader.hasSwitched ||= reader.frequency !== frequency;
    reader.frequency = frequency;
    reader.hasChosen = true;
    if (books === null) return;
    const { alwaysWanted } = reader;
    reader.alwaysWanted = alwaysWanted === null ? books : alwaysWanted.filter((book) => books.includes(book));
  }

  /** Asks for corrections, or for none any more. */
  async askForCorrections(reader: Reader, corrections: boolean): Promise<void> {
    const db = openDatabase(this.#town.d1.binding());
    const subscriber = await findSubscriber(db, reader.id);
    if (!subscriber) return;
    const { frequency, books } = subscriber;
    await updatePreferences(db, subscriber, { frequency, books, corrections }, this.#town.now());
    if (reader.corrections !== corrections) reader.corrections = undefined;
  }

  /** Confirms another address, as only confirmed subscribers can. */
  move(reader: Reader, address: string): void {
    if (this.stateOf(reader) !== "confirmed") return;
    this.#town.d1.query("UPDATE subscribers SET email = ?, address_key = ? WHERE id = ?", address, address, reader.id);
    // Rolled back to before the bounce: mail may be sent to the new address.
    if (reader.isAddressGone) this.#isBack(reader);
  }

  async erase(reader: Reader): Promise<void> {
    const db = openDatabase(this.#town.d1.binding());
    const subscriber = await findSubscriber(db, reader.id);
    if (!subscriber) return;
    if (subscriber.state === "confirmed") this.noteAway(reader);
    reader.isAddressGone = false;
    await eraseSubscriber(db, subscriber, signingKeys, this.#town.realNow());
    this.#store(reader);
  }

  stateOf({ id }: Reader): string | undefined {
    return this.#town.d1.query<{ state: string }>("SELECT state FROM subscribers WHERE id = ?", id)[0]?.state;
  }

  addressOf({ id }: Reader): string | undefined {
    return this.#town.d1.query<{ email: string }>("SELECT email FROM subscribers WHERE id = ?", id)[0]?.email;
  }

  /** Reports an event of an email; `id` identifies the event, which may be repeated. */
  async report(sent: Sent, type: EventType, id = `${sent.id} ${type}`): Promise<void> {
    const town = this.#town;
    const reader = this.ofMessage(sent.message);
    const before = reader && this.stateOf(reader);
    const event = parseEvent(id, webhookCall(sent, type, { at: sent.at, id }).body);
    if (event.kind === "uncounted" || event.kind === "unreadable") throw new Error("The event is not understood.");
    const db = openDatabase(town.d1.binding());
    await recordWebhookEvent({ db, keys: signingKeys, words: en, now: town.realNow() }, event);
    if (!reader || this.stateOf(reader) !== "suppressed") return;
    reader.isAddressGone = true;
    if (before === "confirmed") this.noteAway(reader);
    this.#store(reader);
  }

  ofMessage({ tags = [] }: Message): Reader | undefined {
    return this.all.get(tags.find(({ name }) => name === "subscriber")?.value ?? "");
  }

  /** Emails delivered to a subscriber so far, or before that time. */
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
    reader.isAddressGone = reason === "bounce" || reason === "complaint";
    recordEnding(town, id, reason);
    town.d1.query(`UPDATE subscribers SET ${change} WHERE id = ?`, new Date(town.realNow()).toISOString(), id);
    this.#store(reader);
  }

  #isBack(reader: Reader): void {
    reader.quietSince = undefined;
    reader.goneSince = undefined;
    reader.isRecorded = false;
    reader.isAddressGone = false;
  }

  #store(reader: Reader): void {
    reader.isRecorded = storeEndings(this.#town);
  }

  /** From now on nothing more may be sent to the reader, unless a delivery may already be in progress. */
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
    // A delivery in progress cannot be recalled.
    reader.quietSince =
      count === 0 && !this.#town.resend.isWorkingOn(`"${reader.id}"`) ? this.countFor(reader.id) : undefined;
  }
}
