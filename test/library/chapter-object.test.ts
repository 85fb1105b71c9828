/** Checks the object of a chapter: what is written is read, and links are withheld in bytes as they are in text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueAt, withholdLinks } from "../../src/library/catalogue.ts";
import { encodeChapter, htmlOf, parseChapter, publicBody } from "../../src/library/chapter-object.ts";
import { releaseOf } from "../newsletter/faults/shelf.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString("utf8");

const parts = {
  headings: [{ id: "steep", html: "Steep \u{1f375} at <b>80</b>\u00a0°C" }],
  symbols: [{ tex: "T", html: "<i>T</i>", meaning: "temperature\nof the cup" }],
  references: [],
};

const present = Date.parse("2026-06-01T00:00:00.000Z");
const manifest = releaseOf([
  { book: "tea", id: "leaves", published: "2026-01-01T00:00:00.000Z" },
  { book: "tea", id: "later", published: "2027-01-01T00:00:00.000Z" },
  { book: "tea", id: "secret", published: "2027-01-01T00:00:00.000Z" },
]);
const catalogue = { ...catalogueAt(present, manifest), hidden: new Set(["/tea/secret"]) };

const read = (html: string) => parseChapter(bytesOf(encodeChapter(parts, html)));

test("what is written is read, to the last byte", () => {
  const html = '<p>Café \u{1f375}</p>\n<p>水 <a class="chapter" href="/tea/leaves#a">leaves</a></p>\n';
  const object = read(html);
  expect([object.headings, object.symbols, object.cover, htmlOf(object)]).toEqual([
    parts.headings,
    parts.symbols,
    undefined,
    html,
  ]);
});

test("anything else is refused", () => {
  for (const text of ["", "<p>tea</p>", '{"kind":"mail"}\n<p>tea</p>']) {
    expect(() => parseChapter(bytesOf(text))).toThrow();
  }
});

describe("links", () => {
  test("if every one is public, the page copies the bytes of the object", () => {
    const object = read('<p>水 <a class="chapter" href="/tea/leaves">the leaves</a> and <a href="/about">us</a></p>');
    const { pieces, withheld } = publicBody(catalogue, object, "soon");
    expect([pieces.length, pieces[0] === object.body || pieces[0]?.buffer === object.body.buffer, withheld]).toEqual([
      1,
      true,
      [],
    ]);
  });

  test("are withheld as in a text, whatever surrounds them", () => {
    const word = fc.constantFrom("tea", "水", "\u{1f375}", "<em>é</em>", "&amp;", "\n");
    const link = fc
      .record({
        path: fc.constantFrom("/tea/leaves", "/tea/later", "/tea/secret", "/tea/never"),
        anchor: fc.constantFrom("", "#steep"),
        words: fc.array(word, { maxLength: 3 }),
      })
      .map(({ path, anchor, words }) => `<a class="chapter" href="${path}${anchor}">${words.join(" ")}</a>`);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, link), { maxLength: 12 }), (texts) => {
        const html = texts.join("");
        expect(textOf(publicBody(catalogue, read(html), "soon").pieces)).toBe(withholdLinks(catalogue, html, "soon"));
      }),
      { numRuns: 500 },
    );
  });
});
