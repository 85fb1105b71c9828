/** Tests the preferences page: books, frequency, a pause, and a new link to the page. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "../newsletter/newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

const rowOf = async (id: string) => (await newsletter.rows(`SELECT * FROM subscribers WHERE id = '${id}'`))[0];

test("books and frequency", async () => {
  const { id, preferences } = await newsletter.join("ada@example.org");
  expect((await newsletter.world.get(preferences)).body).toContain("ada@example.org");
  const saved = await newsletter.post(preferences, {
    act: "save",
    frequency: "weekly",
    which: "chosen",
    books: ["tea", "x"],
  });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, `${preferences}?done=saved`]);
  expect((await newsletter.world.get(`${preferences}?done=saved`)).body).toContain("Saved.");
  const changed = { frequency: "weekly", books: '["tea"]', frequency_changed_at: "2026-03-01T12:00:00.000Z" };
  expect(await rowOf(id)).toMatchObject(changed);

  await newsletter.post(preferences, { act: "save", frequency: "weekly", which: "all" }, { now: after(5) });
  expect(await rowOf(id)).toMatchObject({ ...changed, books: null });
  const none = await newsletter.post(preferences, { act: "save", frequency: "each", which: "chosen" });
  expect(none.headers.get("location")).toBe(`${preferences}?done=no-book`);
  expect(await rowOf(id)).toMatchObject({ frequency: "weekly" });
  await newsletter.post(preferences, { act: "save", frequency: "hourly", which: "all" });
  expect(await rowOf(id)).toMatchObject({ frequency: "weekly" });
});

test("a pause, and its end", async () => {
  const { id, preferences } = await newsletter.join("pause@example.org");
  const words = async () => (await newsletter.world.get(preferences)).body;
  expect(await words()).toContain("Chapters published during a pause are not sent later.");
  // An empty date field shows today in WebKit.
  expect(await words()).toContain("No pause is set.");
  await newsletter.post(preferences, { act: "save", frequency: "weekly", which: "all" });
  expect(await words()).toContain("The first digest after a pause includes the chapters of the 62 days before it.");
  await newsletter.post(preferences, { act: "pause", until: "2026-04-01" });
  expect(await rowOf(id)).toMatchObject({ paused_until: "2026-04-01T00:00:00.000Z" });
  expect((await newsletter.world.get(preferences)).body).toContain("1 April 2026");
  for (const until of ["2026-02-01", "2099-01-01", "soon", ""])
    await newsletter.post(preferences, { act: "pause", until });
  expect(await rowOf(id)).toMatchObject({ paused_until: "2026-04-01T00:00:00.000Z" });
  await newsletter.post(preferences, { act: "resume" });
  const { paused_until: ended } = (await rowOf(id)) ?? {};
  expect(Date.parse(String(ended)), "that there was a pause stays on record").toBeLessThan(Date.parse("2026-04-01"));
  expect(await words()).toContain("Pause until");
  await newsletter.post(preferences, { act: "resume" });
  expect(await rowOf(id), "once is enough").toMatchObject({ paused_until: ended });
});

test("a fresh link is mailed to those who have a page, and the answer is the same for all", async () => {
  await newsletter.join("link@example.org");
  const known = await newsletter.post(href.preferencesLink(), { email: "link@example.org" });
  expect((await newsletter.world.get(linkIn(lastMail(newsletter.resend), "preferences"))).status).toBe(200);
  newsletter.resend.mails.length = 0;
  const unknown = await newsletter.post(href.preferencesLink(), { email: "nobody@example.org" });
  expect([known.status, known.headers.get("location")]).toEqual([unknown.status, unknown.headers.get("location")]);
  expect(newsletter.resend.mails).toEqual([]);
  expect((await newsletter.post(href.preferencesLink(), { email: "no" })).status).toBe(422);
});

test("who has not confirmed yet and asks for a link gets the one to confirm", async () => {
  await newsletter.subscribe("waits@example.org");
  const first = linkIn(lastMail(newsletter.resend), "confirm");
  await newsletter.post(href.preferencesLink(), { email: "waits@example.org" }, { now: after(1) });
  const second = linkIn(lastMail(newsletter.resend), "confirm");
  expect(newsletter.resend.mails).toHaveLength(2);
  expect((await newsletter.post(second, {})).body).toContain("You are subscribed");
  expect((await newsletter.world.get(first)).body).toContain("You are already subscribed");
});

test("a link of long ago offers a fresh one", async () => {
  const { preferences } = await newsletter.join("long-ago@example.org");
  expect((await newsletter.world.get(preferences, { now: after(399 * 24) })).status).toBe(200);
  const old = await newsletter.world.get(preferences, { now: after(401 * 24) });
  expect([old.status, old.body.includes(`action="${href.preferencesLink()}"`)]).toEqual([404, true]);
});
