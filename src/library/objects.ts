/**
 * Defines the compiled objects of the library, each named by the hash of its bytes: those that are JSON; chapters are in
 * chapter-object.ts.
 */
import * as v from "valibot";

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

/** The groups of a notation, in their order. */
export const alphabets = ["latin", "greek", "script", "other"] as const;

const NotedSymbolSchema = v.object({
  alphabet: v.picklist(alphabets),
  html: v.string(),
  meaning: v.string(),
  shape: v.optional(v.string()),
  /** Of the texts that declare it with this meaning and shape, in reading order. */
  paths: v.array(v.string()),
});

const NotationObjectSchema = v.object({
  kind: v.literal("notation"),
  /** In the order of the library; undefined if that would be too much for one page. */
  books: v.optional(v.array(v.object({ slug: v.string(), symbols: v.array(NotedSymbolSchema) }))),
});

/** What an author can mark for the index: its parts, in their order. */
export const indexKinds = ["index", "model", "dataset"] as const;
export type IndexKind = (typeof indexKinds)[number];

/** Where an entry leads: path of a text, id on its page ("" for its beginning). */
const PlaceSchema = v.tuple([v.string(), v.string()]);

const entryFields = {
  name: v.string(),
  /** Id of the entry on the page of the index. */
  id: v.string(),
  /** Marked by the author. The entry is shown if one of them, or a text that says "see", is public. */
  marked: v.array(PlaceSchema),
  /** How many of these, the first ones, are main places. */
  mains: v.optional(v.number()),
  /** Texts that only name it: the first place in each. */
  named: v.optional(v.array(PlaceSchema)),
  /** Id and name of another entry that the reader is sent to, and the path of the text that says so. */
  see: v.optional(v.tuple([v.string(), v.string(), v.string()])),
} as const;

const IndexEntrySchema = v.object({
  ...entryFields,
  kind: v.picklist(indexKinds),
  /** The heading above it; "" for entries that begin with a number or a sign. */
  letter: v.string(),
  sub: v.optional(v.array(v.object(entryFields))),
});

const IndexObjectSchema = v.object({
  kind: v.literal("index"),
  /** By kind, then in the order of the language; undefined if that would be too much for one page. */
  entries: v.optional(v.array(IndexEntrySchema)),
});

const QuestionSchema = v.object({
  /** A hash of its words: see src/publish/markdown/question-id.ts. */
  id: v.string(),
  /** HTML. Links to chapters are `<a class="chapter" href="/book/slug">`. */
  asked: v.string(),
  answered: v.string(),
});

const RecallObjectSchema = v.object({
  kind: v.literal("recall"),
  /** In the order of the library; undefined if that would be too much for one page. */
  books: v.optional(
    v.array(
      v.object({
        slug: v.string(),
        /** In reading order, those with questions. */
        texts: v.array(v.object({ path: v.string(), questions: v.array(QuestionSchema) })),
      }),
    ),
  ),
});

/** The questions of a book as notes for Anki. */
const DeckObjectSchema = v.object({
  kind: v.literal("deck"),
  /** `rows`: lines of the file, with absolute links that begin with `originMark`. */
  texts: v.array(v.object({ path: v.string(), rows: v.string() })),
});

/** A map of texts, drawn: what builds on what. Lengths are in columns, of which a text takes one, and rows. */
const DrawingSchema = v.object({
  columns: v.number(),
  rows: v.number(),
  /** Path of a text, the middle of its place in columns, and its row, from 0. */
  places: v.array(v.tuple([v.string(), v.number(), v.number()])),
  /** From a text to one that builds on it, as numbers in `places`; where the line passes each row, both included. */
  lines: v.array(v.tuple([v.number(), v.number(), v.array(v.number())])),
});

const MapObjectSchema = v.object({
  kind: v.literal("map"),
  /** The drawings of the map at each of the latest times when a text becomes public, and at last with the drafts. */
  states: v.array(v.array(DrawingSchema)),
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

const ObjectSchema = v.variant("kind", [
  FrontObjectSchema,
  FeedObjectSchema,
  NotationObjectSchema,
  IndexObjectSchema,
  RecallObjectSchema,
  DeckObjectSchema,
  MapObjectSchema,
  MailObjectSchema,
]);

/**
 * Placeholder for the origin, before every path in what is read outside the site. It contains a NUL, so an author's text
 * cannot contain it (`SourceFile` rejects NULs).
 */
export const originMark = "\0origin\0";

export type LibraryObject = v.InferOutput<typeof ObjectSchema>;
export type FrontObject = v.InferOutput<typeof FrontObjectSchema>;
export type FeedObject = v.InferOutput<typeof FeedObjectSchema>;
export type NotationObject = v.InferOutput<typeof NotationObjectSchema>;
export type NotedSymbol = v.InferOutput<typeof NotedSymbolSchema>;
export type IndexObject = v.InferOutput<typeof IndexObjectSchema>;
export type IndexEntry = v.InferOutput<typeof IndexEntrySchema>;
export type IndexPlace = v.InferOutput<typeof PlaceSchema>;
export type CompiledQuestion = v.InferOutput<typeof QuestionSchema>;
export type RecallObject = v.InferOutput<typeof RecallObjectSchema>;
export type DeckObject = v.InferOutput<typeof DeckObjectSchema>;
export type MapObject = v.InferOutput<typeof MapObjectSchema>;
export type Drawing = v.InferOutput<typeof DrawingSchema>;
export type MailObject = v.InferOutput<typeof MailObjectSchema>;

/** Parses an object. Throws on anything else: with a matching hash, that is a bug of the compiler. */
export const parseObject = (bytes: Uint8Array): LibraryObject =>
  v.parse(ObjectSchema, JSON.parse(new TextDecoder().decode(bytes)));
