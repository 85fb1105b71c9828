/** Tests email addresses: validity, identity of a subscriber, and the mailbox that limits count. */
import { domainToASCII } from "node:url";
import { expect, test } from "vitest";
import { addressKey, limitIdentity, parseAddress } from "../../src/subscribers/address.ts";

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
  "bücher.example",
  "BÜCHER.example",
  "bu\u0308cher.example",
  "straße.example",
  "例え。テスト",
  "ｅｘａｍｐｌｅ.org",
])("the host %s is what browsers make of it", (host) => {
  expect(parseAddress(`ada@${host}`)).toBe(`ada@${domainToASCII(host)}`);
  expect(addressKey(parseAddress(`ada@${host}`) ?? "")).toBe(`ada@${domainToASCII(host)}`);
});

test.each(["ada@bücher.example/x", "ada@büc%68er.example", "ada@ü:8787", "ada@１２７.0.0.1", "jörg@example.org", "ü"])(
  "%s is no address, whatever a URL would make of its host",
  (address) => {
    expect(parseAddress(address)).toBeUndefined();
  },
);

test.each(["\u200b", "\ufeff", "\u202a", "\u202c", "\u2060", "\u00ad", "\u00a0", "\u{e0001}", "\ufe0f", "\u0085"])(
  "%j around an address is taken away, within it is no address",
  (sign) => {
    expect(parseAddress(`${sign}ada@example.org${sign} ${sign}`)).toBe("ada@example.org");
    expect(parseAddress(`a${sign}da@example.org`)).toBeUndefined();
  },
);

test("a megabyte of invisible characters ends within the time of a test", () => {
  expect(parseAddress(`a${"\u200b".repeat(500_000)}a@example.org`)).toBeUndefined();
  expect(parseAddress(`a@example.org${"\u200b".repeat(500_000)}`)).toBe("a@example.org");
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
