/** The compiled pieces of the library, one JSON object each, named by the hash of its bytes. */
import * as v from "valibot";

/** A heading of the text, for the contents list. `html` is inline HTML and may hold maths. */
const HeadingSchema = v.object({ id: v.string(), html: v.string() });

const ReferenceSchema = v.object({ key: v.string(), html: v.string() });

const SymbolSchema = v.object({
  tex: v.string(),
  html: v.string(),
  meaning: v.string(),
  shape: v.optional(v.string()),
});

const ChapterObjectSchema = v.object({
  kind: v.literal("chapter"),
  /** The text as the page shows it. Links to chapters are `<a class="chapter" href="/book/slug">`. */
  html: v.string(),
  headings: v.array(HeadingSchema),
  symbols: v.array(SymbolSchema),
  references: v.array(ReferenceSchema),
  /** The text as Markdown, with absolute links that begin with `originMark`. */
  markdown: v.string(),
  /** A book's overview carries the ornament of its cover. */
  cover: v.optional(v.string()),
});

const FrontObjectSchema = v.object({
  kind: v.literal("front"),
  about: v.string(),
  /** Slug of a book -> the ornament of its cover, as SVG. */
  covers: v.record(v.string(), v.string()),
});

const FeedObjectSchema = v.object({
  kind: v.literal("feed"),
  /** The newest first. `html` has absolute links that begin with `originMark`, and maths as MathML alone. */
  entries: v.array(v.object({ path: v.string(), html: v.string() })),
});

/** A chapter as mail: what stands between the head and the foot of its letter. */
const MailObjectSchema = v.object({
  kind: v.literal("mail"),
  /** Styles are on the elements; paths begin with `originMark`, links to chapters are `<a class="chapter …">`. */
  html: v.string(),
  /** The same in words, the formulas in readable Unicode, wrapped at 76 characters. */
  text: v.string(),
  /** Rules for the dark, without a media query around them. */
  darkCss: v.string(),
  /** Whether the end was left out because the mail would be longer than Gmail shows. */
  cut: v.boolean(),
});

const ObjectSchema = v.variant("kind", [ChapterObjectSchema, FrontObjectSchema, FeedObjectSchema, MailObjectSchema]);

/**
 * Stands before every path in what is read away from the site; the origin takes its place. A NUL, so that
 * no text of an author can hold it (`SourceFile` lets none in).
 */
export const originMark = "\0origin\0";

export type LibraryObject = v.InferOutput<typeof ObjectSchema>;
export type ChapterObject = v.InferOutput<typeof ChapterObjectSchema>;
export type FrontObject = v.InferOutput<typeof FrontObjectSchema>;
export type FeedObject = v.InferOutput<typeof FeedObjectSchema>;
export type MailObject = v.InferOutput<typeof MailObjectSchema>;
export type SymbolEntry = v.InferOutput<typeof SymbolSchema>;

/** An object from its bytes; throws on anything else, which a hash that fits makes a bug of the compiler. */
export const parseObject = (bytes: Uint8Array): LibraryObject =>
  v.parse(ObjectSchema, JSON.parse(new TextDecoder().decode(bytes)));
