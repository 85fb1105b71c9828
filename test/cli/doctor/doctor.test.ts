/** Tests what `npm run doctor` detects and reports. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { checkDatabase } from "../../../src/cli/doctor/database.ts";
import { checkDns, type Lookup, mailDomain } from "../../../src/cli/doctor/dns.ts";
import { checkSite } from "../../../src/cli/doctor/remote.ts";
import { checkConfig, checkDesk, checkIndexNow, checkNewsletter, checkNode } from "../../../src/cli/doctor/settings.ts";
import { openPaperDatabase } from "../editions/paper-database.ts";

const answers = (records: Readonly<Record<string, readonly string[]>>, code = "ENODATA"): Lookup => {
  const look = async (name: string) => {
    const values = records[name];
    if (values) return [...values];
    throw Object.assign(new Error(code), { code });
  };
  return { txt: look, mx: look };
};
const states = (findings: readonly { readonly state: string; readonly what: string }[]) =>
  findings.map(({ state, what }) => `${state} ${what}`);

test("the records that mail needs: there, missing, of somebody else, or not to be looked up", async () => {
  const domain = mailDomain("Library <letters@Letters.example.org>") ?? "";
  expect(domain).toBe("letters.example.org");
  expect(mailDomain("Smith, Jane <l@bücher.example>")).toBe("xn--bcher-kva.example");
  expect(mailDomain("l@a.example, b@b.example")).toBeUndefined();
  const all = answers({
    "send.letters.example.org": ["v=spf1 include:amazonses.com ~all", "feedback-smtp.eu-west-1.amazonses.com"],
    "resend._domainkey.letters.example.org": ["p=MIGfMA0GCSq"],
    "_dmarc.example.org": ["v=DMARC1; p=quarantine"],
  });
  expect(states(await checkDns(domain, all))).toEqual([
    "ok DNS: return path",
    "ok DNS: SPF",
    "ok DNS: DKIM",
    "ok DNS: DMARC",
  ]);
  const none = await checkDns(domain, answers({ "send.letters.example.org": ["v=spf2"] }));
  expect(states(none)).toEqual(["warning DNS: return path", "warning DNS: SPF", "wrong DNS: DKIM", "wrong DNS: DMARC"]);
  expect(none[3]?.message).toBe("_dmarc.letters.example.org has no matching record");
  for (const findings of [await checkDns(domain, answers({}, "ETIMEOUT")), await checkDns(domain, undefined)]) {
    expect(findings.map(({ state }) => state)).toEqual(["open", "open", "open", "open"]);
    expect(findings[2]?.message).toContain('resend._domainkey.letters.example.org  TXT "p=…", as Resend shows it');
  }
});

test("the newsletter is judged by its own rules, with stand-ins for secrets that nobody can read", async () => {
  const vars = { ORIGIN: "https://library.example.org", MAIL_FROM: "Library <letters@example.org>" };
  const keys = ["TOKEN_KEYS", "RESEND_API_KEY"];
  expect(await checkNewsletter({ ORIGIN: vars.ORIGIN }, [])).toMatchObject([{ state: "open", what: "Newsletter" }]);
  expect(await checkNewsletter(vars, ["TOKEN_KEYS"])).toMatchObject([
    {
      state: "wrong",
      message: "incomplete: RESEND_API_KEY is not set",
      wayOut: expect.stringContaining("npx wrangler secret put RESEND_API_KEY"),
    },
  ]);
  expect(await checkNewsletter({ ...vars, MAIL_FROM: "letters" }, keys)).toMatchObject([
    {
      state: "wrong",
      message: "incomplete: MAIL_FROM must be like Library <letters@example.org>",
      wayOut: expect.stringContaining("[vars]"),
    },
  ]);
  expect(await checkNewsletter({ ...vars, MAIL_FROM: "Smith, Jane <l@example.org>" }, keys)).toMatchObject([
    { state: "ok", message: 'open, from "Smith, Jane" <l@example.org>' },
    {},
    {},
    {},
    {},
  ]);
  expect(await checkNewsletter({ ...vars, MAIL_FROM: '"Smith, Jane <l@example.org>' }, keys)).toMatchObject([
    {
      state: "wrong",
      message:
        'incomplete: MAIL_FROM has a quotation mark that is not closed, or around part of the name; write it as "Smith, Jane" <l@example.org>',
    },
  ]);
  expect(states(await checkNewsletter(vars, keys))).toEqual([
    "ok Newsletter",
    "warning RESEND_WEBHOOK_SECRET",
    "warning POSTAL_ADDRESS",
    "warning AUTHOR_EMAIL",
    "warning Turnstile",
  ]);
  const whole = { ...vars, POSTAL_ADDRESS: "1 Shelf Street", AUTHOR_EMAIL: "you@example.org" };
  const [newsletter, turnstile, ...others] = await checkNewsletter(whole, [...keys, "RESEND_WEBHOOK_SECRET"]);
  expect([newsletter?.state, others]).toEqual(["ok", []]);
  expect(turnstile).toEqual({
    state: "warning",
    what: "Turnstile",
    message: "not set up: every day, bots can use up the fifth of MAIL_QUOTA reserved for new subscribers",
    wayOut:
      "Add a widget for your host under Turnstile in Cloudflare's dashboard: set its site key as TURNSTILE_SITE_KEY in [vars] of wrangler.toml, and its secret with `npx wrangler secret put TURNSTILE_SECRET`.",
  });
  const checked = { ...whole, TURNSTILE_SITE_KEY: "0x4A" };
  const half = await checkNewsletter(checked, [...keys, "RESEND_WEBHOOK_SECRET"]);
  expect(half[1]).toMatchObject({
    state: "wrong",
    message: "TURNSTILE_SECRET is not set, so the forms are not checked",
  });
  const both = await checkNewsletter(checked, [...keys, "RESEND_WEBHOOK_SECRET", "TURNSTILE_SECRET"]);
  expect(states(both)).toEqual(["ok Newsletter", "ok Turnstile"]);
});

test("a cron trigger that is silent, a webhook that was never heard, and mailings that wait are said", async () => {
  using paper = openPaperDatabase();
  const now = Date.parse("2026-11-25T12:00:00.000Z");
  const look = () => checkDatabase(paper.execute, "remote", ["0000_a.sql", "0001_b.sql"], now);
  expect(await look()).toMatchObject([
    { state: "wrong", message: "exists, but migrations are not applied", wayOut: "`npm run deploy` applies them." },
  ]);
  paper.write("CREATE TABLE d1_migrations (name TEXT); INSERT INTO d1_migrations VALUES ('0000_a.sql')");
  expect(await look()).toMatchObject([{ state: "wrong", message: "0001_b.sql not applied" }]);
  paper.write("INSERT INTO d1_migrations VALUES ('0001_b.sql')");
  expect(states(await look())).toEqual(["ok Database", "warning Cron runs"]);
  paper.write(`INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '', '2026-11-25T11:50:00.000Z')`);
  expect(states(await look())).toEqual(["ok Database", "ok Cron runs"]);
  paper.write(`UPDATE newsletter SET seen_at = '2026-11-25T11:20:00.000Z', hold_reason = 'restored';
    INSERT INTO editions (id, audience, chapters, state, opened_at, mails) VALUES ('e', 'each', '[]', 'stopped', '', '[]');
    INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, changed_at) VALUES ('c', 's', 'e', 'accepted', '2026-11-01T00:00:00.000Z')`);
  expect(states(await look())).toEqual([
    "ok Database",
    "wrong Cron runs",
    "warning Webhook",
    "warning Newsletter paused",
    "warning Editions",
  ]);
  paper.write(`INSERT INTO chapter_questions VALUES
    ('tea/heat', '["tea/cooling"]', '', NULL, NULL), ('cold/ice', '["tea/cooling"]', '', NULL, NULL),
    ('tea/milk', '["tea/cooling"]', '', 'new', '2026-11-25')`);
  expect(await look()).toContainEqual({
    state: "warning",
    what: "Chapters",
    message: "new, or moved? Not emailed until you decide: cold/ice, tea/heat",
    wayOut: "`npm run newsletter -- --remote` asks. An `id` in the front matter, and a deploy, also answers.",
  });
});

test("the site answers, answers with an error, or not at all", async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await checkSite(origin)).state).toBe("ok");
  status = 500;
  expect(await checkSite(origin)).toMatchObject({ state: "wrong", message: `${origin} answers with status 500` });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await checkSite(origin)).toMatchObject({
    state: "wrong",
    message: expect.stringContaining(`${origin} does not answer`),
  });
});

test("a domain of one's own, with Cloudflare's addresses still switched on", () => {
  const config = (origin: string, more: object) =>
    ({
      name: "library",
      vars: { ORIGIN: origin },
      triggers: { crons: ["*/5 * * * *"] },
      kv_namespaces: [{ binding: "SHELF" }],
      d1_databases: [{ binding: "DB" }],
      assets: { binding: "ASSETS" },
      ...more,
    }) as unknown as Parameters<typeof checkConfig>[0];
  const found = (origin: string, more: object = {}) =>
    checkConfig(config(origin, more), "remote").filter(({ what }) => what === "Other URLs");
  const own = "https://library.example.org";
  expect(found(own)).toEqual([
    {
      state: "warning",
      what: "Other URLs",
      message:
        "workers_dev and preview_urls are not switched off: the library is also reachable at workers.dev, bypassing the protection of your domain",
      wayOut:
        "Add `workers_dev = false` and `preview_urls = false` to wrangler.toml, above its first [section], and deploy again.",
    },
  ]);
  expect(found(own, { workers_dev: false })[0]).toMatchObject({
    message: expect.stringContaining("preview_urls is not switched off"),
    wayOut: "Add `preview_urls = false` to wrangler.toml, above its first [section], and deploy again.",
  });
  expect(found(own, { workers_dev: false, preview_urls: false })[0]?.state).toBe("ok");
  expect(found("https://library.sub.workers.dev")).toEqual([]);
  expect(found("http://localhost:8787")).toEqual([]);
});

test("an old Node, and half a set-up of the desk", () => {
  expect(checkNode("v22.17.1").state).toBe("wrong");
  expect([checkNode("v22.18.0").state, checkNode("v24.0.0").state]).toEqual(["ok", "ok"]);
  expect(checkDesk({}).state).toBe("open");
  expect(checkDesk({ ACCESS_TEAM: "library" }).state).toBe("wrong");
  expect(checkDesk({ ACCESS_TEAM: "library.cloudflareaccess.com", ACCESS_AUD: "a".repeat(64) }).state).toBe("wrong");
  expect(checkDesk({ ACCESS_TEAM: "library", ACCESS_AUD: "a".repeat(64) }).state).toBe("ok");
});

test("IndexNow's key is checked if there is one", () => {
  expect(checkIndexNow({})).toEqual([]);
  expect(checkIndexNow({ INDEXNOW_KEY: "tea-key-1234" })).toMatchObject([
    { state: "ok", message: "new chapters are announced; the key file is /tea-key-1234.txt" },
  ]);
  for (const key of ["short-7", "with space", "tea_key_1234", "k".repeat(129), 12345678]) {
    expect(checkIndexNow({ INDEXNOW_KEY: key })).toMatchObject([
      { state: "wrong", message: "INDEXNOW_KEY must be 8 to 128 letters (A to Z), digits and hyphens" },
    ]);
  }
});
