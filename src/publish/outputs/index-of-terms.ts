/** Builds the index of the library and of each book. The Worker leaves out the texts that are not public yet. */
import { numberedChapters } from "../../library/numbered-chapters.ts";
import type { IndexEntry } from "../../library/objects.ts";
import { indexEntries } from "../terms/index-entries.ts";
import { jsonObject, type Output } from "./output.ts";

/** A larger index of the whole library has one page per book only: one page of about 600 KB. */
const maxLibraryBytes = 400_000;

export const indexOfTerms: Output = {
  name: "index",
  build({ outline, books, textAt }) {
    const { language } = outline.library.data;
    const texts = numberedChapters(books).map(({ book, path }) => ({ book, path, index: textAt(path).index }));
    const entries = indexEntries(texts, language);
    if (entries.length === 0) return { objects: [], entries: {} };
    const whole = indexObject(entries);
    const library = whole.size > maxLibraryBytes ? indexObject(undefined) : whole;
    const ofBooks = books.flatMap(({ slug }) => {
      const own = entriesIn(entries, new Set(texts.filter(({ book }) => book.slug === slug).map(({ path }) => path)));
      return own.length === 0 ? [] : [{ slug, object: indexObject(own) }];
    });
    return {
      objects: [library, ...ofBooks.map(({ object }) => object)],
      entries: {
        library: { index: library.hash },
        books: new Map(ofBooks.map(({ slug, object }) => [slug, { index: object.hash }])),
      },
    };
  },
};

const indexObject = (entries: IndexEntry[] | undefined) => jsonObject({ kind: "index", ...(entries && { entries }) });

/** Entries with a place in these texts, with all their places: an entry is shown as soon as one that is marked is public. */
const entriesIn = (entries: readonly IndexEntry[], paths: ReadonlySet<string>): IndexEntry[] =>
  entries.filter((entry) => [entry, ...(entry.sub ?? [])].some((level) => isIn(level, paths)));

const isIn = ({ marked, named = [], see }: Omit<IndexEntry, "kind" | "letter">, paths: ReadonlySet<string>): boolean =>
  [...marked, ...named].some(([path]) => paths.has(path)) || (see !== undefined && paths.has(see[2]));
