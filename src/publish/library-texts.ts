/** Lists the texts of a library in compile order, and what each of them is compiled with. */
import type { Worded } from "../library/language.ts";
import { href } from "../routes.ts";
import type { LibraryModules } from "./assets/library-modules.ts";
import type { ChaptersOf, Slugs } from "./markdown/links.ts";
import { newestTexts } from "./outputs/feeds.ts";
import type { BookSource, Outline, TextSource } from "./source/read-content.ts";
import type { TextFields } from "./text/text-job.ts";

const anySlug: Slugs = { has: () => true, [Symbol.iterator]: () => [][Symbol.iterator]() };

export interface Entry {
  readonly book: BookSource | undefined;
  /** Empty for an overview and for the About page. */
  readonly slug: string;
  readonly source: TextSource<
    TextFields & Worded & { readonly title?: string; readonly published?: string | undefined }
  >;
  readonly path: string;
}

/** What a text is compiled with besides its own file. */
export interface Surroundings {
  readonly outline: Outline;
  readonly modules: LibraryModules;
  readonly chaptersOf: ChaptersOf;
  readonly inFeed: ReadonlySet<string>;
}

export function surroundingsOf(outline: Outline, entries: readonly Entry[], modules: LibraryModules): Surroundings {
  const chaptersOf = new Map<string, Slugs>(
    outline.books.map((book) => [book.slug, new Set(book.contents.map(({ slug }) => slug))]),
  );
  for (const slug of outline.unreadable) chaptersOf.set(slug, anySlug);
  return { outline, modules, chaptersOf, inFeed: newestPaths(entries) };
}

/** Whether the numbered boxes of a text share one series of numbers: by its book, or by the library. */
export const sharesBoxNumbers = ({ library }: Outline, book: BookSource | undefined): boolean =>
  (book?.overview.data.box_numbers ?? library.data.box_numbers) === "shared";

export function listEntries({ library, books }: Outline): Entry[] {
  const about: Entry = {
    book: undefined,
    slug: "",
    path: href.about(),
    source: { ...library, data: { symbols: [], references: [] } },
  };
  const texts = books.flatMap((book): Entry[] => [
    { book, slug: "", path: href.book(book.slug), source: book.overview },
    ...[...book.chapters].map(([slug, source]) => ({ book, slug, source, path: href.chapter(book.slug, slug) })),
  ]);
  return [about, ...texts];
}

/** Paths of the dated texts that a feed can contain: the newest of each book, including scheduled ones. */
function newestPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const dated = entries.flatMap(({ book, path, source }) => {
    const { published } = source.data;
    return published === undefined ? [] : [{ book: book?.slug, path, published }];
  });
  const byBook = Map.groupBy(dated, ({ book }) => book);
  return new Set([...byBook.values()].flatMap((texts) => newestTexts(texts).map(({ path }) => path)));
}
