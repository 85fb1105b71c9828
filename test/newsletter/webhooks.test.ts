/** Tests the webhook endpoint: authentication, responses, and events that are neither counted twice nor lost. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { forgetWebhookEvents } from "../../src/editions/webhook/record-webhook-event.ts";
import { parseWebhookSecrets, verifyWebhook } from "../../src/newsletter/webhook-signature.ts";
import { href } from "../../src/routes.ts";
import { signWebhook, webhookSecret } from "../fakes/resend-webhooks.ts";
import { present } from "../world.ts";
import { bounced, eventOf, type MailReports, openMailReports, otherSecret } from "./mail-reports.ts";

let mail: MailReports;
beforeAll(async () => {
  mail = await openMailReports({ RESEND_WEBHOOK_SECRET: `${webhookSecret} ${otherSecret}` });
});
afterAll(() => mail[Symbol.asyncDispose]());
beforeEach(() => mail.begin({ subscriber: "s1", state: "accepted", provider: "mail-1" }));

const minutesLater = (count: number): string => new Date(Date.parse(present) + count * 60_000).toISOString();
const remembered = () => mail.rows("SELECT * FROM webhook_events");
const post = (body: string, headers: object, at = present) =>
  mail.world.get(href.webhook(), { method: "POST", body, headers: { ...headers }, now: at });

const now = Date.parse(present);
const delivered = eventOf("email.delivered");
const signed = signWebhook(delivered, { id: "msg_1", at: now });

test("a signed event is noted", async () => {
  const answer = await post(delivered, signed);
  expect([answer.status, answer.body]).toEqual([200, "OK.\n"]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await mail.states()).toEqual(["delivered"]);
  expect(await remembered()).toEqual([{ created_at: present, id: "msg_1", type: "email.delivered" }]);
});

const other = signWebhook(eventOf("email.complained"), { id: "msg_2", at: now });
const forgeries: [string, string, object][] = [
  ["no headers", delivered, {}],
  ["no id", delivered, { ...signed, "svix-id": "" }],
  ["no time", delivered, { ...signed, "svix-timestamp": "" }],
  ["no signature", delivered, { ...signed, "svix-signature": "" }],
  ["an empty signature", delivered, { ...signed, "svix-signature": "v1," }],
  ["a version alone", delivered, { ...signed, "svix-signature": "v1" }],
  ["another version", delivered, { ...signed, "svix-signature": `v2${signed["svix-signature"].slice(2)}` }],
  ["a truncated signature", delivered, { ...signed, "svix-signature": signed["svix-signature"].slice(0, -4) }],
  ["the signature of another event", delivered, { ...signed, "svix-signature": other["svix-signature"] }],
  ["the id of another event", delivered, { ...signed, "svix-id": "msg_2" }],
  ["another time", delivered, { ...signed, "svix-timestamp": String(Date.parse(minutesLater(1)) / 1000) }],
  ["a time that is none", delivered, { ...signed, "svix-timestamp": "now" }],
  ["another body", delivered.replace("ada@", "bob@"), signed],
  ["a truncated body", delivered.slice(0, -1), signed],
  ["the same JSON in other bytes", `${delivered} `, signed],
  ["a byte order mark", `\ufeff${delivered}`, signed],
  ["no body", "", signed],
  ["no JSON", "hello", signed],
  [
    "a secret that is not ours",
    delivered,
    signWebhook(delivered, { id: "m", at: now, secret: `whsec_${btoa("guessed")}` }),
  ],
];

test.each(forgeries)("%s: refused, like all the others", async (_, body, headers) => {
  const answer = await post(body, headers);
  expect([answer.status, answer.body]).toEqual([401, "Invalid signature.\n"]);
  expect(await mail.states()).toEqual(["accepted"]);
  expect(await remembered()).toEqual([]);
});

test("what was signed holds for five minutes either way", async () => {
  for (const minutes of [-6, 6, 60 * 24])
    expect((await post(delivered, signed, minutesLater(minutes))).status).toBe(401);
  expect(await mail.states()).toEqual(["accepted"]);
  for (const minutes of [-4, 4]) {
    const payload = eventOf("email.delivered", { note: minutes });
    const headers = signWebhook(payload, { id: `msg_${minutes}`, at: now });
    expect((await post(payload, headers, minutesLater(minutes))).status).toBe(200);
  }
});

test("each secret of the setting is believed, and one of several signatures is enough", async () => {
  expect((await mail.report(delivered, { secret: otherSecret })).status).toBe(200);
  const both = { ...signed, "svix-signature": `v1,AAAA v1a,BBBB ${signed["svix-signature"]}` };
  expect((await post(delivered, both)).status).toBe(200);
});

test("an event that is repeated counts once, also when it comes many times at once or much later", async () => {
  const payload = bounced("Permanent");
  const answers = await Promise.all(Array.from({ length: 8 }, () => mail.report(payload, { id: "msg_9" })));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  expect(await remembered()).toHaveLength(1);
  const before = await mail.rows("SELECT * FROM subscribers");
  await mail.run("UPDATE deliveries SET state = 'accepted'");
  const headers = signWebhook(payload, { id: "msg_9", at: Date.parse(minutesLater(600)) });
  expect((await post(payload, headers, minutesLater(600))).status).toBe(200);
  expect(await mail.states()).toEqual(["accepted"]);
  expect(await mail.rows("SELECT * FROM subscribers")).toEqual(before);
});

test.each([["webhook_events"], ["deliveries"], ["subscribers"]])(
  "when %s cannot be written nothing is, and Resend is to send it again",
  async (table) => {
    await mail.run(`ALTER TABLE ${table} RENAME TO elsewhere`);
    const payload = eventOf("email.complained");
    const failed = await mail.report(payload, { id: "msg_7" });
    await mail.run(`ALTER TABLE elsewhere RENAME TO ${table}`);
    expect(failed.status).toBe(500);
    expect([await remembered(), await mail.states()]).toEqual([[], ["accepted"]]);
    expect((await mail.report(payload, { id: "msg_7" })).status).toBe(200);
    expect(await mail.states()).toEqual(["complained"]);
    expect(await mail.rows("SELECT state FROM subscribers")).toEqual([{ state: "suppressed" }]);
  },
);

test("looking changes nothing, and another method is told which one it is", async () => {
  for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
    const answer = await mail.world.get(href.webhook(), { method, headers: { ...signed } });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  }
  expect(await remembered()).toEqual([]);
});

test("a body that is too large is refused", async () => {
  const payload = eventOf("email.delivered", { note: "x".repeat(1024 * 1024) });
  expect((await mail.report(payload)).status).toBe(413);
  expect((await mail.report(eventOf("email.delivered", { note: "x".repeat(40 * 1024) }))).status).toBe(200);
});

test.each([["hello"], ["[]"], ["{}"], [`{"type":"email.bounced","created_at":"${present}"}`]])(
  "signed and not to be understood: %s",
  async (payload) => {
    expect((await mail.report(payload)).status).toBe(400);
    expect(await remembered()).toEqual([]);
  },
);

test("events that are not known are remembered; who opens a mail is not", async () => {
  expect((await mail.report(`{"type":"contact.created","created_at":"${present}","data":{}}`)).status).toBe(200);
  expect((await mail.report(eventOf("email.delivered", { tags: {} }))).status).toBe(200);
  for (const type of ["email.opened", "email.clicked"]) {
    const answer = await mail.report(eventOf(type, { click: { ipAddress: "192.0.2.1", link: "https://x.example" } }));
    expect([answer.status, answer.operations.d1Queries]).toEqual([200, 0]);
  }
  expect((await remembered()).map(({ type }) => type)).toEqual(["contact.created", "email.delivered"]);
  expect(await mail.states()).toEqual(["accepted"]);
});

test("it works while the newsletter is closed, and only with a secret", async () => {
  await using closed = await openMailReports({ MAIL_FROM: "" });
  await closed.begin({ subscriber: "s1", state: "accepted" });
  expect((await closed.world.get(href.newsletter())).status).toBe(404);
  expect((await closed.report(eventOf("email.complained"))).status).toBe(200);
  expect(await closed.states()).toEqual(["complained"]);

  await using silent = await openMailReports({ RESEND_WEBHOOK_SECRET: "" });
  expect((await silent.report(delivered)).status).toBe(404);
  await using mistaken = await openMailReports({ RESEND_WEBHOOK_SECRET: "re_123" });
  expect((await mistaken.report(delivered)).status).toBe(503);
});

test("a setting that is no secret says what to do", () => {
  expect(parseWebhookSecrets("re_123")).toEqual({
    kind: "wrong",
    problem:
      "RESEND_WEBHOOK_SECRET is not a signing secret (It does not begin with whsec_). Copy it from the webhook's page in Resend, and set it with: npx wrangler secret put RESEND_WEBHOOK_SECRET.",
  });
  expect(parseWebhookSecrets("whsec_$$$").kind).toBe("wrong");
  expect(parseWebhookSecrets("whsec_").kind).toBe("wrong");
  expect(parseWebhookSecrets(" ").kind).toBe("missing");
});

test("bytes that decoding would change are not what was signed", () => {
  const payload = '{"type":"\ufffd"}';
  const headers = new Headers({ ...signWebhook(payload, { id: "m", at: Date.now() }) });
  const bytes = Uint8Array.from(new TextEncoder().encode(payload));
  const secrets = parseWebhookSecrets(webhookSecret);
  const webhooks = secrets.kind === "ready" ? secrets.webhooks : [];
  expect(verifyWebhook(bytes.buffer, headers, webhooks)).toEqual({ id: "m", text: payload });
  const broken = Uint8Array.from([...bytes.slice(0, 9), 0xff, ...bytes.slice(12)]);
  expect(new TextDecoder().decode(broken)).toBe(payload);
  expect(verifyWebhook(broken.buffer, headers, webhooks)).toBeUndefined();
});

test("events are forgotten after a week, the old ones alone", async () => {
  for (const day of ["01", "05", "09"]) {
    await mail.report(`{"type":"contact.created","created_at":"2026-02-${day}T00:00:00.000Z"}`);
  }
  await mail.report('{"type":"contact.created"}');
  await forgetWebhookEvents(openDatabase(await mail.world.database()), Date.parse("2026-02-12T12:00:00Z"));
  expect((await remembered()).map(({ created_at }) => created_at)).toEqual(["2026-02-09T00:00:00.000Z"]);
});
