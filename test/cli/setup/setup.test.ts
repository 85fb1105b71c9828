/**
 * Tests `npm run newsletter -- setup`: what it finds, creates, repairs and leaves unchanged, on a fake account through
 * Resend's package.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openResendAccount } from "../../../src/cli/setup/resend-account.ts";
import { webhookEvents } from "../../../src/editions/webhook/webhook-event.ts";
import { createResend } from "../../../src/mail/resend.ts";
import { repository } from "../../world.ts";
import { type Author, openAuthor, vars } from "./author.ts";

const url = "https://library.example.org/newsletter/webhooks/resend";
let author: Author;
beforeEach(async () => {
  author = await openAuthor();
});
afterEach(() => author[Symbol.asyncDispose]());

const sendingKeys = () => author.resend.account.keys.filter(({ permission }) => permission === "sending_access");
/** The first words of each line, and their subject. */
const words = (message: string) =>
  [...message.matchAll(/^(created|changed|stored|found|already set|failed) +(\S+)/gm)].map(
    ([, word, what]) => `${word} ${what}`,
  );

test("the events are the eight that the README names", () => {
  const section = readFileSync(join(repository, "README.md"), "utf8");
  expect([...webhookEvents].sort()).toEqual([...new Set(section.match(/\b(?:email|suppression)\.[a-z_]+\b/g))].sort());
  expect(webhookEvents).toHaveLength(8);
});

test("from nothing: it makes everything, and says what the author has to do", async () => {
  const { done, message } = await author.setUp({ unset: ["POSTAL_ADDRESS"] });
  expect(done).toBe(true);
  const { account } = author.resend;
  expect(account.domains).toMatchObject([
    { name: "letters.example.org", region: "us-east-1", openTracking: false, clickTracking: false, status: "pending" },
  ]);
  expect(account.webhooks).toMatchObject([{ endpoint: url, events: webhookEvents, status: "enabled" }]);
  const [key] = sendingKeys();
  expect(key).toMatchObject({ name: "ml-blog letters.example.org", domain: account.domains[0]?.id });
  expect(Object.fromEntries(author.secrets)).toEqual({
    RESEND_WEBHOOK_SECRET: account.webhooks[0]?.secret,
    RESEND_API_KEY: key?.token,
    TOKEN_KEYS: `k1:${"a".repeat(64)}`,
  });
  expect(
    message.slice(message.indexOf("\ncreated") + 1),
  ).toBe(`created      Domain                 letters.example.org, in us-east-1
found        Tracking               off, for opens and clicks
created      Webhook                ${url},
                                    enabled, with all 8 events
stored       RESEND_WEBHOOK_SECRET  the signing secret of this webhook
stored       RESEND_API_KEY         a new key, named “ml-blog
                                    letters.example.org” at Resend, that can
                                    only send, and only from letters.example.org
stored       TOKEN_KEYS             a new one; a copy is in .dev.vars

Add these DNS records for letters.example.org at the DNS provider of example.org (names are relative to it):

  Status        Type  Name                       Priority  Value
  pending       MX    send.letters               10        feedback-smtp.us-east-1.amazonses.com
  pending       TXT   send.letters                         v=spf1 include:amazonses.com ~all
  pending       TXT   resend._domainkey.letters            p=MIGf${"A".repeat(212)}
  yours to add  TXT   _dmarc.letters                       v=DMARC1; p=none; rua=mailto:you@example.org

Emails cannot be sent from letters.example.org yet.
- Add the DNS records above. \`npm run newsletter -- setup --remote --wait\` waits
  until Resend has found them.
- Set POSTAL_ADDRESS in [vars] of wrangler.toml, and run \`npm run deploy\`.
- Afterwards, delete the key with full access at https://resend.com/api-keys,
  unless you need it again.
- \`npm run doctor -- --remote\` checks everything.`);
});

test("before anything is changed it says what will be; a no, or nobody to ask, changes nothing", async () => {
  for (const [answer, last] of [
    ["no", "Nothing was changed."],
    ["unasked", "Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`."],
  ] as const) {
    const asked: string[] = [];
    const { done, message } = await author.setUp({
      confirm: async (question) => {
        asked.push(question);
        return answer;
      },
    });
    expect([done, asked]).toEqual([false, ["Make these 5 changes?"]]);
    expect(message).toBe(`The newsletter of https://library.example.org, sent from letters.example.org

  Domain                 letters.example.org is not at Resend yet: will be
                         created in us-east-1, which cannot be changed later
                         (for another region: \`--region\`)
  Tracking               off, for opens and clicks
  Webhook                none for
                         ${url}:
                         will be created, with 8 events
  RESEND_WEBHOOK_SECRET  not set: will be stored
  RESEND_API_KEY         not set: will be stored, as a new key that can only
                         send, and only from letters.example.org
  TOKEN_KEYS             not set: will be stored; keep the copy in .dev.vars:
                         Cloudflare never shows it again, and imports need it

${last}`);
  }
  expect(author.resend.account.writes).toEqual([]);
  expect(author.secrets.size).toBe(0);
});

test("again: everything is found, nothing is asked and nothing is written", async () => {
  await author.setUp();
  author.resend.account.recordsInPlace.add("letters.example.org");
  const secrets = new Map(author.secrets);
  await author.setUp();
  const before = author.resend.account.writes.length;
  const { done, message } = await author.setUp({ confirm: () => Promise.reject(new Error("asked")) });
  expect(done).toBe(true);
  expect(words(message)).toEqual([
    "found Domain",
    "found Tracking",
    "found Webhook",
    "already set RESEND_WEBHOOK_SECRET",
    "already set RESEND_API_KEY",
    "already set TOKEN_KEYS",
  ]);
  expect(message).toContain("letters.example.org, verified, in us-east-1");
  expect(message).toContain("\nEmails can be sent from letters.example.org.\n- Delete the key");
  expect(author.resend.account.writes).toHaveLength(before);
  expect(author.secrets).toEqual(secrets);
  expect(sendingKeys()).toHaveLength(1);
});

test("the key that it stores sends, from the domain it made", async () => {
  await author.setUp();
  const mailer = createResend({ url: author.resend.url, apiKey: author.secrets.get("RESEND_API_KEY") ?? "" });
  const message = { from: vars.MAIL_FROM, to: ["ada@example.org"], subject: "Tea", html: "<p>", text: "" };
  expect(await mailer.sendBatch("k", new TextEncoder().encode(JSON.stringify([message])), 1)).toMatchObject({
    kind: "accepted",
  });
  expect([...author.secrets.values()].join()).not.toContain("re_full_access");
});

test("it repairs what is wrong: tracking, a disabled webhook, missing events, another webhook's secret", async () => {
  const { account } = author.resend;
  Object.assign(account.addDomain("letters.example.org"), { openTracking: true, clickTracking: true });
  const webhook = account.addWebhook(url, ["email.sent", "email.opened"]);
  webhook.status = "disabled";
  for (const name of ["RESEND_WEBHOOK_SECRET", "RESEND_API_KEY", "TOKEN_KEYS"]) author.secrets.set(name, "by hand");
  const asked: string[] = [];
  const { message } = await author.setUp({
    confirm: async (question) => {
      asked.push(question);
      return "yes";
    },
  });
  expect(asked).toEqual(["Make these 3 changes?"]);
  expect(message.replace(/\s+/g, " ")).toContain(
    "open tracking and click tracking on: will be switched off Webhook https://library.example.org/newsletter/webhooks/resend, disabled, without email.delivery_delayed, email.failed, email.suppressed, email.delivered, email.bounced, email.complained, suppression.added: will be enabled, with all 8 events RESEND_WEBHOOK_SECRET set, but the Worker rejects what this webhook signs: will be replaced",
  );
  expect(words(message)).toEqual([
    "found Domain",
    "changed Tracking",
    "changed Webhook",
    "stored RESEND_WEBHOOK_SECRET",
    "already set RESEND_API_KEY",
    "already set TOKEN_KEYS",
  ]);
  expect(account.domains).toMatchObject([{ openTracking: false, clickTracking: false }]);
  expect(account.webhooks).toHaveLength(1);
  expect(webhook.status).toBe("enabled");
  expect([...(webhook.events ?? [])].sort()).toEqual([...webhookEvents, "email.opened"].sort());
  expect(Object.fromEntries(author.secrets)).toEqual({
    RESEND_WEBHOOK_SECRET: webhook.secret,
    RESEND_API_KEY: "by hand",
    TOKEN_KEYS: "by hand",
  });
});

test("a secret that cannot be compared stays, and the way to replace it is said; a new webhook's always replaces it", async () => {
  author.secrets.set("RESEND_WEBHOOK_SECRET", "whsec_old");
  author.resend.account.addWebhook(url, [...webhookEvents]);
  author.worker = "silent";
  const { message } = await author.setUp();
  expect(author.secrets.get("RESEND_WEBHOOK_SECRET")).toBe("whsec_old");
  expect(message.replace(/\s+/g, " ")).toContain(
    "already set RESEND_WEBHOOK_SECRET not compared: https://library.example.org/newsletter/webhooks/resend does not answer. If webhooks are rejected, delete it with `npx wrangler secret delete RESEND_WEBHOOK_SECRET`, and run this command again",
  );
  author.resend.account.webhooks.length = 0;
  await author.setUp();
  expect(author.secrets.get("RESEND_WEBHOOK_SECRET")).toBe(author.resend.account.webhooks[0]?.secret);
});

test("webhooks of other deployments are left alone and named, and long lists are read to their end", async () => {
  const { account } = author.resend;
  account.maxPerPage = 2;
  for (let index = 0; index < 5; index += 1)
    account.addWebhook(`https://other-${index}.example.org/hook`, ["email.sent"]);
  account.addWebhook("https://old.example.org/newsletter/webhooks/resend", ["email.sent"]);
  account.plan.domains = 9;
  for (let index = 0; index < 5; index += 1) account.addDomain(`other-${index}.example.org`);
  account.addDomain("Letters.example.org");
  account.addWebhook(url, [...webhookEvents]);
  account.addWebhook(url, [...webhookEvents]);
  const { message } = await author.setUp();
  expect(account.writes).toEqual(["POST /api-keys"]);
  expect(message.replace(/\s+/g, " ")).toContain(
    "Resend has more than one webhook with this URL. Delete the extra ones at https://resend.com/webhooks. Resend also has a webhook for https://old.example.org/newsletter/webhooks/resend. If that is an old URL of this library, delete the webhook at https://resend.com/webhooks.",
  );
});

test("MAIL_QUOTA is compared with the plan", async () => {
  const note = async (plan: { daily: number | null; monthly: number }, MAIL_QUOTA?: string) => {
    Object.assign(author.resend.account.plan, plan);
    const { message } = await author.setUp({ vars: { ...vars, ...(MAIL_QUOTA !== undefined && { MAIL_QUOTA }) } });
    return /Resend's plan[^.]*\.[^.]*\./.exec(message.replace(/\s+/g, " "))?.[0];
  };
  expect(await note({ daily: 100, monthly: 3000 })).toBeUndefined();
  expect(await note({ daily: null, monthly: 50_000 }, "-/50000")).toBeUndefined();
  expect(await note({ daily: null, monthly: 50_000 })).toBe(
    'Resend\'s plan allows -/50000 emails a day and month, and MAIL_QUOTA is not set, which means 100/3000. Set MAIL_QUOTA = "-/50000" in [vars] of wrangler.',
  );
  expect(await note({ daily: 100, monthly: 3000 }, "-/50000")).toContain("and MAIL_QUOTA is -/50000. Set");
  expect(await note({ daily: null, monthly: 9 }, "lots")).toContain(
    "MAIL_QUOTA is not a quota, which means 100/3000. Set",
  );
});

test("a sending key, a wrong key and no network are each said in their own words", async () => {
  const { account, url: at } = author.resend;
  account.addKey("re_sending", "sending_access");
  const read = (key: string, address = at) =>
    openResendAccount({ key, url: address, sleep: async () => undefined }).listWebhooks();
  await expect(read("re_sending")).rejects.toThrow(
    "This Resend key can only send emails. The setup needs one with full access: create it at https://resend.com/api-keys, and delete it when you are done.",
  );
  await expect(read("re_unknown")).rejects.toThrow(
    "Resend does not accept this key. Create one with full access at https://resend.com/api-keys.",
  );
  await expect(read("re_full_access", "http://127.0.0.1:9")).rejects.toThrow(
    "Resend cannot be reached. Check the network connection of this machine.",
  );
  account.troubles.set("GET /webhooks", [
    { kind: "rate", retryAfter: "1" },
    { kind: "cut", taken: false },
  ]);
  expect(await read("re_full_access")).toEqual([]);
});
