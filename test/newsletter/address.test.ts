/** Addresses: what mail can go to, who is the same subscriber, and whose mailbox is counted. */
import { expect, test } from "vitest";
import { addressKey, limitIdentity, parseAddress } from "../../src/newsletter/address.ts";

test.each([
  "ada@example.org",
  "o'brien+tea@sub.example.co",
  "A.B@EXAMPLE.ORG",
  "$&`x@example.org",
  "x@xn--bcher-kva.example",
  `${"a".repeat(64)}@example.org`,
])("%s is delivered as typed", (address) => {
  expect(parseAddress(` ${address}\n`)).toBe(address);
});

test.each([
  "",
  "ada",
  "ada@",
  "@example.org",
  "ada@localhost",
  "ada@example.org, eve@example.org",
  "ada@example.org\r\nBcc: eve@example.org",
  "ada\u0000@example.org",
  "Ada <ada@example.org>",
  '"><script>@example.org',
  "ada@127.0.0.1",
  "ada@[127.0.0.1]",
  `${"a".repeat(250)}@example.org`,
  `${"a".repeat(65)}@example.org`,
  ".ada@example.org",
  "ada.@example.org",
  "a..da@example.org",
  "ada@example.org\u2028bcc:eve@example.org",
  "ada@example.org\u0085",
  "ada\u2029@example.org",
  "ada@example..org",
  "ada@-example.org",
  undefined,
  7,
])("%j is no address", (input) => {
  expect(parseAddress(input)).toBeUndefined();
});

test("letters' case makes no other subscriber", () => {
  expect(addressKey("Ada@Example.ORG")).toBe("ada@example.org");
});

test.each([
  ["Ada+tea@Example.org", "ada@example.org"],
  ["a.da@example.org", "a.da@example.org"],
  ["a.d.a+x+y@googlemail.com", "ada@gmail.com"],
  ["ada@gmail.com", "ada@gmail.com"],
  ["+x@example.org", "+x@example.org"],
])("%s is counted as %s", (address, identity) => {
  expect(limitIdentity(address)).toBe(identity);
});
