/** Defines the fields of the author's files, and for each the advice that is shown when it is invalid. */
import * as v from "valibot";
import { clothNames } from "../../library/cloths.ts";

export const text = v.pipe(v.string("must be text"), v.trim(), v.nonEmpty("is empty"));
export const slug = v.pipe(
  v.string("must be a slug"),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens"),
);
/** A slug, or `book/slug`. */
const identity = v.pipe(
  v.string("must be a slug, or `book/slug`"),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)?$/, "must be a slug, or `book/slug`"),
);
const list = <Item extends v.GenericSchema>(item: Item) => v.optional(v.array(item, "must be a list"), []);

/** A day (midnight UTC) or a date and time with its offset; parsed into an instant. */
const instant = v.pipe(
  v.string("must be a date"),
  v.check((written) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(written), "is not a date"),
  v.check((written) => isRealDate(written), "is not a calendar date"),
  v.transform((written) => new Date(written.length === 10 ? `${written}T00:00:00Z` : written).toISOString()),
);

/** What changed in a published text. */
const change = v.strictObject({
  date: instant,
  text,
  correction: v.optional(v.boolean("must be true or false"), false),
});

const symbol = v.strictObject({ tex: text, meaning: text, shape: v.optional(text) });

const language = v.pipe(
  v.string("must be text"),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "is not a language tag"),
  v.check((tag) => isLanguageTag(tag), "is not a language tag"),
);

/** Fields that chapters and overviews share. */
const textFields = {
  excerpt: v.optional(text),
  published: v.optional(instant),
  updated: v.optional(instant),
  /** An empty list says that there is nothing to declare: see wording-changes.ts. */
  changes: v.optional(v.array(change, "must be a list")),
  authors: v.optional(v.pipe(v.array(text, "must be a list of names"), v.minLength(1, "is an empty list"))),
  /** The same, for one author. */
  author: v.optional(text),
  needs: list(text),
  symbols: list(symbol),
  references: list(text),
  /** The formula in the image beside links: see share/main-formula.ts. */
  share: v.optional(text),
  id: v.optional(identity),
  redirect_from: list(text),
  /** Default of a chapter: the book's; of a book: the library's. */
  language: v.optional(language),
};

export const chapterSchema = v.strictObject({
  title: text,
  ...textFields,
  excerpt: text,
  hidden_until_published: v.optional(v.boolean("must be true or false"), false),
});

const contentsAdvice = "has an entry that is neither a slug nor `slug: Title`";

/** An entry of the table of contents: the slug of a chapter, or slug and title of a planned one. */
const contentsEntry = v.union(
  [
    slug,
    v.pipe(
      v.record(slug, text),
      v.check((entry) => Object.keys(entry).length === 1, contentsAdvice),
    ),
  ],
  contentsAdvice,
);

/** Whether theorems, definitions and other numbered boxes of a text share one series of numbers. */
const boxNumbers = v.optional(v.picklist(["per-kind", "shared"], "must be `per-kind` or `shared`"));

const httpsUrl = v.optional(v.pipe(v.string("must be text"), v.regex(/^https:\/\/\S+$/, "is not an https URL")));

export const bookSchema = v.strictObject({
  title: text,
  short_title: v.optional(text),
  blurb: text,
  order: v.number("must be a number"),
  /** Default: one that no earlier book has (assign-cloths.ts). */
  cloth: v.optional(v.picklist(clothNames, "is not a known cloth")),
  chapters: list(contentsEntry),
  /** Default: the library's. */
  box_numbers: boxNumbers,
  /** Default: the library's. */
  license: httpsUrl,
  ...textFields,
});

export const librarySchema = v.strictObject({
  title: text,
  tagline: text,
  /** One of the two is required: see `readContent`. */
  authors: textFields.authors,
  author: textFields.author,
  language: v.optional(language, "en"),
  box_numbers: boxNumbers,
  // RFC 4151, section 2.1: a domain that the author owns, and a year, month or day on which they owned it.
  feed_tag: v.optional(
    v.pipe(
      v.string("must be text"),
      v.regex(
        /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+,\d{4}(-\d\d(-\d\d)?)?$/,
        "is not a domain and a date",
      ),
    ),
  ),
  /** Every feed names it (https://www.w3.org/TR/websub/). */
  hub: httpsUrl,
  license: httpsUrl,
  ai_crawlers: v.optional(
    v.picklist(["allow", "no-training", "disallow"], "must be `allow`, `no-training` or `disallow`"),
    "allow",
  ),
});

const year = v.pipe(v.number("must be a year"), v.integer("must be a year"), v.minValue(1500, "is not a year"));

export const referenceSchema = v.strictObject({
  authors: v.pipe(v.array(text, "must be a list of names"), v.minLength(1, "is an empty list")),
  title: text,
  venue: v.optional(text),
  volume: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
  year,
  preprint: v.optional(year),
  arxiv: v.optional(v.pipe(v.string("must be text"), v.regex(/^\d{4}\.\d{4,5}$/, "is not an arXiv id"))),
  doi: v.optional(v.pipe(v.string("must be text"), v.regex(/^10\.\d{4,}\/\S+$/, "is not a DOI"))),
  url: httpsUrl,
});

export const referencesSchema = v.record(
  v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]*$/, "must be letters and digits, like `Su21`")),
  referenceSchema,
);

export type ChapterFields = v.InferOutput<typeof chapterSchema>;
export type BookFields = v.InferOutput<typeof bookSchema>;
export type LibraryFields = v.InferOutput<typeof librarySchema>;
export type Work = v.InferOutput<typeof referenceSchema>;

const textAdvice = {
  excerpt: "One or two sentences that make a reader want to continue.",
  published:
    "Write a date, `2026-11-24`, or a time with its offset, `2026-11-24T09:00:00+01:00`; leave it out for a draft.",
  updated:
    "Write the date of the last change that readers should know about, `2026-11-24`; leave it out for small changes.",
  changes:
    "Write each change as `- date: 2026-12-03`, `text: …` and, if it corrects an error, `correction: true`; `changes: []` if there is nothing to declare.",
  "changes.date": "The day of the change, or a time with its offset.",
  "changes.text": "One or two sentences, with $maths$ and links.",
  "changes.correction": "`true` if the text was wrong before.",
  authors: "Write `authors: [Ada Lovelace]`, or leave it out for the library's authors.",
  needs: "Write `needs: [self-attention]`: slugs of this book, `book/slug` of another, or a book.",
  symbols: "Write each symbol as `- tex: d_k`, `meaning: …` and, if you like, `shape: …`.",
  "symbols.tex": "The symbol in TeX, without dollar signs.",
  "symbols.meaning": "Its meaning in a few words.",
  "symbols.shape": "Its shape in TeX, without dollar signs.",
  references: "Write `references: [Su21, Press22]`: keys of content/references.yaml.",
  share: "Write the label of an equation, or TeX without dollar signs; leave it out for the first numbered equation.",
  id: "Where the chapter was first published, `book/slug`, if it has moved; if only its file was renamed, the first slug is enough.",
  redirect_from: "Write `redirect_from: [old-slug]`, or full old paths that start with `/`.",
  language: "A language tag, such as `ar`; leave it out to use the language of the book or library.",
  author: "Write `author: Ada Lovelace`, or an id of content/authors.yaml; for several, `authors: [ada, alan]`.",
};

const boxNumbersAdvice =
  "Write `box_numbers: shared` for Definition 1, Theorem 2, Lemma 3; leave it out for separate numbers.";

const licenseAdvice = "Write the URL of a licence, such as `https://creativecommons.org/licenses/by/4.0/`.";

export const chapterAdvice: Readonly<Record<string, string>> = {
  title: "Write `title: …`, between single quotes if it contains a colon.",
  ...textAdvice,
  hidden_until_published:
    "Write `hidden_until_published: true` to keep the title out of the table of contents until the chapter is published, or leave it out.",
};

export const bookAdvice: Readonly<Record<string, string>> = {
  title: "Write `title: …`, between single quotes if it contains a colon.",
  short_title: "The title shown in lists and on the cover: two or three words.",
  blurb: "One or two sentences for the home page.",
  order: "The book's position on the home page: 1, 2, 3 …",
  cloth: `One of ${clothNames.map((name) => `\`${name}\``).join(", ")}; leave it out to get one that no older book has.`,
  chapters: 'One entry per line: `- self-attention` for an existing chapter, `- alibi: "ALiBi"` for a planned one.',
  box_numbers: boxNumbersAdvice,
  license: licenseAdvice,
  ...textAdvice,
};

export const libraryAdvice: Readonly<Record<string, string>> = {
  title: "Write `title: …`, the name of the library.",
  tagline: "One sentence below the title.",
  authors: "Write `authors: [Ada Lovelace, Alan Turing]`.",
  language: "A language tag, such as `en`.",
  author: "Write `author: Ada Lovelace`, or an id of content/authors.yaml; for several, `authors: [ada, alan]`.",
  box_numbers: boxNumbersAdvice,
  feed_tag:
    "Write a domain you own and a date on which you owned it, `example.org,2026-11-24`, before the first deploy, and never change it.",
  license: licenseAdvice,
  ai_crawlers:
    "Write `ai_crawlers: no-training` to ask for no training on your texts, or `disallow` to keep out assistants too.",
  hub: "Write the URL of a WebSub hub, such as `https://pubsubhubbub.appspot.com/`.",
};

const address = "Delete this line: the name of the file is the URL; old URLs go into `redirect_from`.";
const unsorted = "Delete this line: a book and its table of contents put a text in its place.";

/** Removed fields, and fields of other tools, with what replaces them. */
export const foreignFields: ReadonlyMap<string, string> = new Map([
  ["draft", "Delete this line: a text without `published` is a draft."],
  ["date", "Write `published: 2026-11-24`; without it, the text is a draft."],
  ["pubDate", "Write `published: 2026-11-24`; without it, the text is a draft."],
  ["publishDate", "Write `published: 2026-11-24`; without it, the text is a draft."],
  ["lastmod", "Write `updated: 2026-12-03`."],
  ["description", "Write `excerpt: …`."],
  ["summary", "Write `excerpt: …`."],
  ["abstract", "Write `excerpt: …`."],
  ["slug", address],
  ["permalink", address],
  ["url", address],
  ["aliases", "Write `redirect_from: [/old/path]`."],
  ["lang", "Write `language: …`."],
  ["bibliography", "Delete this line: works are in content/references.yaml, references.bib or references.json."],
  ["weight", "Delete this line: `chapters` in book.md decides the order."],
  ["layout", "Delete this line: all texts have the same layout."],
  ["tags", unsorted],
  ["categories", unsorted],
  ["keywords", unsorted],
  ["math", "Delete this line: formulas are always typeset."],
  ["mathjax", "Delete this line: formulas are always typeset."],
  ["katex", "Delete this line: formulas are always typeset."],
  ["toc", "Delete this line: each page has a table of contents."],
  ["format", "Delete this line: each text becomes a page, a feed entry and an email."],
  ["cover", "Delete this line: a book's cover is what its file `cover.ts` draws, and without that file a rosette."],
]);

/** `*` matches the key of any work. */
export const referenceAdvice: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(referenceSchema.entries).map((field) => [`*.${field}`, ""]),
);

/** `en-a` has the form of a tag, but Intl throws for it. */
function isLanguageTag(written: string): boolean {
  try {
    return Intl.getCanonicalLocales(written).length === 1;
  } catch {
    return false;
  }
}

/** `2026-02-30` has the form of a date, and JavaScript silently reads it as 2 March. */
function isRealDate(written: string): boolean {
  const time = Date.parse(written.length === 10 ? `${written}T00:00:00Z` : written);
  const day = new Date(`${written.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(time) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written.slice(0, 10));
}
