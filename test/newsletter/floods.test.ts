/**
 * Tests rate limits for emails and records: abuse ends after a few requests through any link, and other people are not
 * affected.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { maxPerNetwork } from "../../src/subscribers/limits.ts";
import { after, lastMail, type NewsletterWorld, openNewsletterWorld, seen } from "./newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

test("a flood from one network is turned away with a page that says until when", async () => {
  const headers = { "cf-connecting-ip": "203.0.113.9" };
  for (let index = 0; index < maxPerNetwork; index += 1) {
    await newsletter.subscribe(`flood${index}@example.org`, { headers });
  }
  const answer = await newsletter.subscribe("one-more@example.org", { headers });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "86400"]);
  expect(answer.body).toContain("Please try again in about 24 hours.");
  expect(newsletter.resend.mails).toHaveLength(maxPerNetwork);
  // An existing subscriber gets the same answer.
  await newsletter.join("ada@example.org");
  expect(seen(await newsletter.subscribe("ada@example.org", { headers }))).toEqual(seen(answer));
  const link = await newsletter.post(href.preferencesLink(), { email: "ada@example.org" }, { headers });
  expect(link.status).toBe(429);
});

test("a flood to one mailbox from everywhere brings three mails", async () => {
  for (let index = 0; index < 10; index += 1) await newsletter.subscribe(`vic.tim+${index}@gmail.com`);
  expect(newsletter.resend.mails).toHaveLength(3);
});

test("after 2,000 requests for one mailbox, from everywhere, another reader subscribes and gets the email", async () => {
  await using library = await openNewsletterWorld({ MAIL_QUOTA: "100/3000" });
  const statuses = new Set<number>();
  const flood = async (count: number) => {
    const answers = Array.from({ length: count }, () => library.subscribe("victim@example.org"));
    for (const { status } of await Promise.all(answers)) statuses.add(status);
  };
  for (let sent = 0; sent < 20; sent += 1) await flood(1);
  for (let sent = 20; sent < 2000; sent += 60) await flood(60);
  expect([...statuses]).toEqual([303]);
  expect(library.resend.mails).toHaveLength(3);
  expect((await library.subscribe("reader@example.org")).status).toBe(303);
  expect(lastMail(library.resend).to).toEqual(["reader@example.org"]);
}, 240_000);

test("when forms have used up their share, everyone gets the same page with the time to wait, and the author is told", async () => {
  await using library = await openNewsletterWorld({ MAIL_QUOTA: "30/900", AUTHOR_EMAIL: "author@example.org" });
  const ada = await library.join("ada@example.org");
  for (let index = 0; index < 4; index += 1) await library.subscribe(`stranger${index}@example.org`);
  expect(library.resend.mails.map(({ to }) => to[0])).toEqual([
    "stranger0@example.org",
    "stranger1@example.org",
    "stranger2@example.org",
    "stranger3@example.org",
    "author@example.org",
  ]);
  expect(lastMail(library.resend).subject).toContain("Forms have used up their share of emails");
  expect(lastMail(library.resend).text).toContain("Forms may send 6 emails in 24 hours, or 180 in 30 days");
  expect(await library.rows("SELECT id, resolved_at FROM notices")).toEqual([{ id: "forms", resolved_at: null }]);
  const answers = [];
  for (const address of ["ada@example.org", "unknown@example.org", "stranger1@example.org"]) {
    answers.push(seen(await library.subscribe(address)));
    answers.push(seen(await library.post(href.preferencesLink(), { email: address })));
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect([answers[0]?.status, new Headers(answers[0]?.headers).get("retry-after")]).toEqual([503, "86400"]);
  expect(answers[0]?.body).toContain("<h1>Please try again later</h1>");
  expect(answers[0]?.body).toContain("Please try again in about 24 hours.");
  const note = await library.post(ada.preferences, { act: "address", email: "new@example.org" });
  expect(note.headers.get("location")).toBe(`${ada.preferences}?done=share-used`);
  expect((await library.world.get(`${ada.preferences}?done=share-used`)).body).toContain(
    "Nothing was changed: the library has reached its limit for emails requested through forms.",
  );
  expect(library.resend.mails).toHaveLength(5);
  // Unsubscribing and resubscribing are not limited, and are confirmed.
  const left = await library.post(ada.leave, { by: "page" });
  expect(lastMail(library.resend).to).toEqual(["ada@example.org"]);
  const back = /action="(\/newsletter\/return\/[^"]+)"/.exec(left.body)?.[1] ?? "";
  expect((await library.post(back, {})).status).toBe(200);
});

test("what follows from a form and cannot be sent today waits for the next day's quota", async () => {
  await using library = await openNewsletterWorld({ MAIL_QUOTA: "100/3000" });
  const bob = await library.join("bob@example.org");
  library.resend.quota.maxPerDay = 0;
  await library.post(bob.leave, { by: "page" });
  expect(library.resend.mails).toEqual([]);
  library.resend.quota.maxPerDay = 100;
  await library.world.tick(after(2));
  expect(library.resend.mails.map(({ to }) => to[0])).toEqual(["bob@example.org"]);
});

test("whoever got hold of somebody's own page cannot flood the mailbox behind it with notices", async () => {
  const eve = await newsletter.join("flooded@example.org");
  const notes = [];
  for (let index = 0; index < 6; index += 1) {
    const answer = await newsletter.post(eve.preferences, { act: "address", email: `mine${index}@example.org` });
    notes.push(answer.headers.get("location")?.split("=").at(-1));
  }
  expect(notes.slice(-4)).toEqual(Array(4).fill("too-many"));
  expect(newsletter.resend.mails.filter(({ to }) => to[0] === "flooded@example.org")).toHaveLength(2);
});

test("who unsubscribes is told so by email, even when that mailbox has had its three of the day", async () => {
  const { leave } = await newsletter.join("busy@example.org");
  for (let index = 0; index < 3; index += 1) await newsletter.subscribe("busy@example.org");
  newsletter.resend.mails.length = 0;
  await newsletter.post(leave, { by: "page" });
  expect(newsletter.resend.mails.map(({ to, subject }) => [to[0], subject])).toEqual([
    ["busy@example.org", expect.stringMatching(/^You have unsubscribed from /)],
  ]);
});

test("whoever got hold of a link to leave cannot flood a mailbox with goodbyes, nor the records", async () => {
  const { id, leave } = await newsletter.join("in-and-out@example.org");
  const answers: number[] = [];
  for (let hour = 0; hour < 8; hour += 1) {
    const left = await newsletter.post(leave, { by: "page" }, { now: after(hour) });
    const back = /action="(\/newsletter\/return\/[^"]+)"/.exec(left.body)?.[1] ?? "";
    answers.push(left.status, (await newsletter.post(back, {}, { now: after(hour) })).status);
  }
  expect(answers.slice(-4)).toEqual([200, 429, 200, 429]);
  expect(newsletter.resend.mails.length).toBeLessThanOrEqual(2);
  expect(await newsletter.rows(`SELECT COUNT(*) AS count FROM consents WHERE subscriber_id = '${id}'`)).toEqual([
    { count: 5 },
  ]);
  // Unsubscribing is never limited, and can be undone the next day.
  const [row] = await newsletter.rows<{ state: string }>(`SELECT state FROM subscribers WHERE id = '${id}'`);
  expect(row?.state).toBe("unsubscribed");
  const page = await newsletter.world.get(leave, { now: after(24) });
  const back = /action="(\/newsletter\/return\/[^"]+)"/.exec(page.body)?.[1] ?? "";
  expect((await newsletter.post(back, {}, { now: after(24) })).status).toBe(200);
});
