/** Tests which settings enable the newsletter, and how a missing or invalid one is reported. */
import { expect, test } from "vitest";
import { newsletterState } from "../../src/subscribers/settings.ts";

const good = {
  ORIGIN: "https://library.example",
  TOKEN_KEYS: `k1:${"a".repeat(32)}`,
  MAIL_FROM: "The Tea Shelf <letters@library.example>",
  RESEND_API_KEY: "re_test",
};
const state = (settings: object) => newsletterState({ ...good, ...settings });

test("it opens with keys, a sender and a way to send", () => {
  expect(state({})).toMatchObject({ kind: "open", settings: { from: good.MAIL_FROM, mailsPerRun: 300 } });
  expect(state({ MAIL_FROM: "letters@library.example" }).kind).toBe("open");
  expect(state({ TOKEN_KEYS: ` k2:${"b".repeat(32)}\n k1:${"a".repeat(32)} ` })).toMatchObject({
    settings: { keys: [{ id: "k2" }, { id: "k1" }] },
  });
});

test.each([
  [{ TOKEN_KEYS: undefined }, "TOKEN_KEYS is not set."],
  [{ TOKEN_KEYS: "k1:short" }, "TOKEN_KEYS must be like k1:SECRET, with at least 32 characters of secret."],
  [{ TOKEN_KEYS: `k1:${"a".repeat(32)} k1:${"b".repeat(32)}` }, "TOKEN_KEYS must give each key a name of its own."],
  [{ RESEND_API_KEY: undefined }, "RESEND_API_KEY is not set."],
  [{ RESEND_API_KEY: "" }, "RESEND_API_KEY is empty."],
  [{ AUTHOR_EMAIL: "" }, "AUTHOR_EMAIL must be like you@example.org."],
  [{ MAILS_PER_RUN: "0" }, "MAILS_PER_RUN must be at least 1."],
])("closed with %j: %s", (settings, missing) => {
  expect(state(settings)).toEqual({ kind: "closed", missing, isPartlyConfigured: true });
});

test("a name is put in quotation marks where it would be more than one mailbox without them", () => {
  expect(
    state({ MAIL_FROM: "Smith, Jane <l@library.example>", AUTHOR_EMAIL: "Jane; me <me@bücher.example>" }),
  ).toMatchObject({
    kind: "open",
    settings: { from: '"Smith, Jane" <l@library.example>', authorEmail: "me@xn--bcher-kva.example" },
  });
});

const example = "must be like Library <letters@example.org>";
const control = "contains a line break or a control character; write it as";
test.each([
  ["Tea <letters@library.example>\r\nBcc: eve@example.org", example],
  ["Tea\nBcc: eve@example.org <letters@library.example>", example],
  ["Tea\u2028Bcc: eve@example.org <letters@library.example>", example],
  ["Tea\u2029 <letters@library.example>", `${control} Tea <letters@library.example>`],
  ["Tea\u0085 <letters@library.example>", `${control} Tea <letters@library.example>`],
  ["Tea\0 <letters@library.example>", `${control} Tea <letters@library.example>`],
  ["Tea <letters@library.example> <eve@example.org>", example],
  ["letters\u2028@library.example", example],
  ["letters@library.example\0", example],
  [
    '"Tea, hot <letters@library.example>',
    'has a quotation mark that is not closed, or around part of the name; write it as "Tea, hot" <letters@library.example>',
  ],
  ["eve@example.org, Tea <letters@library.example>", example],
  ["Tea", example],
  ["", example],
])("no sender is %j", (MAIL_FROM, problem) => {
  expect(state({ MAIL_FROM })).toEqual({ kind: "closed", missing: `MAIL_FROM ${problem}.`, isPartlyConfigured: true });
});

test("a library that wants no newsletter is not told what one lacks", () => {
  expect(newsletterState({ ORIGIN: "https://library.example" })).toMatchObject({
    kind: "closed",
    isPartlyConfigured: false,
  });
});
