/** Tests the request body of a batch: byte for byte the JSON of its messages, on every attempt, whatever the texts contain. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBatch } from "../../src/editions/sending/batch-body.ts";
import { cutTemplate, marks, type Open, templateOf } from "../../src/editions/template.ts";
import type { Message } from "../../src/mail/mailer.ts";
import { openNewsletterWorld } from "../newsletter/newsletter-world.ts";
import { present } from "../world.ts";

/** Characters that break placeholders, quoting or encoding. */
const hostile = [
  "$&",
  "$1 $$ $` $'",
  'a "quoted" \\ back\\slash/',
  "line\nfeed\r\n\ttab \b\f \u0001",
  "\u2028 and \u2029",
  "\ud83d alone, and \ude00 alone",
  "👩🏽‍🚀 🫖 é é",
  "שלום \u202eabc\u202c العربية",
  "日本語, ﷽, 𝔸𝕝",
  "\ufeff\u200b\u00ad",
  "\\u0000to\\u0000 {{to}} %s </script>",
  "",
];

/** Placeholders where an edition has them: body, plain text, a header, a tag and the recipient. */
const messageWith = (text: string, open: Open): Message => ({
  from: "Tea <letters@library.example>",
  to: [open.to],
  subject: `${text} for you`,
  html: `<p>${text}</p><a href="https://x.example/${open.preferences}?a=1&b=2">${open.leave}</a>${open.leave}`,
  text: `${text}\n${open.preferences} ${open.leave}`,
  headers: { "List-Unsubscribe": `<https://x.example/${open.leave}>` },
  tags: [
    { name: "edition", value: "each_tea_cooling" },
    { name: "subscriber", value: open.subscriber },
  ],
});

const asJson = (messages: readonly Message[]) => new TextEncoder().encode(JSON.stringify(messages));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const openOf = (value: string, index = 0): Open => ({
  to: `reader${index}${value}@example.org`,
  subscriber: value,
  preferences: `p.${value}.${index}`,
  leave: `l${value}`,
});

test("they are those of JSON.stringify of the messages, for every hostile text and value", () => {
  for (const text of hostile) {
    const opens = hostile.map(openOf);
    const template = cutTemplate(templateOf(messageWith(text, marks)));
    const body = encodeBatch(opens.map((open) => ({ template, open })));
    expect(Buffer.from(body).equals(asJson(opens.map((open) => messageWith(text, open))))).toBe(true);
  }
});

test("and for any others: copies of several templates in one batch, in their order", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\0", ""));
  const anyCopy = fc.record({ text: anyText, value: anyText });
  fc.assert(
    fc.property(fc.array(anyCopy, { minLength: 1, maxLength: 8 }), (copies) => {
      const body = encodeBatch(
        copies.map(({ text, value }, index) => ({
          template: cutTemplate(templateOf(messageWith(text, marks))),
          open: openOf(value, index),
        })),
      );
      const messages = copies.map(({ text, value }, index) => messageWith(text, openOf(value, index)));
      expect(new TextDecoder().decode(body)).toBe(JSON.stringify(messages));
    }),
  );
});

test("every attempt has the same ones, from a template that was just made or that was kept", () => {
  const message = messageWith(hostile.join(), marks);
  const opens = hostile.map(openOf);
  const attempt = (text: string) => {
    const template = cutTemplate(text);
    return encodeBatch(opens.map((open) => ({ template, open })));
  };
  const first = attempt(templateOf(message));
  const kept = new TextDecoder().decode(new TextEncoder().encode(templateOf(message)));
  expect([attempt(kept), attempt(kept)].map(sha256)).toEqual([sha256(first), sha256(first)]);
});

test("a batch of none is an empty list", () => {
  expect(new TextDecoder().decode(encodeBatch([]))).toBe("[]");
});

test("the Worker sends a batch whole: its length goes before it, and an attempt after a lost answer has the same bytes", async () => {
  await using newsletter = await openNewsletterWorld();
  const { world, resend } = newsletter;
  await world.tick(present);
  for (const name of ["ada", "bob", "cleo"]) await newsletter.join(`${name}@example.org`);
  const due = Date.parse("2030-06-01T12:00:00Z");
  resend.troubles.push({ kind: "cut", taken: true });
  const before = resend.calls.length;
  for (const hours of [0, 3, 6]) await world.tick(new Date(due + hours * 3_600_000).toISOString());
  const attempts = resend.calls.slice(before);
  expect(attempts.length).toBeGreaterThanOrEqual(2);
  expect(new Set(attempts.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  for (const { headers, body } of attempts) {
    expect(headers.get("content-length")).toBe(String(Buffer.byteLength(body)));
    expect(headers.get("transfer-encoding")).toBeNull();
  }
  expect(resend.mails.map(({ to }) => to[0]).sort()).toEqual([
    "ada@example.org",
    "bob@example.org",
    "cleo@example.org",
  ]);
});
