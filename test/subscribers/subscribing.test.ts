/** Tests double opt-in from the form to the first chapter, for an address in every state. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { keptFor } from "../../src/newsletter/retention.ts";
import { href } from "../../src/routes.ts";
import { subscribeWording } from "../../src/ui/subscribe-form.tsx";
import { en } from "../../src/ui/words/en.ts";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "../newsletter/newsletter-world.ts";
import { openWorld } from "../world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());

test("the form leads to a mail, the mail to a button, the button to a welcome", async () => {
  const { world, resend } = newsletter;
  const page = await world.get(href.newsletter());
  expect([page.status, page.headers.get("cache-control"), page.headers.get("x-robots-tag")]).toEqual([
    200,
    "no-store",
    "noindex",
  ]);
  expect(page.body).toContain('<meta name="robots" content="noindex"');

  const answer = await newsletter.subscribe("Ada@Example.org");
  expect([answer.status, answer.headers.get("location")]).toEqual([303, href.checkInbox()]);
  expect((await world.get(href.checkInbox())).status).toBe(200);
  const mail = lastMail(resend);
  expect(mail.to).toEqual(["Ada@Example.org"]);
  expect(mail.headers).toBeUndefined();

  const link = linkIn(mail, "confirm");
  const asked = await world.get(link);
  expect(asked.body).toContain("Yes, send me new chapters");
  expect(asked.headers.get("referrer-policy")).toBe("no-referrer");
  expect((await newsletter.rows("SELECT state, confirmed_at FROM subscribers"))[0]).toEqual({
    state: "pending",
    confirmed_at: null,
  });

  const confirmed = await newsletter.post(link, {});
  expect([confirmed.status, confirmed.body.includes("You are subscribed")]).toEqual([200, true]);
  const welcome = lastMail(resend);
  expect(welcome.subject).toContain("Welcome");
  expect(welcome.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  expect(welcome.headers?.["List-Unsubscribe"]).toBe(`<https://library.example${linkIn(welcome, "leave")}>`);

  expect(welcome.headers?.["List-Id"]).toBe("The Tea Shelf <newsletter.library.example>");

  // Repeated: a friendly answer and no further effect.
  const count = resend.mails.length;
  expect((await newsletter.post(link, {})).body).toContain("You are already subscribed");
  expect((await world.get(link)).body).toContain("You are already subscribed");
  expect(resend.mails.length).toBe(count);
  expect(await newsletter.rows("SELECT act, page, wording FROM consents ORDER BY id")).toEqual([
    { act: "requested", page: "/tea/cooling", wording: subscribeWording(en) },
    { act: "confirmed", page: "/newsletter/confirm", wording: "Yes, send me new chapters" },
  ]);
  expect(await newsletter.rows("SELECT kind, state, message FROM letters ORDER BY created_at, kind")).toEqual([
    { kind: "confirmation", state: "accepted", message: null },
    { kind: "welcome", state: "accepted", message: null },
  ]);
});

test.each([undefined, "yes"])("a welcome offers only a public chapter; SHOW_UNPUBLISHED: %s", async (shown) => {
  await using other = await openNewsletterWorld(shown === undefined ? {} : { SHOW_UNPUBLISHED: shown });
  const offeredAt = async (email: string, now: string) => {
    await other.subscribe(email, { now });
    await other.post(linkIn(lastMail(other.resend), "confirm"), {}, { now });
    const { html, text } = lastMail(other.resend);
    return [/href="https:\/\/library\.example(\/tea\/[^"]+)"/.exec(html)?.[1], text.includes("Cold Brew")];
  };
  // Cold Brew is scheduled for noon; Gongfu is a draft.
  expect(await offeredAt("early@example.org", "2030-06-01T11:00:00Z")).toEqual(["/tea/cooling", false]);
  expect(await offeredAt("late@example.org", "2030-06-01T13:00:00Z")).toEqual(["/tea/cold-brew", true]);
});

test("who asks twice gets a second letter; the link of either holds for its two days", async () => {
  await newsletter.subscribe("bea@example.org");
  const first = linkIn(lastMail(newsletter.resend), "confirm");
  await newsletter.subscribe("bea@example.org", { now: after(24) });
  const second = linkIn(lastMail(newsletter.resend), "confirm");
  expect(first).not.toBe(second);
  expect((await newsletter.world.get(first, { now: after(47) })).status).toBe(200);
  expect((await newsletter.post(first, {}, { now: after(49) })).status).toBe(404);
  expect((await newsletter.world.get(second, { now: after(73) })).status).toBe(404);
  expect((await newsletter.post(second, {}, { now: after(71) })).body).toContain("You are subscribed");
});

test("an old link to confirm does not bring back somebody who left, not even while they are asked anew", async () => {
  await newsletter.subscribe("fay@example.org");
  const old = linkIn(lastMail(newsletter.resend), "confirm");
  await newsletter.post(old, {});
  await newsletter.post(linkIn(lastMail(newsletter.resend), "leave"), {});
  for (const path of [old, old]) {
    expect((await newsletter.world.get(path)).status).toBe(404);
    expect((await newsletter.post(path, {})).status).toBe(404);
  }
  await newsletter.subscribe("fay@example.org");
  expect((await newsletter.post(old, {})).status).toBe(404);
  expect(await newsletter.rows("SELECT state FROM subscribers WHERE email = 'fay@example.org'")).toEqual([
    { state: "pending" },
  ]);
  expect((await newsletter.post(linkIn(lastMail(newsletter.resend), "confirm"), {})).status).toBe(200);
  expect((await newsletter.post(old, {})).status).toBe(404);
});

test("a subscriber who asks again is told so by mail", async () => {
  await newsletter.join("cleo@example.org");
  await newsletter.subscribe("CLEO@example.org");
  expect(newsletter.resend.mails.map(({ subject }) => subject)).toEqual([
    expect.stringContaining("You are already subscribed to"),
  ]);
});

test("who left can ask anew, and confirms anew", async () => {
  const { leave } = await newsletter.join("dora@example.org");
  await newsletter.post(leave, { by: "page" });
  await newsletter.subscribe("dora@example.org");
  expect(await newsletter.rows("SELECT state, left_at FROM subscribers WHERE email = 'dora@example.org'")).toEqual([
    { state: "pending", left_at: null },
  ]);
  await newsletter.post(linkIn(lastMail(newsletter.resend), "confirm"), {});
  expect(await newsletter.rows("SELECT state FROM subscribers WHERE email = 'dora@example.org'")).toEqual([
    { state: "confirmed" },
  ]);
});

test("a suppressed address gets nothing", async () => {
  const { id } = await newsletter.join("eve@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint', suppressed_at = '2026-01-01T00:00:00.000Z' WHERE id = '${id}'`,
  );
  const answer = await newsletter.subscribe("eve@example.org");
  expect([answer.status, newsletter.resend.mails]).toEqual([303, []]);
});

test("a mistyped address comes back with the form, as it was typed", async () => {
  const answer = await newsletter.subscribe('ada"@example');
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('value="ada&quot;@example"');
  expect(answer.body).toContain('aria-invalid="true"');
  expect(answer.body).toContain('value="/tea/cooling"');
});

test("what is promised stands on a page of its own, while the newsletter is open", async () => {
  expect((await newsletter.world.get(href.newsletter())).body).toContain(`href="${href.promise()}"`);
  const page = await newsletter.world.get(href.promise());
  expect(page.status).toBe(200);
  for (const words of ["Each chapter once", "No tracking", `${keptFor.request} days`, "test/newsletter"]) {
    expect(page.body).toContain(words);
  }
  await using closed = await openWorld();
  const shut = await closed.get(href.promise());
  expect([shut.status, shut.body.includes("not open yet")]).toEqual([404, true]);
});

test("pages offer the form only while the newsletter is open", async () => {
  for (const path of ["/", "/tea/", "/tea/cooling"]) {
    const { body } = await newsletter.world.get(path);
    expect(body).toContain(`action="${href.subscribe()}"`);
    expect(body).toContain(`name="page" value="${path}"`);
  }
  await using closed = await openWorld();
  // The only other forms are the controls of figures, which send nothing.
  for (const path of ["/", "/tea/", "/tea/cooling"]) {
    expect((await closed.get(path)).body.replaceAll('<form class="controls"', "")).not.toContain("<form");
  }
  const page = await closed.get(href.newsletter());
  expect([page.status, page.body.includes("<form")]).toEqual([404, false]);
  expect(page.body).toContain("not open yet");
  expect((await closed.get(href.subscribe(), { method: "POST", body: "email=a@example.org" })).status).toBe(404);
});

test("two clicks at once are one: one subscriber, one welcome, one consent of each kind", async () => {
  newsletter.resend.mails.length = 0;
  await Promise.all([1, 2, 3].map(() => newsletter.subscribe("twice@example.org")));
  const link = linkIn(lastMail(newsletter.resend), "confirm");
  newsletter.resend.mails.length = 0;
  const answers = await Promise.all([1, 2, 3].map(() => newsletter.post(link, {})));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(newsletter.resend.mails).toHaveLength(1);
  expect(
    await newsletter.rows(
      "SELECT act FROM consents WHERE act = 'confirmed' AND subscriber_id IN (SELECT id FROM subscribers WHERE email = 'twice@example.org')",
    ),
  ).toEqual([{ act: "confirmed" }]);
});

test("with Turnstile, the form asks for one more step, and sends nothing before it", async () => {
  await using guarded = await openNewsletterWorld({ TURNSTILE_SITE_KEY: "1x00", TURNSTILE_SECRET: "1x0000" });
  const page = await guarded.world.get(href.newsletter());
  expect(page.body).toContain('data-sitekey="1x00"');
  expect(page.headers.get("content-security-policy")).toContain("frame-src https://challenges.cloudflare.com");
  expect((await guarded.world.get("/tea/cooling")).body).not.toContain("challenges.cloudflare.com");
  const answer = await guarded.subscribe("ada@example.org");
  expect([answer.status, answer.body.includes('value="ada@example.org"')]).toEqual([422, true]);
  expect(guarded.resend.mails).toEqual([]);
});
