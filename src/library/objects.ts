/** Defines the compiled objects of the library: JSON, each named by the hash of its bytes. */
import * as v from "valibot";

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

const ChapterObjectSchema = v.object({
  kind: v.literal("chapter"),
  /** The text for the page. Links to chapters are `<a class="chapter" href="/book/slug">`. */
  html: v.string(),
  headings: v.array(HeadingSchema),
  symbols: v.array(SymbolSchema),
  references: v.array(ReferenceSchema),
  /** Those of the manifest, in the same order. */
  changes: v.optional(v.array(ChangeSchema)),
  /** The text as Markdown, with absolute links that begin with `originMark`. */
  markdown: v.string(),
  /** The ornament of the book's cover, in an overview. */
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
  /** Newest first. `html` has absolute links that begin with `originMark`, and maths as MathML only. */
  entries: v.array(v.object({ path: v.string(), html: v.string() })),
});

/** A chapter as an email: what is between header and footer. */
const MailObjectSchema = v.object({
  kind: v.literal("mail"),
  /** Styles are inline; paths begin with `originMark`, links to chapters are `<a class="chapter …">`. */
  html: v.string(),
  /** The same as plain text, with formulas in readable Unicode, wrapped at 76 characters. */
  text: v.string(),
  /** Rules for dark mode, without a media query around them. */
  darkCss: v.string(),
  /** Whether the end was cut, because Gmail would not show all of the email. */
  cut: v.boolean(),
});

const ObjectSchema = v.variant("kind", [ChapterObjectSchema, FrontObjectSchema, FeedObjectSchema, MailObjectSchema]);

/**
 * Placeholder for the origin, before every path in what is read outside the site. It contains a NUL, so an author's text
 * cannot contain it (`SourceFile` rejects NULs).
 */
export const originMark = "\0origin\0";

export type LibraryObject = v.InferOutput<typeof ObjectSchema>;
export type ChapterObject = v.InferOutput<typeof ChapterObjectSchema>;
export type FrontObject = v.InferOutput<typeof FrontObjectSchema>;
export type FeedObject = v.InferOutput<typeof FeedObjectSchema>;
export type MailObject = v.InferOutput<typeof MailObjectSchema>;
export type SymbolEntry = v.InferOutput<typeof SymbolSchema>;

/** Parses an object. Throws on anything else: with a matching hash, that is a bug of the compiler. */
export const parseObject = (bytes: Uint8Array): LibraryObject =>
  v.parse(ObjectSchema, JSON.parse(new TextDecoder().decode(bytes)));
