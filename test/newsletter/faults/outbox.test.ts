/**
 * Tests transactional emails (confirmation, welcome, unsubscribe confirmation) under the same faults as editions: each
 * is delivered once, or recorded as failed or uncertain. `LETTERS=seed` repeats one random story.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { messageOf, openDatabase } from "../../../src/db/database.ts";
import { isTimeToRecord, recordTime } from "../../../src/editions/recovery/clock-rollback.ts";
import { createResend } from "../../../src/mail/resend.ts";
import { queueMessage, sendQueued } from "../../../src/subscribers/outbox.ts";
import { type RunClock, runClock } from "../../../src/subscribers/run-clock.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { askOf } from "../../fakes/resend.ts";
import { ResendModel } from "../../fakes/resend-model.ts";
import { Dice } from "./dice.ts";
import { isInjected } from "./promise.ts";
import { someTrouble } from "./provider-weather.ts";
import { beginning, day, hour, minute } from "./town.ts";
import { type Luck, unlucky } from "./unlucky-d1.ts";
import { wholeNumber } from "./whole-number.ts";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

/** An outbox with a clock that may be wrong. */
class Outbox {
  time = beginning;
  skew = 0;
  /** Whether the next database write, or only its response, is lost. */
  unlucky: () => Luck = () => undefined;
  readonly d1 = new FakeD1();
  readonly resend = new ResendModel({ now: () => this.time });
  readonly #mailer = createResend({ url: "https://api.resend.com", apiKey: "re_test" }, askOf(this.resend));
  readonly #db = openDatabase(this.d1.binding(unlucky(({ writes }) => (writes ? this.unlucky() : undefined))));

  constructor() {
    this.d1.query("INSERT INTO newsletter (id, began_at) VALUES (1, ?)", new Date(beginning).toISOString());
  }

  /** Delay between a run's scheduled time and its start, in milliseconds. */
  late = 0;

  now = (): number => this.clock().now();

  clock = (): RunClock => runClock(this.time + this.skew - this.late, () => this.time + this.skew);

  async write(id: string): Promise<void> {
    const message = {
      from: "a@library.example",
      to: [`${id}@example.org`],
      subject: id,
      html: "h",
      text: "t",
    } as const;
    await queueMessage(openDatabase(this.d1.binding()), {
      id,
      kind: "welcome",
      subscriberId: null,
      message,
      now: this.now(),
    });
  }

  /** The cron trigger's work on transactional emails. */
  async run(): Promise<void> {
    try {
      await sendQueued({ db: this.#db, mailer: this.#mailer, ...this.clock(), limit: 4 });
    } catch (error) {
      if (!isInjected(messageOf(error))) throw error;
    }
    const seenAt = this.seenAt();
    try {
      if (isTimeToRecord(seenAt, this.now())) await recordTime({ db: this.#db, now: this.now }, seenAt);
    } catch (error) {
      if (!isInjected(messageOf(error))) throw error;
    }
  }

  async runs(count: number, apart = 5 * minute): Promise<void> {
    for (let run = 0; run < count; run += 1) {
      this.time += apart;
      await this.run();
    }
  }

  seenAt(): string | null {
    return this.d1.query<{ at: string | null }>("SELECT seen_at AS at FROM newsletter")[0]?.at ?? null;
  }

  stateOf = (id: string): string | undefined =>
    this.d1.query<{ state: string }>("SELECT state FROM letters WHERE id = ?", id)[0]?.state;

  /** Violations of the guarantees, as sentences. */
  broken(): string[] {
    return this.d1.query<{ id: string; state: string }>("SELECT id, state FROM letters").flatMap(({ id, state }) => {
      const copies = this.resend.inbox(`${id}@example.org`).length;
      const isTrue = { accepted: copies === 1, failed: copies === 0, uncertain: copies <= 1 }[state] ?? false;
      return isTrue ? [] : [`${id} is ${state}, and ${copies} copies went out.`];
    });
  }
}

test("a clock that goes back by hours makes the key of no letter young again, at once and later", async () => {
  for (const runs of [1, 3]) {
    const outbox = new Outbox();
    await outbox.write("w1");
    outbox.resend.troubles.push({ kind: "cut", taken: true });
    await outbox.run();
    // No call succeeds for nearly a day.
    for (let hours = 0; hours < 22; hours += 1) {
      outbox.resend.troubles.push({ kind: "cut", taken: false });
      await outbox.runs(1, hour);
    }
    outbox.resend.troubles.length = 0;
    outbox.skew = -9 * hour;
    outbox.time += 2.5 * hour;
    await outbox.runs(runs);
    outbox.skew = 0;
    await outbox.runs(6, hour);
    expect([outbox.stateOf("w1"), outbox.broken()]).toEqual(["uncertain", []]);
  }
});

test.each([
  ["twenty minutes", 20 * minute],
  ["65 minutes", 65 * minute],
  ["nine hours", 9 * hour],
  ["two days", 2 * day],
])("a run that is %s late does not repeat a letter whose key has expired", async (_, late) => {
  const outbox = new Outbox();
  await outbox.write("w1");
  outbox.resend.troubles.push({ kind: "cut", taken: true });
  await outbox.run();
  for (let hours = 0; hours < 22; hours += 1) {
    outbox.resend.troubles.push({ kind: "cut", taken: false });
    await outbox.runs(1, hour);
  }
  outbox.resend.troubles.length = 0;
  outbox.time += 2 * hour;
  outbox.late = late;
  await outbox.runs(2);
  expect([outbox.stateOf("w1"), outbox.broken()]).toEqual(["uncertain", []]);
});

test("a letter that is turned away after an attempt without an answer may have arrived", async () => {
  const outbox = new Outbox();
  await outbox.write("w1");
  const body = { name: "validation_error", message: "No." };
  outbox.resend.troubles.push({ kind: "cut", taken: true }, { kind: "answer", status: 422, body });
  await outbox.runs(3);
  expect([outbox.stateOf("w1"), outbox.broken()]).toEqual(["uncertain", []]);
});

const alone = process.env.LETTERS;
const first = wholeNumber("LETTERS", 1);
const count = alone === undefined ? 100 : 1;

test(`letters outlive ${count} storms`, async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + count && broken.length < 5; seed += 1) {
    const sentences = await storm(new Dice(seed));
    if (sentences.length > 0) broken.push(`LETTERS=${seed}: ${sentences.join(" ")}`);
  }
  expect(broken).toEqual([]);
});

async function storm(dice: Dice): Promise<string[]> {
  const outbox = new Outbox();
  const failing = dice.pick([0, 0.02, 0.1]);
  outbox.unlucky = () => (dice.chance(failing) ? dice.pick(["lost", "answer lost"] as const) : undefined);
  for (let turns = 10 + dice.below(30); turns > 0; turns -= 1) {
    outbox.time += dice.pick([5 * minute, 5 * minute, 5 * minute, hour, 7 * hour, 26 * hour]);
    outbox.skew = someSkew(outbox, dice);
    outbox.late = dice.chance(0.3) ? dice.pick([-2 * hour, 20 * minute, 65 * minute, 9 * hour, 2 * day]) : 0;
    if (dice.chance(0.4)) await outbox.write(`letter-${turns}`);
    while (dice.chance(0.5)) outbox.resend.troubles.push(someTrouble(dice));
    await Promise.all(Array.from({ length: dice.pick([1, 1, 2]) }, () => outbox.run()));
  }
  outbox.unlucky = () => undefined;
  outbox.resend.troubles.length = 0;
  outbox.skew = 0;
  outbox.late = 0;
  await outbox.runs(40);
  outbox.time += 3 * day;
  await outbox.runs(40);
  return outbox.broken();
}

/** Leaves out a clock that goes back between two recorded times: nothing can detect it. */
function someSkew(outbox: Outbox, dice: Dice): number {
  const next = dice.chance(0.08) ? dice.pick([-9 * hour, -40 * minute, 2 * day]) : dice.chance(0.5) ? 0 : outbox.skew;
  const isNoted = Date.parse(outbox.seenAt() ?? "") > outbox.time + next + hour;
  return next < -30 * minute && !isNoted ? 0 : next;
}
