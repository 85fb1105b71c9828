/** Tests the outcome of sent messages for every response of Resend, including none. */
import { expect, test } from "vitest";
import type { Message, Outcome } from "../../src/mail/mailer.ts";
import { createResend, readAnswer } from "../../src/mail/resend.ts";
import { askOf, openResend } from "../fakes/resend.ts";
import type { Trouble } from "../fakes/resend-answers.ts";
import { ResendModel } from "../fakes/resend-model.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
const hour = 3_600_000;

const messageTo = (address: string): Message => ({
  from: "Tea <letters@library.example>",
  to: [address],
  subject: "Cooling",
  html: "<p>$&</p>",
  text: "Cooling",
  tags: [{ name: "edition", value: "each_tea_cooling" }],
});

const bodyOf = (messages: unknown) => new TextEncoder().encode(JSON.stringify(messages));

function openAccount() {
  const clock = { now: noon };
  const model = new ResendModel({ now: () => clock.now });
  const mailer = createResend({ url: "https://api.resend.com", apiKey: "re_test" }, askOf(model));
  const post = (key: string, ...addresses: string[]): Promise<Outcome> =>
    mailer.sendBatch(key, bodyOf(addresses.map(messageTo)), addresses.length);
  return { clock, model, post };
}

test("what is accepted has an id for each message, in their order", async () => {
  const { model, post } = openAccount();
  expect(await post("k", "a@x.example", "b@x.example")).toEqual({
    kind: "accepted",
    results: [{ id: "mail-1" }, { id: "mail-2" }],
  });
  expect(model.inbox("b@x.example")).toMatchObject([{ subject: "Cooling", html: "<p>$&</p>" }]);
});

test("a bad address is refused by itself, and the others go out", async () => {
  const { model, post } = openAccount();
  model.refused.add("no@x.example");
  const error = expect.stringContaining("Invalid `to` field");
  expect(await post("k", "no@x.example", "b@x.example", "nowhere", "d@x.example")).toEqual({
    kind: "accepted",
    results: [{ error }, { id: "mail-1" }, { error }, { id: "mail-2" }],
  });
  expect(model.sent.map(({ message }) => message.to[0])).toEqual(["b@x.example", "d@x.example"]);
});

test("the same bytes under the same key are answered as before, and sent once", async () => {
  const { clock, model, post } = openAccount();
  const first = await post("k", "a@x.example");
  clock.now += 23 * hour;
  expect(await post("k", "a@x.example")).toEqual(first);
  expect(model.sent).toHaveLength(1);
  clock.now += hour;
  await post("k", "a@x.example");
  expect(model.sent, "the provider forgets a key after a day").toHaveLength(2);
});

test("other bytes under the same key are a conflict, and nothing is sent", async () => {
  const { model, post } = openAccount();
  await post("k", "a@x.example");
  expect(await post("k", "b@x.example")).toMatchObject({ kind: "conflict" });
  expect(model.sent).toHaveLength(1);
});

test("an answer that nobody waited for is unknown; while it is being worked on, so is a repeated call", async () => {
  const { clock, model, post } = openAccount();
  model.troubles.push({ kind: "slow", takenAfterMs: 10 * 60_000 });
  expect(await post("k", "a@x.example")).toEqual({
    kind: "unknown",
    reason: "The operation was aborted due to timeout",
  });
  clock.now += 5 * 60_000;
  expect(await post("k", "a@x.example")).toMatchObject({ kind: "unknown", reason: expect.stringMatching(/^409 conc/) });
  expect(model.sent).toEqual([]);
  clock.now += 5 * 60_000;
  expect(await post("k", "a@x.example")).toEqual({ kind: "accepted", results: [{ id: "mail-1" }] });
  expect(model.sent).toHaveLength(1);
});

test.each<[string, Trouble, string]>([
  ["a line that is cut", { kind: "cut", taken: true }, "fetch failed"],
  ["a server that cannot be reached", { kind: "cut", taken: false }, "fetch failed"],
  ["an error page", { kind: "garbled", how: "html", taken: true }, "502 <h1>502 Bad Gateway</h1>"],
  [
    "half an answer",
    { kind: "garbled", how: "truncated", taken: true },
    "The response reported success but could not be parsed.",
  ],
  [
    "an empty answer",
    { kind: "garbled", how: "empty", taken: true },
    "The response reported success but could not be parsed.",
  ],
  [
    "an error of the provider",
    { kind: "garbled", how: "internal error", taken: false },
    '500 {"statusCode":500,"name":"internal_server_error","message":"An unexpected error occurred."}',
  ],
])("after %s the end is unknown, and asking again with the same key settles it", async (_, trouble, reason) => {
  const { model, post } = openAccount();
  model.troubles.push(trouble);
  expect(await post("k", "a@x.example")).toEqual({ kind: "unknown", reason });
  expect(await post("k", "a@x.example")).toEqual({ kind: "accepted", results: [{ id: "mail-1" }] });
  expect(model.sent).toHaveLength(1);
});

test("too fast: the time to wait is the one that is named", async () => {
  const { clock, model, post } = openAccount();
  model.maxCallsPerSecond = 2;
  await post("a", "a@x.example");
  await post("b", "b@x.example");
  expect(await post("c", "c@x.example")).toMatchObject({ kind: "later", seconds: 1 });
  clock.now += 1000;
  expect(await post("c", "c@x.example")).toMatchObject({ kind: "accepted" });
});

test.each([
  ["7", 7],
  ["0", 1],
  ["999999", 3600],
  ["Sun, 01 Mar 2026 12:02:00 GMT", 120],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 1],
  ["soon", 60],
  [undefined, 60],
])("retry-after %s is %i seconds", (said, seconds) => {
  const headers = new Headers({ date: "Sun, 01 Mar 2026 12:00:00 GMT", ...(said && { "retry-after": said }) });
  const body = '{"name":"rate_limit_exceeded","message":"Slow down."}';
  expect(readAnswer(429, headers, body, 1)).toEqual({
    kind: "later",
    seconds,
    reason: "429 rate_limit_exceeded: Slow down.",
  });
});

test("a day's quota, and a month's: nothing of a batch that does not fit is sent", async () => {
  const { clock, model, post } = openAccount();
  model.quota.maxPerDay = 3;
  model.quota.maxPerMonth = 5;
  await post("a", "a@x.example", "b@x.example");
  expect(await post("b", "c@x.example", "d@x.example")).toMatchObject({ kind: "quota", period: "day" });
  clock.now += 24 * hour;
  await post("b", "c@x.example", "d@x.example");
  expect(await post("c", "e@x.example", "f@x.example")).toMatchObject({ kind: "quota", period: "month" });
  clock.now += 31 * 24 * hour;
  expect(await post("c", "e@x.example", "f@x.example")).toMatchObject({ kind: "accepted" });
  expect(model.sent).toHaveLength(6);
});

test("more than a hundred messages are refused", async () => {
  const { post } = openAccount();
  const addresses = Array.from({ length: 101 }, (_, index) => `r${index}@x.example`);
  expect(await post("k", ...addresses)).toMatchObject({ kind: "refused" });
});

test.each<[number, string, string, Outcome["kind"]]>([
  [400, "validation_error", "Invalid `reply_to` field.", "refused"],
  [413, "", "Payload too large.", "refused"],
  [422, "missing_required_field", "Missing `subject` field.", "refused"],
  // An invalid key is answered like an invalid field, but splitting the batch would not help.
  [400, "validation_error", "API key is invalid", "misconfigured"],
  [400, "invalid_idempotency_key", "The key must be between 1-256 chars.", "misconfigured"],
  [401, "missing_api_key", "Missing API key.", "misconfigured"],
  [401, "validation_error", "API key is invalid", "misconfigured"],
  [402, "payment_required", "Pay.", "misconfigured"],
  [403, "validation_error", "The domain is not verified.", "misconfigured"],
  [404, "not_found", "No such endpoint.", "misconfigured"],
  [405, "method_not_allowed", "Method is not allowed.", "misconfigured"],
  [422, "invalid_from_address", "Invalid `from` field.", "misconfigured"],
  [451, "security_error", "We may have found a security issue.", "misconfigured"],
  [409, "invalid_idempotent_request", "Other payload.", "conflict"],
  [409, "concurrent_idempotent_requests", "In progress.", "unknown"],
  [408, "request_timeout", "Timeout.", "unknown"],
  [425, "too_early", "Too early.", "unknown"],
  [302, "", "", "unknown"],
  [500, "application_error", "Oh.", "unknown"],
  [503, "daily_quota_exceeded", "Oh.", "unknown"],
])("%i %s (%s) is %s", (status, name, message, kind) => {
  expect(readAnswer(status, new Headers(), JSON.stringify({ name, message }), 1).kind).toBe(kind);
});

test.each([401, 403, 422, 429])(
  "a page of something in between that says %i is no word of the provider's",
  (status) => {
    expect(readAnswer(status, new Headers(), "<h1>No</h1>", 1)).toEqual({
      kind: "unknown",
      reason: `${status} <h1>No</h1>`,
    });
  },
);

test.each([
  ['{"data":[{"id":"a"}]}', "The response covers 1 of 2 messages."],
  ['{"data":[{"id":"a"},{"id":"b"},{"id":"c"}]}', "The response covers 3 of 2 messages."],
  ['{"data":[{"id":"a"}],"errors":[{"index":2,"message":"m"}]}', "The response covers 2 of 2 messages."],
  ['{"data":[{"id":""},{"id":"b"}]}', "The response reported success but could not be parsed."],
  ['[{"id":"a"},{"id":"b"}]', "The response reported success but could not be parsed."],
])("a yes that does not fit what was asked is unknown: %s", (body, reason) => {
  expect(readAnswer(200, new Headers(), body, 2)).toEqual({ kind: "unknown", reason });
});

test("a request is what Resend's documentation asks for, and does not wait for ever", async () => {
  let seen: RequestInit | undefined;
  const ask = async (url: unknown, init: unknown) => {
    expect(url).toBe("https://api.resend.com/emails/batch");
    seen = init as RequestInit;
    return new Response('{"data":[{"id":"a"}]}');
  };
  const mailer = createResend({ url: "https://api.resend.com", apiKey: "re_1" }, ask as unknown as typeof fetch);
  await mailer.sendBatch("key-1", bodyOf([{}]), 1);
  expect(seen).toMatchObject({
    method: "POST",
    body: bodyOf([{}]),
    headers: { Authorization: "Bearer re_1", "Idempotency-Key": "key-1", "x-batch-validation": "permissive" },
  });
  expect(seen?.signal).toBeInstanceOf(AbortSignal);
});

test("the fake's two faces are one account", async () => {
  await using resend = await openResend();
  const { model, url } = resend;
  const mailers = [createResend({ url, apiKey: "re_test" }), createResend({ url, apiKey: "re_test" }, askOf(model))];
  const [over, inside] = await Promise.all(
    mailers.map((mailer) => mailer.sendBatch("k", bodyOf([messageTo("a@x.example")]), 1)),
  );
  expect(over).toEqual(inside);
  expect(model.sent).toHaveLength(1);
  model.troubles.push({ kind: "cut", taken: true });
  const body = bodyOf([messageTo("b@x.example")]);
  const mailer = createResend({ url, apiKey: "re_test" });
  expect(await mailer.sendBatch("b", body, 1)).toMatchObject({ kind: "unknown" });
  expect(model.inbox("b@x.example")).toHaveLength(1);
});
