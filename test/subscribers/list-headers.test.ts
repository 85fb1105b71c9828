/** Tests the list headers of emails as an email client parses them. */
import fc from "fast-check";
import { addressParser, decodeWords } from "postal-mime";
import { expect, test } from "vitest";
import { marks } from "../../src/editions/template.ts";
import { listHeaders } from "../../src/subscribers/list-headers.ts";

const origin = "https://library.example";
const unsubscribeUrl = `${origin}/newsletter/leave/x`;
const idOf = (title: string, at = origin) => listHeaders({ title, origin: at, unsubscribeUrl })["List-Id"] ?? "";

test("the way out of RFC 2369, and the one click of RFC 8058", () => {
  expect(listHeaders({ title: "ML Blog", origin, unsubscribeUrl })).toEqual({
    "List-Id": "ML Blog <newsletter.library.example>",
    "List-Unsubscribe": "<https://library.example/newsletter/leave/x>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
});

test("a mark that is filled in for each copy comes through", () => {
  const marked = listHeaders({ title: "T", origin, unsubscribeUrl: `${origin}/newsletter/leave/${marks.leave}` });
  expect(marked["List-Unsubscribe"]).toBe("<https://library.example/newsletter/leave/\0leave\0>");
});

test.each([
  ["Anna's Library: maths, and more", `"Anna's Library: maths, and more" <newsletter.library.example>`],
  ["A =?utf-8?Q?trick?=", "=?utf-8?B?QSA9P3V0Zi04P1E/dHJpY2s/PQ==?= <newsletter.library.example>"],
  ["Bücher", "=?utf-8?B?QsO8Y2hlcg==?= <newsletter.library.example>"],
  ["a\r\nBcc: eve@example.org\u2028x", `"a Bcc: eve@example.org x" <newsletter.library.example>`],
  ["  ", "<newsletter.library.example>"],
])("a library called %j is %s", (title, header) => {
  expect(idOf(title)).toBe(header);
});

test("whatever its title, the header is one line of ASCII, in words of 75 characters at most", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }), (title) => {
      const header = idOf(title);
      expect(header).toMatch(/^[ -~]+$/);
      expect(header.endsWith("<newsletter.library.example>")).toBe(true);
      for (const word of header.match(/=\?[^ ]+\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
    }),
  );
});

test.each(["Bücher über Tee 🍵", "書".repeat(60), `The "Tea" \\ <x@y.example> (comment), a; b`])(
  "a mail program reads %s",
  (title) => {
    expect(idOf(title).match(/[<>]/g)).toEqual(["<", ">"]);
    expect(decodeWords(idOf(title))).toBe(`${title} <newsletter.library.example>`);
  },
);

test("signs in quotes are read as a name", () => {
  const title = "Maths (mostly), by post; Anna's: x@y.example";
  expect(addressParser(idOf(title).replace("newsletter.", "newsletter@"))).toEqual([
    { name: title, address: "newsletter@library.example" },
  ]);
});

test.each([
  ["https://www.library.example:8443", "<newsletter.www.library.example>"],
  ["http://localhost:8787", "<newsletter.localhost>"],
  ["http://127.0.0.1:8787", "<newsletter.localhost>"],
  ["http://[::1]:8787", "<newsletter.localhost>"],
])("the list at %s is %s", (at, id) => {
  expect(idOf("", at)).toBe(id);
});
