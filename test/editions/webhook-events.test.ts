/** Tests the effects of each Resend event on deliveries, transactional emails, subscribers and notices. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliveryTags } from "../../src/editions/delivery-tags.ts";
import { parseEvent } from "../../src/editions/webhook/webhook-event.ts";
import { eventTypes } from "../fakes/resend-webhooks.ts";
import {
  bounced,
  edition,
  eventOf,
  type MailReports,
  openMailReports,
  subscriberRow,
} from "../newsletter/mail-reports.ts";
import { lastMail } from "../newsletter/newsletter-world.ts";
import { present, repository } from "../world.ts";

let mail: MailReports;
beforeAll(async () => {
  mail = await openMailReports();
});
afterAll(() => mail[Symbol.asyncDispose]());
beforeEach(() => mail.begin({ subscriber: "s1", state: "sending" }));

const copy = async () =>
  (
    await mail.rows<{ state: string; reason: string | null; provider: string | null }>(
      "SELECT state, reason, provider_id AS provider FROM deliveries",
    )
  )[0];
const subscriber = async (id = "s1") =>
  (await mail.rows(`SELECT state, suppression_reason AS reason FROM subscribers WHERE id = '${id}'`))[0];
const notices = () => mail.rows<{ id: string; body: string; resolved_at: string | null }>("SELECT * FROM notices");
const suppressed = (reason: string) => ({ state: "suppressed", reason });
const untouched = { state: "confirmed", reason: null };

test.each([
  ["email.sent", { state: "accepted", reason: null, provider: "mail-1" }],
  ["email.delivery_delayed", { state: "accepted", reason: null, provider: "mail-1" }],
  ["email.delivered", { state: "delivered", reason: null, provider: "mail-1" }],
])("%s comes before our own record of the send", async (type, expected) => {
  expect((await mail.report(eventOf(type))).status).toBe(200);
  expect([await copy(), await subscriber(), await notices()]).toEqual([expected, untouched, []]);
});

test("email.failed ends the copy with its reason, and says nothing against the address", async () => {
  await mail.report(eventOf("email.failed", { failed: { reason: "reached_daily_quota" } }));
  expect([await copy(), await subscriber()]).toEqual([
    { state: "failed", reason: "reached_daily_quota", provider: "mail-1" },
    untouched,
  ]);
});

test.each(["Transient", "Undetermined", "Something new"])(
  "a %s bounce ends the copy, not the subscription",
  async (type) => {
    for (let time = 0; time < 5; time += 1) await mail.report(bounced(type));
    expect([await copy(), await subscriber()]).toEqual([
      { state: "bounced", reason: `${type} General: The recipient's server said no.`, provider: "mail-1" },
      untouched,
    ]);
  },
);

test("a permanent bounce, a complaint, or Resend's own list of suppressed addresses ends the subscription", async () => {
  await mail.report(bounced("Permanent"));
  expect([(await copy())?.state, await subscriber()]).toEqual(["bounced", suppressed("bounce")]);

  await mail.begin({ subscriber: "s1", state: "delivered", provider: "mail-1" });
  await mail.report(eventOf("email.complained"));
  expect([(await copy())?.state, await subscriber()]).toEqual(["complained", suppressed("complaint")]);

  await mail.begin({ subscriber: "s1", state: "accepted", provider: "mail-1" });
  const because = { type: "OnAccountSuppressionList", message: "It is on the list." };
  await mail.report(eventOf("email.suppressed", { suppressed: because }));
  expect([await copy(), await subscriber()]).toEqual([
    { state: "failed", reason: "OnAccountSuppressionList: It is on the list.", provider: "mail-1" },
    suppressed("bounce"),
  ]);
});

test.each(["pending", "confirmed", "unsubscribed"])("somebody %s who complains is suppressed", async (state) => {
  await mail.run(`UPDATE subscribers SET state = '${state}', confirmation = 'c'`);
  await mail.report(eventOf("email.complained"));
  const [row] = await mail.rows("SELECT state, confirmation, suppressed_at FROM subscribers");
  expect(row).toEqual({ state: "suppressed", confirmation: null, suppressed_at: present });
});

test("a letter that waits for somebody who complains is taken back, unless it may have been sent", async () => {
  await mail.begin({ subscriber: "s1", state: "accepted" });
  for (const [id, of, tried] of [
    ["waits", "s1", "NULL"],
    ["tried", "s1", "'2026-03-01'"],
    ["others", "s2", "NULL"],
  ]) {
    await mail.run(`INSERT INTO letters (id, kind, subscriber_id, state, created_at, next_attempt_at, first_attempt_at)
      VALUES ('${id}', 'welcome', '${of}', 'queued', '2026-03-01', '2026-03-01', ${tried})`);
  }
  await mail.report(eventOf("email.complained"));
  expect(await mail.rows("SELECT id FROM letters ORDER BY id")).toEqual([{ id: "others" }, { id: "tried" }]);
  await mail.run("DELETE FROM letters");
});

test("a complaint outlasts a bounce, in either order, and the first time stays", async () => {
  await mail.report(bounced("Permanent"));
  await mail.run("UPDATE subscribers SET suppressed_at = '2026-02-01T00:00:00.000Z'");
  await mail.report(eventOf("email.complained"));
  await mail.report(bounced("Permanent"));
  const [row] = await mail.rows("SELECT suppression_reason AS reason, suppressed_at AS at FROM subscribers");
  expect(row).toEqual({ reason: "complaint", at: "2026-02-01T00:00:00.000Z" });
});

test("Resend's list of suppressed addresses is followed, but for what the author put there by hand", async () => {
  const added = (email: string, origin: string) =>
    JSON.stringify({
      type: "suppression.added",
      created_at: present,
      data: { id: "1", email, origin, source_id: null },
    });
  for (const payload of [added("ada@example.org", "manual"), added("stranger@example.org", "complaint")]) {
    await mail.report(payload);
  }
  expect([await subscriber(), await mail.rows("SELECT * FROM suppressions")]).toEqual([untouched, []]);
  await mail.report(added("ADA@example.org", "complaint"));
  expect(await subscriber()).toEqual(suppressed("complaint"));
});

test("a bounce is about the address it came from, whoever has that now", async () => {
  await mail.run(
    "UPDATE subscribers SET email = 'new@example.org', address_key = 'new@example.org'",
    subscriberRow("s2", "ada@example.org"),
  );
  await mail.report(bounced("Permanent"));
  expect([await subscriber("s1"), await subscriber("s2")]).toEqual([untouched, suppressed("bounce")]);
  expect(await mail.rows("SELECT * FROM suppressions")).toEqual([]);
});

test("an address that was left behind, or whose owner had everything erased, cannot be subscribed after a complaint", async () => {
  await mail.run("UPDATE subscribers SET email = 'new@example.org', address_key = 'new@example.org'");
  await mail.report(eventOf("email.complained"));
  expect([(await copy())?.state, await subscriber()]).toEqual(["complained", untouched]);
  await mail.run("DELETE FROM subscribers", "DELETE FROM deliveries", "UPDATE suppressions SET reason = 'erased'");
  await mail.report(bounced("Permanent"));
  await mail.report(eventOf("email.complained"));
  await mail.report(bounced("Permanent"));
  expect(await mail.rows("SELECT reason FROM suppressions")).toEqual([{ reason: "complaint" }]);
  await mail.subscribe("ada@example.org");
  expect([await mail.rows("SELECT * FROM subscribers"), await mail.rows("SELECT * FROM letters")]).toEqual([[], []]);
});

test("of a mail to several nobody knows who complained", async () => {
  await mail.report(eventOf("email.complained", { to: ["ada@example.org", "bob@example.org"] }));
  expect([(await copy())?.state, await subscriber()]).toEqual(["complained", untouched]);
});

test("tags may come as a list; mails without them, of another edition or of nobody change nothing", async () => {
  for (const tags of [undefined, null, {}, { edition }, { subscriber: "s1" }, { campaign: "x" }]) {
    expect((await mail.report(eventOf("email.complained", { tags }))).status).toBe(200);
  }
  const to = ["other@example.org"];
  await mail.report(eventOf("email.complained", { to, tags: { edition: "each_tea_other", subscriber: "s1" } }));
  await mail.report(eventOf("email.complained", { to, tags: { edition, subscriber: "nobody" } }));
  expect([(await copy())?.state, await subscriber()]).toEqual(["sending", untouched]);
  const list = Object.entries({ edition, subscriber: "s1" }).map(([name, value]) => ({ name, value }));
  await mail.report(eventOf("email.delivered", { tags: list }));
  expect((await copy())?.state).toBe("delivered");
});

test("one mail stands for all the chapters that it carried, and for none that was left out of it", async () => {
  await mail.begin(
    { subscriber: "s1", chapter: "tea/cooling", state: "accepted" },
    { subscriber: "s1", chapter: "tea/steeping", state: "accepted" },
    { subscriber: "s1", chapter: "tea/water", state: "skipped", reason: "book not wanted" },
    { subscriber: "s2", chapter: "tea/cooling", state: "accepted" },
  );
  await mail.report(eventOf("email.delivered"));
  expect(await mail.states()).toEqual(["delivered", "accepted", "delivered", "skipped"]);
  expect(await notices()).toEqual([]);
});

test("one mail stands for the chapters that its tag names, and for no others of its edition", async () => {
  const chapters = ["tea/cooling", "tea/steeping", "tea/water"];
  await mail.begin(
    ...chapters.map((chapter) => ({ subscriber: "s1", chapter, state: "uncertain", reason: "no answer" })),
  );
  const tagged = async (...carried: string[]) =>
    mail.report(eventOf("email.delivered", { tags: await deliveryTags(edition, "s1", carried) }));
  await tagged("tea/water", "tea/cooling");
  expect(await mail.states()).toEqual(["delivered", "uncertain", "delivered"]);
  await tagged("coffee/roasting");
  expect(await mail.states()).toEqual(["delivered", "uncertain", "delivered"]);
  await tagged("tea/steeping");
  expect([await mail.states(), await notices()]).toEqual([["delivered", "delivered", "delivered"], []]);
});

test("a chapter on record as skipped that was in the mail by its tag: the record says so, and the author hears of it", async () => {
  await mail.begin(
    { subscriber: "s1", chapter: "tea/cooling", state: "sending" },
    { subscriber: "s1", chapter: "tea/steeping", state: "skipped", reason: "withdrawn" },
  );
  await mail.report(
    eventOf("email.delivered", { tags: await deliveryTags(edition, "s1", ["tea/cooling", "tea/steeping"]) }),
  );
  expect(await mail.states()).toEqual(["delivered", "delivered"]);
  expect((await notices()).map(({ id }) => id)).toEqual([`unrecorded ${edition}`]);
});

test("the notice about uncertain copies is over when the last of them is settled", async () => {
  await mail.begin(
    { subscriber: "s1", state: "uncertain", reason: "cut off" },
    { subscriber: "s2", state: "uncertain", reason: "cut off" },
  );
  await mail.run(`INSERT INTO notices (id, title, body, at) VALUES ('uncertain ${edition}', 't', 'b', '${present}')`);
  await mail.report(eventOf("email.sent"));
  expect(await notices()).toMatchObject([{ resolved_at: null }]);
  await mail.report(eventOf("email.delivered", { tags: { edition, subscriber: "s2" }, email_id: "mail-2" }));
  expect(await notices()).toMatchObject([{ resolved_at: present }]);
  expect(await mail.rows("SELECT state, reason, provider_id FROM deliveries")).toEqual([
    { state: "accepted", reason: null, provider_id: "mail-1" },
    { state: "delivered", reason: null, provider_id: "mail-2" },
  ]);
});

test("the author hears at once, and once, of a reader who got two copies", async () => {
  await mail.report(eventOf("email.delivered"));
  await mail.report(eventOf("email.complained"));
  expect(await notices()).toEqual([]);
  const second = eventOf("email.delivered", { email_id: "mail-2" });
  await mail.report(second, { id: "msg_second" });
  await mail.report(second, { id: "msg_second" });
  await mail.report(eventOf("email.delivered", { email_id: "mail-3" }));
  expect(await notices()).toMatchObject([{ id: `twice ${edition}`, resolved_at: null }]);
  expect((await notices())[0]?.body).toContain(`two emails of ${edition} to subscriber s1: mail-1 and mail-2.`);
  expect(await mail.rows("SELECT kind FROM letters")).toEqual([{ kind: "author-notice" }]);
});

test("so does one whose copy was accepted under another name than it arrived under", async () => {
  await mail.begin({ subscriber: "s1", state: "accepted", provider: "mail-1" });
  await mail.report(eventOf("email.delivered", { email_id: "mail-2" }));
  expect(await notices()).toEqual([]);
  await mail.report(eventOf("email.delivered", { email_id: "mail-1" }));
  expect(await notices()).toMatchObject([{ id: `twice ${edition}` }]);
});

test("a telling that broke off is made up for when Resend sends the event again", async () => {
  await mail.begin({ subscriber: "s1", state: "delivered", provider: "mail-1" });
  const second = eventOf("email.delivered", { email_id: "mail-2" });
  await mail.run("ALTER TABLE letters RENAME TO elsewhere");
  expect((await mail.report(second, { id: "msg_told" })).status).toBe(500);
  await mail.run("ALTER TABLE elsewhere RENAME TO letters");
  expect((await mail.report(second, { id: "msg_told" })).status).toBe(200);
  expect(await mail.rows("SELECT kind FROM letters")).toEqual([{ kind: "author-notice" }]);
});

test.each([
  ["skipped", "unsubscribed"],
  ["failed", "422 validation_error"],
])("a copy on record as %s that arrives: the record says so, and the author hears of it", async (state, reason) => {
  await mail.begin({ subscriber: "s1", state, reason });
  await mail.report(eventOf("email.delivered"));
  expect(await copy()).toEqual({ state: "delivered", reason: null, provider: "mail-1" });
  const [notice] = await notices();
  expect(notice).toMatchObject({ id: `unrecorded ${edition}` });
  expect(notice?.body).toContain(
    `email.delivered for a delivery of ${edition} (subscriber s1) that was recorded as ${state} (${reason}).`,
  );
});

test("a confirmation that bounces ends the subscription, be it on record as sent or not", async () => {
  await mail.begin();
  await mail.subscribe("typo@example.org");
  const tags = lastMail(mail.resend).tags;
  expect(tags).toEqual([
    { name: "letter", value: "confirmation" },
    { name: "letter_id", value: expect.stringMatching(/^confirmation_[0-9a-f-]{32,36}$/) },
  ]);
  await mail.run("UPDATE letters SET state = 'queued', provider_id = NULL, message = '[]'");
  await mail.report(eventOf("email.sent", { tags, to: ["typo@example.org"] }));
  const letter = () => mail.rows("SELECT state, provider_id, message, error FROM letters");
  expect(await letter()).toEqual([{ state: "accepted", provider_id: "mail-1", message: null, error: null }]);
  await mail.report(bounced("Permanent", { tags, to: ["typo@example.org"] }));
  await mail.report(eventOf("email.delivered", { tags, to: ["typo@example.org"] }));
  expect(await letter()).toMatchObject([
    { state: "failed", error: "Permanent General: The recipient's server said no." },
  ]);
  expect(await mail.rows("SELECT state FROM subscribers WHERE email = 'typo@example.org'")).toEqual([
    { state: "suppressed" },
  ]);
});

test("the README has the author tick the events that are read here, and no others", () => {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const ticked = [...readme.matchAll(/`((?:email|suppression)\.[a-z_*]+)`/g)].map(([, type = ""]) => type);
  expect(ticked.toSorted()).toEqual([...eventTypes.map((type) => `email.${type}`), "suppression.added"].toSorted());
  const understood = eventTypes.map((type) => parseEvent("msg_1", eventOf(`email.${type}`)).kind);
  expect(new Set(understood)).toEqual(new Set(["mail"]));
});
