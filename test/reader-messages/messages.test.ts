/** Tests "Something wrong here?": what is stored and emailed of a message, for which texts, and the limits. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { maxPerAddress, maxPerNetwork } from "../../src/reader-messages/store-message.ts";
import { href } from "../../src/routes.ts";
import { maxAuthorEmails } from "../../src/subscribers/limits.ts";
import { faultsOf } from "../desk/html-faults.ts";
import {
  after as hoursLater,
  lastMail,
  type NewsletterWorld,
  openNewsletterWorld,
} from "../newsletter/newsletter-world.ts";
import { openReadingWorld } from "../stats/reading-world.ts";
import { type GetOptions, present } from "../world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld({ AUTHOR_EMAIL: "author@library.example" });
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(async () => {
  form = crypto.randomUUID();
  newsletter.resend.mails.length = 0;
  newsletter.resend.troubles.length = 0;
  for (const table of ["reader_messages", "letters", "limits"]) await newsletter.rows(`DELETE FROM ${table}`);
});

/** Resend remembers the emails of earlier tests by their keys, which contain the hash of the form. */
let form = "";
const message = {
  text: "tea/cooling",
  at: "half-life",
  place: "Half-life",
  quote: "it loses half of the difference",
  message: "Half of which difference?\r\n\r\nThe one to the room?",
  email: "Ada@Example.org",
  website: "",
};
const send = (fields: Readonly<Record<string, string>> = {}, options: GetOptions = {}) =>
  newsletter.post(
    href.correct(),
    { ...message, form, ...fields },
    {
      ...options,
      headers: { Origin: "https://library.example", ...options.headers },
    },
  );
const kept = () => newsletter.rows("SELECT * FROM reader_messages ORDER BY at, page DESC");
/** The email is sent after the response. */
const emailed = (count: number) =>
  vi.waitFor(() => expect(newsletter.resend.mails).toHaveLength(count), { timeout: 5000 });

describe("the form", () => {
  test("each chapter and overview leads to it, and it begins with what the link says", async () => {
    const chapter = await newsletter.world.get("/tea/cooling");
    expect(chapter.body).toContain('<a href="/correct?text=tea%2Fcooling">Something wrong here?</a>');
    expect((await newsletter.world.get("/tea/")).body).toContain("/correct?text=tea%2Ftea-overview");
    const query = new URLSearchParams({
      text: "tea/cooling",
      at: "half-life",
      place: "<i>Half</i>",
      quote: '"a" & <b>b</b>',
    });
    const page = await newsletter.world.get(`/correct?${query}`);
    expect([page.status, page.headers.get("Cache-Control"), page.headers.get("X-Robots-Tag")]).toEqual([
      200,
      "no-store",
      "noindex",
    ]);
    expect(await faultsOf(page.body)).toEqual([]);
    expect(page.body).toContain("&lt;b&gt;b&lt;/b&gt;</textarea>");
    expect(page.body).toContain('value="&lt;i&gt;Half&lt;/i&gt;"');
    expect(page.body).toContain('<a href="/tea/cooling#half-life"');
    expect(page.operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
  });

  test.each([
    ["no text", "/correct"],
    ["a draft", "/correct?text=tea/gongfu"],
    ["no text of the library", "/correct?text=https://evil.example/&at=javascript:alert(1)//"],
  ])("with %s it is about nothing in particular", async (_, path) => {
    const { status, body } = await newsletter.world.get(path);
    expect(status).toBe(200);
    expect(body).not.toMatch(/class="message-about"|evil|javascript/);
    expect(body).toContain('name="text" value=""');
  });
});

describe("a message", () => {
  test("is stored with its text and place, and emailed to the author, whose answer goes to the reader", async () => {
    const sent = await send();
    expect([sent.status, sent.headers.get("Location")]).toEqual([303, "/correct/sent?text=tea%2Fcooling&at=half-life"]);
    const thanks = await newsletter.world.get("/correct/sent?text=tea%2Fcooling&at=half-life");
    expect(thanks.body).toContain("<h1>Thank you</h1>");
    expect(thanks.body).toContain('href="/tea/cooling#half-life"');
    expect(await kept()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        at: present,
        page: "tea/cooling",
        fragment: "half-life",
        place: "Half-life",
        quote: "it loses half of the difference",
        message: "Half of which difference?\n\nThe one to the room?",
        email: "Ada@Example.org",
        address_key: "ada@example.org",
        state: "open",
        closed_at: null,
      },
    ]);
    await emailed(1);
    const mail = lastMail(newsletter.resend);
    expect(mail).toMatchObject({ to: ["author@library.example"], reply_to: "Ada@Example.org" });
    expect(mail.subject).toMatch(/^The .*: A message about “.+”$/);
    expect(mail.text).toContain("“it loses half of the difference”");
    expect(mail.text).toContain("The one to the room?");
    expect(mail.text).toContain("https://library.example/desk/messages");
    expect(await newsletter.rows("SELECT kind, state, message FROM letters")).toEqual([
      { kind: "reader-message", state: "accepted", message: null },
    ]);
  });

  test("about an overview is counted with it; about no text, or without an address, it is stored as well", async () => {
    await send({ text: "tea/tea-overview", at: "", place: "", quote: "", email: "" });
    await send({ text: "", at: "elsewhere", form: crypto.randomUUID() });
    expect(await kept()).toMatchObject([
      { page: "tea/", fragment: null, place: null, quote: null, email: null, address_key: null },
      { page: null, fragment: null },
    ]);
    await emailed(2);
    expect(newsletter.resend.mails[0]).not.toHaveProperty("reply_to");
  });

  test("submitted twice is stored and emailed once; changed, it is another message", async () => {
    await send();
    await send({}, { now: hoursLater(1) });
    await emailed(1);
    expect(await kept()).toHaveLength(1);
    await send({ message: "Another question." }, { now: hoursLater(2) });
    await emailed(2);
    expect(await kept()).toHaveLength(2);
  });

  test("with markup is text everywhere, and control characters are removed", async () => {
    const hostile = '<script>alert(1)</script>\u0000\u202e\u001b[31m"><img src=x onerror=alert(1)>';
    await send({ message: hostile, quote: hostile, place: hostile });
    const [row] = await kept();
    const clean = '<script>alert(1)</script> [31m"><img src=x onerror=alert(1)>';
    expect(row).toMatchObject({ place: clean });
    for (const field of ["message", "quote"]) expect(String(row?.[field])).not.toMatch(/\p{Cc}|\u202e/u);
    await emailed(1);
    expect(lastMail(newsletter.resend).html).not.toMatch(/<script|<img src=x/);
    const again = await send({ message: hostile, email: "not an address" });
    expect(again.body).not.toMatch(/<script>alert|<img src=x/);
  });

  test("is cut at its limits between two characters", async () => {
    await send({ message: "🍵".repeat(4001), quote: "q".repeat(501), place: "p".repeat(121) });
    expect(await kept()).toMatchObject([
      { message: "🍵".repeat(4000), quote: "q".repeat(500), place: "p".repeat(120) },
    ]);
  });

  test("reaches the desk while Resend is down, and the author with the next run of the cron trigger", async () => {
    newsletter.resend.troubles.push({ kind: "cut", taken: false });
    await send({}, { now: present });
    await vi.waitFor(async () =>
      expect(await newsletter.rows("SELECT state, attempts FROM letters")).toEqual([{ state: "queued", attempts: 1 }]),
    );
    expect(await kept()).toHaveLength(1);
    await newsletter.world.tick(hoursLater(1));
    expect(newsletter.resend.mails.map(({ to }) => to)).toEqual([["author@library.example"]]);
  });
});

describe("what is wrong with a form", () => {
  test.each([
    ["no message", { message: " \u200b\n" }, {}, 422, "Please write what is wrong"],
    ["an incomplete address", { email: "ada@" }, {}, 422, "This is not a complete email address"],
    ["two addresses", { email: "a@b.example, c@d.example" }, {}, 422, "This is not a complete email address"],
    ["another site", {}, { Origin: "https://evil.example" }, 403, "submitted from another site"],
    ["another site, as the browser says", {}, { "Sec-Fetch-Site": "cross-site" }, 403, "submitted from another site"],
  ])("%s: it is shown again with what was typed, and nothing is stored", async (_, fields, headers, status, error) => {
    const refused = await send(fields as Record<string, string>, { headers: headers as Record<string, string> });
    expect([refused.status, refused.headers.get("Cache-Control")]).toEqual([status, "no-store"]);
    expect(await faultsOf(refused.body)).toEqual([]);
    expect(refused.body).toContain(error);
    expect(refused.body).toContain(`${message.quote}</textarea>`);
    expect(refused.body).toContain('value="Half-life"');
    if (!("message" in fields)) expect(refused.body).toContain("The one to the room?</textarea>");
    expect(await kept()).toEqual([]);
  });

  test.each([
    ["larger than the form", { message: "x".repeat(70_000) }, {}, 413, "Too large"],
    ["no form", {}, { "content-type": "text/plain" }, 422, "Please write"],
  ])("%s: it says so", async (_, fields, headers, status, words) => {
    const refused = await send(fields as Record<string, string>, { headers: headers as Record<string, string> });
    expect(refused.status).toBe(status);
    expect(refused.body).toContain(words);
    expect(await kept()).toEqual([]);
  });

  test("a bot that fills in everything is thanked, and nothing is stored", async () => {
    const thanked = await send({ website: "https://spam.example", message: "" });
    expect([thanked.status, await kept()]).toEqual([303, []]);
  });
});

describe("limits", () => {
  test("a flood from one network ends, with the message kept in the form, and others are heard", async () => {
    const network = { headers: { "cf-connecting-ip": "203.0.113.5" } };
    for (let index = 0; index < maxPerNetwork; index += 1)
      await send({ form: crypto.randomUUID(), email: "" }, network);
    const refused = await send({ form: crypto.randomUUID() }, { headers: { "cf-connecting-ip": "203.0.113.99" } });
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "86400"]);
    expect(refused.body).toContain("Your message was not sent");
    expect(refused.body).toContain("The one to the room?</textarea>");
    expect((await send({ form: crypto.randomUUID() })).status).toBe(303);
    expect(await kept()).toHaveLength(maxPerNetwork + 1);
    expect(JSON.stringify(await newsletter.rows("SELECT * FROM limits"))).not.toMatch(/203\.0\.113|example/);
  });

  test("so does one in the name of an address, in any of its spellings", async () => {
    for (let index = 0; index < maxPerAddress; index += 1) await send({ form: crypto.randomUUID() });
    const refused = await send({ form: crypto.randomUUID(), email: "ada+1@example.org" });
    expect(refused.status).toBe(429);
    expect((await send({ form: crypto.randomUUID(), email: "bo@example.org" })).status).toBe(303);
  });

  test("the author gets so many emails a day, the last of which says so, and the desk has the rest", async () => {
    for (let index = 0; index <= maxAuthorEmails; index += 1) await send({ form: crypto.randomUUID(), email: "" });
    expect(await kept()).toHaveLength(maxAuthorEmails + 1);
    await newsletter.world.tick(hoursLater(1));
    await newsletter.world.tick(hoursLater(2));
    expect(await newsletter.rows("SELECT COUNT(*) AS count FROM letters")).toEqual([{ count: maxAuthorEmails }]);
    const last = newsletter.resend.mails.filter(({ text }) => text.includes("This was the last email"));
    expect(last).toHaveLength(1);
    await send({ form: crypto.randomUUID(), email: "" }, { now: hoursLater(25) });
    expect(await newsletter.rows("SELECT COUNT(*) AS count FROM letters")).toEqual([{ count: maxAuthorEmails + 1 }]);
  });
});

describe("settings", () => {
  test("Turnstile, if it is set up, checks the form, whose page alone may load it", async () => {
    await using checked = await openNewsletterWorld({ TURNSTILE_SITE_KEY: "site", TURNSTILE_SECRET: "secret" });
    const page = await checked.world.get(href.correct("tea/cooling"));
    expect(page.headers.get("Content-Security-Policy")).toContain("https://challenges.cloudflare.com");
    expect(page.body).toContain('data-sitekey="site"');
    const refused = await checked.post(href.correct(), { ...message, form });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain("The spam check did not succeed");
    expect(refused.body).toContain("The one to the room?</textarea>");
    expect(await checked.rows("SELECT * FROM reader_messages")).toEqual([]);
  });

  test("without the newsletter a message reaches the desk; without keys there is no form", async () => {
    await using reading = await openReadingWorld();
    const post = {
      method: "POST",
      body: new URLSearchParams({ ...message, form }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", "cf-connecting-ip": "10.1.1.1" },
    };
    expect((await reading.world.get(href.correct(), post)).status).toBe(303);
    expect(await reading.rows("SELECT page FROM reader_messages")).toEqual([{ page: "tea/cooling" }]);
    expect(await reading.rows("SELECT * FROM letters")).toEqual([]);

    await using silent = await openReadingWorld({});
    expect((await silent.open("/tea/cooling")).body).not.toContain("/correct");
    for (const path of ["/correct", "/correct/sent"]) expect((await silent.open(path)).status).toBe(404);
    expect((await silent.world.get(href.correct(), post)).status).toBe(405);
    expect(await silent.rows("SELECT * FROM reader_messages")).toEqual([]);
  });
});

describe("a subscriber with the same address", () => {
  test("downloads the messages with everything else, and erases them, and the email about them that waits", async () => {
    const { preferences } = await newsletter.join("ada@example.org");
    await send();
    await send({ form: crypto.randomUUID(), email: "bo@example.org" });
    const data = JSON.parse((await newsletter.world.get(`${preferences}/data`)).body);
    expect(data.messages).toEqual([
      {
        at: present,
        page: "tea/cooling",
        place: "Half-life",
        quote: message.quote,
        message: "Half of which difference?\n\nThe one to the room?",
        state: "open",
      },
    ]);
    await newsletter.rows("UPDATE letters SET state = 'queued' WHERE kind = 'reader-message'");
    await newsletter.post(preferences, { act: "erase", sure: "yes" });
    expect(await newsletter.rows("SELECT email FROM reader_messages")).toEqual([{ email: "bo@example.org" }]);
    expect(await newsletter.rows("SELECT COUNT(*) AS count FROM letters WHERE kind = 'reader-message'")).toEqual([
      { count: 1 },
    ]);
  });
});
