/** Tests that every way to end a subscription is recorded in KV as a keyed hash, and survives a database rollback. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { endingPrefix } from "../../src/subscribers/endings.ts";
import { bounced, eventOf, type MailReports, openMailReports } from "../newsletter/mail-reports.ts";
import { lastMail, linkIn, type Member } from "../newsletter/newsletter-world.ts";

let newsletter: MailReports;
beforeAll(async () => {
  newsletter = await openMailReports();
});
afterAll(() => newsletter[Symbol.asyncDispose]());

const records = async (): Promise<string[]> =>
  (await (await newsletter.world.shelf()).list({ prefix: endingPrefix })).keys.map(({ name }) => name);

const reported = (type: string, address: string, { id }: Member, data = {}) =>
  eventOf(type, { to: [address], tags: { edition: "each_tea_cooling", subscriber: id }, ...data });

const ways: Readonly<Record<string, (member: Member, address: string) => Promise<unknown>>> = {
  "unsubscribed by the page": ({ leave }) => newsletter.post(leave, { by: "page" }),
  "unsubscribed with one click": ({ leave }) => newsletter.post(leave, { "List-Unsubscribe": "One-Click" }),
  "erased by the form": ({ preferences }) => newsletter.post(preferences, { act: "erase", sure: "yes" }),
  "bounce reported": (member, address) =>
    newsletter.report(
      bounced("Permanent", { to: [address], tags: { edition: "each_tea_cooling", subscriber: member.id } }),
    ),
  "complaint reported": (member, address) => newsletter.report(reported("email.complained", address, member)),
  "bounce on Resend's list": (_, address) =>
    newsletter.report(
      JSON.stringify({
        type: "suppression.added",
        created_at: "2026-03-01T12:00:00Z",
        data: { email: address, origin: "bounce" },
      }),
    ),
};

test.each(Object.entries(ways))("%s", async (name, go) => {
  const [reason = ""] = name.split(" ");
  const address = `${name.replaceAll(/\W/g, "-")}@example.org`;
  const member = await newsletter.join(address);
  const before = await records();
  await go(member, address);
  const added = (await records()).filter((key) => !before.includes(key));
  expect(added).toHaveLength(1);
  const [key = ""] = added;
  expect(key).toMatch(new RegExp(`^newsletter/ended/\\d{13}-${reason}-${member.id.slice(0, 4)}-[0-9a-f]{64}$`));
  expect(key).not.toContain(member.id);
  expect(await newsletter.rows("SELECT name FROM endings WHERE stored_at IS NULL")).toEqual([]);

  // Recorded only once if repeated.
  await go(member, address);
  expect(await records()).toHaveLength(before.length + 1);
});

test("whoever unsubscribed and confirms again is on record as returned; a first confirmation is not", async () => {
  const first = await newsletter.join("ada.returns@example.org");
  expect((await records()).filter((key) => key.includes("-returned-"))).toEqual([]);
  await newsletter.post(first.leave, { by: "page" });
  const goodbye = lastMail(newsletter.resend);
  await newsletter.post(linkIn(goodbye, "return"), {});
  expect((await records()).filter((key) => key.includes("-returned-"))).toHaveLength(1);
});

test("KV fails: the subscription has ended, and the record waits in the database", async () => {
  const member = await newsletter.join("kv.fails@example.org");
  const answer = await newsletter.post(member.leave, { by: "page" }, { faults: { kv: "down" } });
  expect(answer.status).toBe(200);
  expect(await newsletter.rows(`SELECT state FROM subscribers WHERE id = '${member.id}'`)).toEqual([
    { state: "unsubscribed" },
  ]);
  expect(await newsletter.rows("SELECT 1 AS waits FROM endings WHERE stored_at IS NULL")).toEqual([{ waits: 1 }]);
  await newsletter.world.tick("2026-03-01T12:05:00Z");
  await newsletter.world.tick("2026-03-01T12:10:00Z");
  expect(await newsletter.rows("SELECT name FROM endings WHERE stored_at IS NULL")).toEqual([]);
});

test("the promise says what such a record contains, and how long it is kept", async () => {
  const { body } = await newsletter.world.get(href.promise());
  expect(body.replace(/\s+/g, " ")).toContain(
    "we also record this outside the database for 30 days (in the database, for 40). The record contains the time, what happened, the first 4 characters of your subscriber id, and a keyed hash that identifies neither you nor your address. The id is random: its first characters only say which hashes to compare. If you subscribe again, a second record of this kind says so.",
  );
});
