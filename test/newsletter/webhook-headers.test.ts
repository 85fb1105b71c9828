/** Tests oversized webhook headers: rejected by length, before a signature is computed or compared. */
import type { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { maxHeaderLengths, verifyWebhook } from "../../src/newsletter/webhook-signature.ts";

/** Counts computed signatures, and accepts all of them. */
function credulous() {
  let verified = 0;
  const webhook = {
    verify: () => {
      verified += 1;
    },
  } as unknown as Webhook;
  return { webhook, verified: () => verified };
}

const body = new TextEncoder().encode("{}").buffer as ArrayBuffer;
const fitting = { "svix-id": "msg_1", "svix-timestamp": "1772366400", "svix-signature": "v1,AAAA" };

test("headers within the limits are looked at", () => {
  const { webhook, verified } = credulous();
  const longest = Object.fromEntries(Object.entries(maxHeaderLengths).map(([name, max]) => [name, "x".repeat(max)]));
  for (const headers of [fitting, longest]) {
    expect(verifyWebhook(body, new Headers(headers), [webhook])).toEqual({ id: headers["svix-id"], text: "{}" });
  }
  expect(verified()).toBe(2);
});

test.each<[string, Record<string, string>]>([
  ["20,000 signatures", { "svix-signature": `${"v1,AAAA ".repeat(20_000)}v1,AAAA` }],
  ["one character too many of signatures", { "svix-signature": "x".repeat(maxHeaderLengths["svix-signature"] + 1) }],
  ["a long id", { "svix-id": "x".repeat(maxHeaderLengths["svix-id"] + 1) }],
  ["a long time", { "svix-timestamp": "1".repeat(maxHeaderLengths["svix-timestamp"] + 1) }],
])("%s: no signature is computed", (_, headers) => {
  const { webhook, verified } = credulous();
  expect(verifyWebhook(body, new Headers({ ...fitting, ...headers }), [webhook])).toBeUndefined();
  expect(verified()).toBe(0);
});
