/** Tests the local inbox: available only on the author's machine, and safe for viewing emails. */
import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AppEnv } from "../../src/http/app-env.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { createInbox, type InboxMessage } from "../../src/mail/inbox.ts";
import { inboxIsOpen } from "../../src/mail/inbox-is-open.ts";
import { createInboxMailer } from "../../src/mail/inbox-mailer.ts";
import { inboxRoutes } from "../../src/mail/inbox-routes.tsx";
import type { Message } from "../../src/mail/mailer.ts";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { openWorld, present, type World } from "../world.ts";
import { specimens } from "./specimens.ts";

const origin = "http://localhost:8787";

let world: World;
let kv: KVNamespace;
beforeAll(async () => {
  world = await openWorld();
  kv = await world.shelf();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => createInbox(kv).clear());

async function ask(
  path: string,
  init: RequestInit = {},
  settings: object = { MAIL_INBOX: "yes", ORIGIN: origin },
  asked = origin,
) {
  const app = new Hono<AppEnv>();
  app.use(async (context, next) => {
    context.set("origin", origin);
    context.set("catalogue", catalogueAt(Date.parse(present), world.manifest));
    context.set("words", en);
    await next();
  });
  app.route("/", inboxRoutes());
  const response = await app.request(asked + path, init, { SHELF: kv, ...settings } as unknown as AppEnv["Bindings"]);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

const message = (id: string, at: string, more: Partial<InboxMessage> = {}): InboxMessage => ({
  id,
  at,
  from: "Library <letters@library.example>",
  to: "ada@example.org",
  subject: `Mail ${id}`,
  html: "<!doctype html><html><head><style>@media (prefers-color-scheme: dark){p{color:#fff}}</style></head><body><p>Hello</p></body></html>",
  text: "Hello <there>",
  headers: { "List-Unsubscribe": "<https://library.example/leave>" },
  ...more,
});

test("it is open with the setting, on this machine, and nowhere else", () => {
  for (const host of ["localhost:8787", "localhost", "127.0.0.1:1", "[::1]:8787"]) {
    expect([host, inboxIsOpen({ MAIL_INBOX: "yes", ORIGIN: `http://${host}` })]).toEqual([host, true]);
  }
  for (const ORIGIN of [
    "https://library.example",
    "https://localhost.example",
    "https://localhost@library.example",
    "http://127.0.0.1.example",
    "localhost",
    "",
  ]) {
    expect([ORIGIN, inboxIsOpen({ MAIL_INBOX: "yes", ORIGIN })]).toEqual([ORIGIN, false]);
  }
  expect(inboxIsOpen({ ORIGIN: origin })).toBe(false);
  expect(inboxIsOpen({ MAIL_INBOX: "true", ORIGIN: origin })).toBe(false);
});

test("where it is closed, none of its addresses exists, and it cannot be emptied", async () => {
  await createInbox(kv).put(message("a", "2026-03-01T12:00:00.000Z"));
  const base = "/newsletter/inbox";
  for (const settings of [{ ORIGIN: origin }, { MAIL_INBOX: "yes", ORIGIN: "https://library.example" }]) {
    for (const path of ["", "/style.css", "/mail/a", "/mail/a/light"]) {
      const { status, body } = await ask(base + path, {}, settings);
      expect([path, status, body.includes("Hello")]).toEqual([path, 404, false]);
    }
    expect((await ask(`${base}/clear`, { method: "POST", headers: { Origin: origin } }, settings)).status).toBe(404);
  }
  // Nor under another host name that resolves to this machine (DNS rebinding).
  for (const host of ["https://library.example", "http://evil.example:8787", "http://localhost.evil.example"]) {
    const { status, body } = await ask(`${base}/mail/a/light`, {}, undefined, host);
    expect([host, status, body.includes("Hello")]).toEqual([host, 404, false]);
  }
  expect(await createInbox(kv).list()).toHaveLength(1);
});

describe("what is kept", () => {
  test("comes back the newest first, whole, and can be cleared", async () => {
    const inbox = createInbox(kv);
    await inbox.put(message("old", "2026-03-01T12:00:00.000Z"));
    await inbox.put(message("new-est", "2026-03-01T12:00:00.002Z", { idempotencyKey: "k", subject: "🙂".repeat(300) }));
    await inbox.put(message("middle", "2026-03-01T12:00:00.001Z"));
    const list = await inbox.list();
    expect(list.map(({ id }) => id)).toEqual(["new-est", "middle", "old"]);
    expect(list[2]).toEqual({ id: "old", at: "2026-03-01T12:00:00.000Z", to: "ada@example.org", subject: "Mail old" });
    expect(await inbox.get("new-est")).toMatchObject({ idempotencyKey: "k", subject: "🙂".repeat(300) });
    expect(await inbox.get("est")).toBeUndefined();
    await inbox.clear();
    expect(await inbox.list()).toEqual([]);
  });

  test("arrives by the inbox's mailer, once for each key", async () => {
    const mailer = createInboxMailer(kv, () => Date.parse(present));
    const sent = specimens.slice(0, 2).map(
      ({ mail }, index): Message => ({
        ...mail,
        from: "letters@library.example",
        to: [`reader${index}@example.org`],
      }),
    );
    const first = await mailer.sendBatch("edition/1", bytesOf(JSON.stringify(sent)), 2);
    expect(first.kind).toBe("accepted");
    const later = createInboxMailer(kv, () => Date.parse(present) + 60_000);
    expect(await later.sendBatch("edition/1", bytesOf(JSON.stringify(sent)), 2)).toEqual(first);
    const list = await createInbox(kv).list();
    expect(list.map(({ to }) => to).sort()).toEqual(["reader0@example.org", "reader1@example.org"]);
    expect((await mailer.sendBatch("edition/2", bytesOf("[{]"), 1)).kind).toBe("refused");
  });
});

describe("its pages", () => {
  test("an empty inbox says how to get a mail there; nothing of it is stored or found", async () => {
    const { status, headers, body } = await ask("/newsletter/inbox");
    expect(status).toBe(200);
    expect(body).toContain("No emails yet.");
    expect(body).toContain(`<a href="${href.newsletter()}">`);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
    expect(body).toContain('<meta name="robots" content="noindex"');
    expect((await ask("/newsletter/inbox/style.css")).headers.get("Content-Type")).toContain("text/css");
  });

  test("a mail is shown in every way, as words of its author and not as ours", async () => {
    await createInbox(kv).put(message("a", present, { subject: `<b>"$&"</b>`, to: "<x>@example.org" }));
    for (const view of ["html", "phone", "images-off", "dark", "text", "headers", "nonsense"]) {
      const { status, headers, body } = await ask(`/newsletter/inbox/mail/a?view=${view}`);
      expect([view, status]).toEqual([view, 200]);
      expect(body).toContain("&lt;b&gt;&quot;$&amp;&quot;&lt;/b&gt;");
      expect(body).not.toMatch(/<b>|<x>|<there>/);
      expect(headers.get("Content-Security-Policy")).toContain("frame-src 'self'");
      const isFrame = !["text", "headers"].includes(view);
      expect(body.includes('sandbox="allow-popups allow-popups-to-escape-sandbox"')).toBe(isFrame);
    }
    expect((await ask("/newsletter/inbox/mail/a?view=text")).body).toContain("Hello &lt;there&gt;");
    expect((await ask("/newsletter/inbox/mail/a?view=headers")).body).toContain("List-Unsubscribe");
    expect((await ask("/newsletter/inbox/mail/b")).status).toBe(404);
  });

  test("its HTML runs nothing, asks nobody, and is dark when it should be", async () => {
    await createInbox(kv).put(message("a", present));
    const light = await ask("/newsletter/inbox/mail/a/light");
    const policy = light.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("script-src");
    expect(policy).toContain("img-src 'self'");
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(light.body).toContain('<head><base target="_blank"><style>@media not all{');
    expect((await ask("/newsletter/inbox/mail/a/dark")).body).toContain("@media all{");
    const off = await ask("/newsletter/inbox/mail/a/images-off");
    expect(off.headers.get("Content-Security-Policy")).toContain("img-src 'none'");
    expect((await ask("/newsletter/inbox/mail/a/else")).status).toBe(404);
  });

  test("it is emptied from its own page, and by no other site", async () => {
    await createInbox(kv).put(message("a", present));
    const post = (from: string) =>
      ask("/newsletter/inbox/clear", {
        method: "POST",
        headers: { Origin: from, "Content-Type": "application/x-www-form-urlencoded" },
      });
    expect((await post("https://elsewhere.example")).status).toBe(403);
    expect(await createInbox(kv).list()).toHaveLength(1);
    const { status, headers } = await post(origin);
    expect([status, headers.get("Location")]).toEqual([303, "/newsletter/inbox"]);
    expect(await createInbox(kv).list()).toEqual([]);
  });
});
