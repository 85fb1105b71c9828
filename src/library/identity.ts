/**
 * Derives the names of a chapter from the manifest. Its permanent identity has the form `book/slug`, where the chapter was
 * first published, and stays the same wherever it moves and however it is renamed: deliveries, statistics and feeds know
 * it by nothing else.
 * The manifest alone has only candidates: the front matter's `id`, the chapter's place, and the places that redirect to
 * it. The database decides between them (identify.ts), because only it has the history.
 */
import { href } from "../routes.ts";
import type { Book, Manifest } from "./manifest.ts";

export interface Names {
  /** The identity, if no record says otherwise. */
  readonly guess: string;
  /** Every name it may be recorded under, the most reliable first. */
  readonly all: readonly string[];
  /** `book/slug` of its current place. */
  readonly place: string;
  /** The front matter has the whole identity, so there is nothing to decide. */
  readonly isCertain: boolean;
}

/** The part of a manifest that names depend on; the compiler has it before it has a manifest. */
export interface NamedLibrary {
  readonly books: readonly {
    readonly slug: string;
    readonly overview: { readonly id: string };
    /** Planned chapters have no `object`. */
    readonly contents: readonly (NamedChapter | { readonly slug: string })[];
  }[];
  readonly redirects: Readonly<Record<string, string>>;
}
interface NamedChapter {
  readonly id: string;
  readonly slug: string;
  readonly object: string;
}
const isNamed = (entry: NamedChapter | { readonly slug: string }): entry is NamedChapter => "object" in entry;

/** Path of a chapter or overview -> its names. */
export function namesByPath(manifest: NamedLibrary): ReadonlyMap<string, Names> {
  if (manifest.books.length === 0) return new Map();
  const formerPaths = new Map<string, string[]>();
  for (const [old, present] of Object.entries(manifest.redirects)) {
    formerPaths.set(present, [...(formerPaths.get(present) ?? []), old]);
  }
  const isBook = (slug: string) =>
    manifest.books.some((book) => book.slug === slug) || manifest.redirects[`/${slug}`] !== undefined;
  return new Map(
    manifest.books.flatMap((book) => [
      [href.book(book.slug), overviewNames(book, formerPaths.get(href.book(book.slug)) ?? [])] as const,
      ...book.contents.filter(isNamed).map((chapter) => {
        const path = href.chapter(book.slug, chapter.slug);
        return [path, chapterNames(book.slug, chapter, formerPaths.get(path) ?? [], isBook)] as const;
      }),
    ]),
  );
}

/** An `id` with a slash is the whole identity; one without is only the slug. */
const isWhole = (id: string): boolean => id.includes("/");

/** A redirect from a book of this library shows where the chapter was; others come from elsewhere, such as a former blog. */
function chapterNames(
  book: string,
  { id, slug }: NamedChapter,
  former: readonly string[],
  isBook: (slug: string) => boolean,
): Names {
  const place = `${book}/${slug}`;
  if (isWhole(id)) return { guess: id, all: [id], place, isCertain: true };
  const own = `${book}/${id}`;
  const places = former.flatMap((path) => (/^\/[^/]+\/[^/]+$/.test(path) ? [path.slice(1)] : []));
  const elsewhere = places.filter((name) => !name.startsWith(`${book}/`) && isBook(bookPart(name)));
  // A chapter with its own `id` was renamed before it moved, so its former book had it under that id.
  const renamed = id === slug ? [] : elsewhere.map((name) => `${bookPart(name)}/${id}`);
  return {
    guess: renamed[0] ?? elsewhere[0] ?? own,
    all: unique([own, place, ...renamed, ...places, ...former.map((path) => path.slice(1))]),
    place,
    isCertain: false,
  };
}

/** An overview has the slug of its book: `tea/tea`. */
function overviewNames({ slug, overview: { id } }: NamedLibrary["books"][number], former: readonly string[]): Names {
  const place = `${slug}/${slug}`;
  if (isWhole(id)) return { guess: id, all: [id], place, isCertain: true };
  const books = formerSlugs(former);
  const renamed = books.map((name) => `${name}/${name}`);
  return {
    guess: renamed[0] ?? `${slug}/${id}`,
    all: unique([`${slug}/${id}`, place, ...renamed, `${id}/${id}`, ...former.map((path) => path.slice(1))]),
    place,
    isCertain: false,
  };
}

const bookPart = (name: string): string => name.slice(0, name.indexOf("/"));
const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** `/tea` -> `tea` */
const formerSlugs = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => (/^\/[^/]+$/.test(path) ? [path.slice(1)] : []));

/**
 * The slugs under which subscribers may have chosen a book: its own, and those of former books that redirect to it. A slug
 * that another book has now is not among them.
 */
export function slugsOfBook({ books, redirects }: Manifest, { slug }: Pick<Book, "slug">): readonly string[] {
  const former = Object.entries(redirects).flatMap(([old, present]) => (present === href.book(slug) ? [old] : []));
  return [slug, ...formerSlugs(former).filter((name) => !books.some((book) => book.slug === name))];
}

/** The manifest with whole identities (path -> identity) as the `id` of these chapters. */
export function withIdentities(manifest: Manifest, identities: ReadonlyMap<string, string>): Manifest {
  if (identities.size === 0) return manifest;
  const named = <Entry extends object>(path: string, entry: Entry): Entry => {
    const id = identities.get(path);
    return id === undefined ? entry : { ...entry, id };
  };
  return {
    ...manifest,
    books: manifest.books.map((book) => ({
      ...book,
      overview: named(href.book(book.slug), book.overview),
      contents: book.contents.map((entry) => named(href.chapter(book.slug, entry.slug), entry)),
    })),
  };
}
