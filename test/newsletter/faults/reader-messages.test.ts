/**
 * Tests the email to the author about a reader's message under the faults of editions: a stored message is emailed once, or
 * has a record of why not; what was not stored is emailed to nobody. `MESSAGES=seed` repeats one random story.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { messageOf, openDatabase } from "../../../src/db/database.ts";
import { createResend } from "../../../src/mail/resend.ts";
import { storeMessage } from "../../../src/reader-messages/store-message.ts";
import type { NewsletterContext } from "../../../src/subscribers/newsletter-context.ts";
import { sendQueued } from "../../../src/subscribers/outbox.ts";
import { runClock } from "../../../src/subscribers/run-clock.ts";
import { en } from "../../../src/ui/words/en.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { askOf } from "../../fakes/resend.ts";
import { ResendModel } from "../../fakes/resend-model.ts";
import { signingKeys } from "../newsletter-world.ts";
import { Dice } from "./dice.ts";
import { isInjected } from "./promise.ts";
import { someTrouble } from "./provider-weather.ts";
import { beginning, day, hour, minute } from "./town.ts";
import { type Luck, unlucky } from "./unlucky-d1.ts";
import { wholeNumber } from "./whole-number.ts";

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => void vi.restoreAllMocks());

const author = "author@library.example";

/** Readers who write, and an author who reads email. */
class Letterbox {
  time = beginning;
  /** Whether the next write, or only its response, is lost. */
  unlucky: () => Luck = () => undefined;
  readonly d1 = new FakeD1();
  readonly resend = new ResendModel({ now: () => this.time });
  readonly #mailer = createResend({ url: "https://api.resend.com", apiKey: "re_test" }, askOf(this.resend));
  readonly #db = openDatabase(this.d1.binding(unlucky(({ writes }) => (writes ? this.unlucky() : undefined))));

  constructor() {
    this.d1.query("INSERT INTO newsletter (id, began_at) VALUES (1, ?)", new Date(beginning).toISOString());
  }

  /** Submits a form; as readers do, again if the response was an error. */
  async write(message: string, tries: number): Promise<void> {
    const newsletter = {
      db: this.#db,
      now: this.time,
      origin: "https://library.example",
      words: en,
      catalogue: { manifest: { title: "Tea", tagline: "", language: "en" } },
      settings: {
        keys: signingKeys,
        quota: { day: undefined, month: undefined },
        authorEmail: author,
        from: "l@x.example",
      },
    } as unknown as NewsletterContext;
    const fields = { page: null, title: undefined, fragment: null, place: null, quote: null, email: null, message };
    const storing = { db: this.#db, keys: signingKeys, ip: undefined, now: this.time, form: message, newsletter };
    for (let turn = 0; turn < tries; turn += 1) {
      try {
        await storeMessage(fields, storing);
        return;
      } catch (error) {
        if (!isInjected(messageOf(error))) throw error;
      }
    }
  }

  async run(): Promise<void> {
    try {
      const clock = runClock(this.time, () => this.time);
      await sendQueued({ db: this.#db, mailer: this.#mailer, ...clock, limit: 4 });
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

  /** Violations of the guarantees, as sentences. */
  broken(): string[] {
    const stored = this.d1.query<{ message: string; state: string | null }>(
      `SELECT m.message, l.state FROM reader_messages m LEFT JOIN letters l ON l.id = 'reader-message_' || m.id`,
    );
    const sent = this.resend.inbox(author).map(({ text }) => /message \d+\./.exec(text)?.[0] ?? "");
    const unknown = sent.filter((message) => !stored.some((row) => row.message === message));
    return [
      ...unknown.map((message) => `${message} was emailed and is not stored.`),
      ...stored.flatMap(({ message, state }) => {
        const copies = sent.filter((each) => each === message).length;
        const isTrue = { accepted: copies === 1, failed: copies === 0, uncertain: copies <= 1 }[state ?? ""] ?? false;
        return isTrue ? [] : [`${message} is ${state}, and ${copies} copies went out.`];
      }),
    ];
  }
}

test.each(["lost", "answer lost"] as const)(
  "a message and its email are one write: with the %s, both exist or neither",
  async (luck) => {
    for (let failing = 0; failing < 4; failing += 1) {
      const box = new Letterbox();
      let writes = 0;
      // Every attempt of one write fails, so it is given up.
      box.unlucky = () => {
        writes += 1;
        return writes > failing && writes <= failing + 3 ? luck : undefined;
      };
      await box.write("message 1.", 1);
      box.unlucky = () => undefined;
      const [counts] = box.d1.query<{ messages: number; emails: number }>(
        "SELECT (SELECT COUNT(*) FROM reader_messages) AS messages, (SELECT COUNT(*) FROM letters) AS emails",
      );
      expect(counts?.messages).toBe(counts?.emails);
      // The reader tries again.
      await box.write("message 1.", 1);
      await box.runs(3);
      expect([box.broken(), box.resend.inbox(author).length]).toEqual([[], 1]);
    }
  },
);

const alone = process.env.MESSAGES;
const first = wholeNumber("MESSAGES", 1);
const count = alone === undefined ? 60 : 1;

test(`messages outlive ${count} storms`, async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + count && broken.length < 5; seed += 1) {
    const sentences = await storm(new Dice(seed));
    if (sentences.length > 0) broken.push(`MESSAGES=${seed}: ${sentences.join(" ")}`);
  }
  expect(broken).toEqual([]);
});

async function storm(dice: Dice): Promise<string[]> {
  const box = new Letterbox();
  const failing = dice.pick([0, 0.05, 0.2, 0.5]);
  box.unlucky = () => (dice.chance(failing) ? dice.pick(["lost", "answer lost"] as const) : undefined);
  for (let turns = 10 + dice.below(20); turns > 0; turns -= 1) {
    box.time += dice.pick([5 * minute, 5 * minute, hour, 7 * hour, 26 * hour]);
    if (dice.chance(0.5)) await box.write(`message ${turns}.`, dice.pick([1, 2, 3]));
    while (dice.chance(0.4)) box.resend.troubles.push(someTrouble(dice));
    await Promise.all(Array.from({ length: dice.pick([1, 1, 2]) }, () => box.run()));
  }
  box.unlucky = () => undefined;
  box.resend.troubles.length = 0;
  await box.runs(40);
  box.time += 3 * day;
  await box.runs(40);
  return box.broken();
}
