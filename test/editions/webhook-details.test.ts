/** Tests webhook events that are large, incomplete or unusually structured: their reports are recorded. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bounced, eventOf, type MailReports, openMailReports } from "../newsletter/mail-reports.ts";

let mail: MailReports;
beforeAll(async () => {
  mail = await openMailReports();
});
afterAll(() => mail[Symbol.asyncDispose]());
beforeEach(() => mail.begin({ subscriber: "s1", state: "sending" }));

const copy = async () =>
  (await mail.rows<{ state: string; reason: string | null }>("SELECT state, reason FROM deliveries"))[0];
const subscriber = async () =>
  (await mail.rows("SELECT state, suppression_reason AS reason FROM subscribers WHERE id = 's1'"))[0];
const suppressed = (reason: string) => ({ state: "suppressed", reason });

test.each([66_000, 300_000, 1_000_000])("a permanent bounce of %d bytes ends the subscription", async (size) => {
  const bounce = { type: "Permanent", subType: "General", message: "5.1.1 ".repeat(size / 6) };
  expect((await mail.report(eventOf("email.bounced", { bounce }))).status).toBe(200);
  const row = await copy();
  expect([row?.state, (row?.reason ?? "").length <= 250, await subscriber()]).toEqual([
    "bounced",
    true,
    suppressed("bounce"),
  ]);
});

test.each([
  ["null", { bounce: null }],
  ["not there", {}],
  ["a text", { bounce: "550 5.1.1" }],
  ["of numbers", { bounce: { type: 5, subType: 1, message: {} } }],
  ["without a message", { bounce: { type: "PERMANENT" } }],
])("a bounce whose details are %s is recorded, and ends the subscription", async (_, data) => {
  expect((await mail.report(eventOf("email.bounced", data))).status).toBe(200);
  expect([(await copy())?.state, await subscriber()]).toEqual(["bounced", suppressed("bounce")]);
});

test.each([
  ["email.failed", { failed: null }, "failed"],
  ["email.suppressed", { suppressed: null }, "failed"],
  ["email.suppressed", { suppressed: ["x"] }, "failed"],
  ["email.delivered", { email_id: 7, bounce: 7 }, "delivered"],
  ["email.complained", { to: null }, "complained"],
])("%s with %j is recorded", async (type, data, state) => {
  expect((await mail.report(eventOf(type, data as never))).status).toBe(200);
  expect((await copy())?.state).toBe(state);
});

test.each([[["Ada <ada@example.org>"]], ["ada@example.org"], [[' "Lovelace, Ada" <ADA@example.org> ']]])(
  "a permanent bounce to %j is about Ada",
  async (to) => {
    await mail.report(bounced("Permanent", { to: to as never }));
    expect(await subscriber()).toEqual(suppressed("bounce"));
  },
);
