/** Tests the state machine of a delivery: transitions only move forward, in memory and in SQL alike. */

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { deliveryStates } from "../../src/db/newsletter-tables.ts";
import { type Arrow, arrows, type DeliveryState, type Report } from "../../src/editions/delivery.ts";
import { recordWebhookEvent } from "../../src/editions/webhook/record-webhook-event.ts";
import { parseEvent } from "../../src/editions/webhook/webhook-event.ts";
import { en } from "../../src/ui/words/en.ts";
import { bounced, eventOf, type MailReports, openMailReports } from "../newsletter/mail-reports.ts";
import { present } from "../world.ts";

let mail: MailReports;
beforeAll(async () => {
  mail = await openMailReports();
});
afterAll(() => mail[Symbol.asyncDispose]());

const reports = ["accept", "fail", "deliver", "bounce", "complain"] as const satisfies readonly Report[];
const payloads: Readonly<Record<Report, string>> = {
  accept: eventOf("email.sent"),
  fail: eventOf("email.failed", { failed: { reason: "quota" } }),
  deliver: eventOf("email.delivered"),
  bounce: bounced("Transient"),
  complain: eventOf("email.complained"),
};
/** Applies a transition in memory. */
const follow = ({ from, to }: Arrow, state: DeliveryState): DeliveryState => (from.includes(state) ? to : state);
const walk = (start: DeliveryState, list: readonly (keyof typeof arrows)[]): DeliveryState =>
  list.reduce((state, name) => follow(arrows[name], state), start);

let events = 0;
const recordAll = async (list: readonly Report[]): Promise<void> => {
  const ledger = { db: openDatabase(await mail.world.database()), keys: [], words: en, now: Date.parse(present) };
  for (const report of list) {
    events += 1;
    const event = parseEvent(`msg_${events}`, payloads[report]);
    if (event.kind !== "mail") throw new Error(`${report} was read as ${event.kind}.`);
    await recordWebhookEvent(ledger, event);
  }
};

/** A list, and the same items in another order with repetitions. */
const shuffled = <T>(things: fc.Arbitrary<T>): fc.Arbitrary<readonly [T[], T[]]> =>
  fc.uniqueArray(things, { minLength: 1 }).chain((list) =>
    fc
      .array(fc.constantFrom(...list), { maxLength: 6 })
      .chain((again) => fc.shuffledSubarray([...list, ...again], { minLength: list.length + again.length }))
      .map((other) => [list, other] as const),
  );

test("the same reports end in the same state, in whatever order and however often they come", () => {
  const names = fc.constantFrom(...(Object.keys(arrows) as (keyof typeof arrows)[]));
  fc.assert(
    fc.property(fc.constantFrom(...deliveryStates), shuffled(names), (start, [once, shuffledList]) => {
      expect(walk(start, shuffledList)).toBe(walk(start, once));
    }),
    { numRuns: 2_000 },
  );
});

test("no arrow leads back: what it leaves cannot be reached from its end", () => {
  for (const { from, to } of Object.values(arrows)) {
    for (const left of from) {
      const beyond = Object.values(arrows).filter((arrow) => (arrow.from as readonly DeliveryState[]).includes(to));
      expect(beyond.map((arrow) => arrow.to)).not.toContain(left);
    }
  }
});

test("the database follows the same arrows", async () => {
  for (const state of deliveryStates.filter((each) => each !== "skipped")) {
    for (const report of reports) {
      await mail.begin({ subscriber: "s1", state, provider: "mail-1" });
      await recordAll([report]);
      expect([state, report, ...(await mail.states())]).toEqual([state, report, follow(arrows[report], state)]);
    }
  }
});

test("so it ends in the same state whatever the order; a copy that was skipped goes the way of one being sent", async () => {
  const starts = fc.constantFrom<DeliveryState>("sending", "uncertain", "skipped");
  await fc.assert(
    fc.asyncProperty(starts, shuffled(fc.constantFrom(...reports)), async (state, [once, shuffledList]) => {
      await mail.begin({ subscriber: "s1", state });
      await recordAll(shuffledList);
      expect(await mail.states()).toEqual([walk("sending", once)]);
      const [subscriber] = await mail.rows("SELECT state, suppression_reason AS reason FROM subscribers");
      expect(subscriber).toEqual(
        once.includes("complain") ? { state: "suppressed", reason: "complaint" } : { state: "confirmed", reason: null },
      );
    }),
    { numRuns: 40 },
  );
});
