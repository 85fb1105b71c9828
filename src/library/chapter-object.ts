/**
 * Defines the object of a chapter or overview: a line of JSON, then the HTML of its text as bytes, which a page copies
 * without decoding them.
 */
import * as v from "valibot";
import { type Catalogue, chapterLinksIn, withheldLink } from "./catalogue.ts";

/** A heading, for the table of contents. `html` is inline HTML and may contain maths. */
const HeadingSchema = v.object({ id: v.string(), html: v.string() });

const ReferenceSchema = v.object({ key: v.string(), html: v.string() });

const SymbolSchema = v.object({
  tex: v.string(),
  html: v.string(),
  meaning: v.string(),
  shape: v.optional(v.string()),
});

const ChangeSchema = v.object({
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** Inline HTML, may contain maths and links. */
  html: v.string(),
  correction: v.optional(v.literal(true)),
});

/** A link to a chapter in the text: its path, then the byte offsets of the link and of its words. */
const LinkSchema = v.tuple([v.string(), v.number(), v.number(), v.number(), v.number()]);

const HeadSchema = v.object({
  kind: v.literal("chapter"),
  headings: v.array(HeadingSchema),
  symbols: v.array(SymbolSchema),
  references: v.array(ReferenceSchema),
  /** Those of the manifest, in the same order. */
  changes: v.optional(v.array(ChangeSchema)),
  /** The ornament of the book's cover, in an overview. */
  cover: v.optional(v.string()),
  links: v.array(LinkSchema),
});

type Head = v.InferOutput<typeof HeadSchema>;
export type ChapterParts = Omit<Head, "kind" | "links">;
export type SymbolEntry = v.InferOutput<typeof SymbolSchema>;

export interface ChapterObject extends Head {
  /** UTF-8. Links to chapters are `<a class="chapter" href="/book/slug">`. */
  readonly body: Uint8Array;
}

const lineFeed = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `html` is the text of the page. */
export function encodeChapter(parts: ChapterParts, html: string): string {
  let at = 0;
  let bytes = 0;
  /** The offset in bytes of an offset in UTF-16 code units, none of which is before the last. */
  const offsetOf = (index: number): number => {
    bytes += encoder.encode(html.slice(at, index)).byteLength;
    at = index;
    return bytes;
  };
  const links = chapterLinksIn(html).map(({ path, start, end, words }): Head["links"][number] => {
    const from = offsetOf(start);
    const [wordsFrom, wordsTo] = words.map(offsetOf) as [number, number];
    return [path, from, offsetOf(end), wordsFrom, wordsTo];
  });
  const head: Head = { kind: "chapter", ...parts, links };
  return `${JSON.stringify(head)}\n${html}`;
}

/** Parses the object. Throws on anything else: with a matching hash, that is a bug of the compiler. */
export function parseChapter(bytes: Uint8Array): ChapterObject {
  const end = bytes.indexOf(lineFeed);
  if (end === -1) throw new Error("The object of a chapter has no line of JSON.");
  const head = v.parse(HeadSchema, JSON.parse(decoder.decode(bytes.subarray(0, end))));
  return { ...head, body: bytes.subarray(end + 1) };
}

export const htmlOf = ({ body }: Pick<ChapterObject, "body">): string => decoder.decode(body);

/**
 * The text as `withholdLinks` leaves it, in pieces, and the paths of the links it withholds: most often one piece, the
 * bytes of the object themselves.
 */
export function publicBody(
  catalogue: Catalogue,
  { body, links }: Pick<ChapterObject, "body" | "links">,
  notYet: string,
): { readonly pieces: readonly Uint8Array[]; readonly withheld: readonly string[] } {
  const withheld = links.filter(([path]) => !catalogue.byPath.has(path));
  let at = 0;
  const pieces = withheld.flatMap(([path, start, end, wordsStart, wordsEnd]) => {
    const before = body.subarray(at, start);
    at = end;
    const words = decoder.decode(body.subarray(wordsStart, wordsEnd));
    return [before, encoder.encode(withheldLink(catalogue, path, words, notYet))];
  });
  return { pieces: [...pieces, body.subarray(at)], withheld: withheld.map(([path]) => path) };
}
