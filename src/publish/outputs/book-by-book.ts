/** Builds an output of which each book has an object, and the library one with all of them. */
import type { BookEntries, LibraryEntries } from "../../library/manifest.ts";
import type { BuiltOutput, OutputObject } from "./output.ts";

/** A larger library has one page per book only: the Worker parses the object for each page. */
const maxLibraryBytes = 1_500_000;

interface BookByBook<OfBook> {
  /** Of the objects in the manifest. */
  readonly entry: keyof LibraryEntries & keyof BookEntries;
  /** The books that have anything, in the order of the library. */
  readonly books: readonly (OfBook & { readonly slug: string })[];
  /** Undefined: those of the library are too large for one object. */
  readonly objectOf: (books: (OfBook & { readonly slug: string })[] | undefined) => OutputObject;
}

export function bookByBook<OfBook>({ entry, books, objectOf }: BookByBook<OfBook>): BuiltOutput {
  if (books.length === 0) return { objects: [], entries: {} };
  const ofBooks = books.map((book) => ({ slug: book.slug, object: objectOf([book]) }));
  const bytes = ofBooks.reduce((sum, { object }) => sum + object.size, 0);
  const library = objectOf(bytes > maxLibraryBytes ? undefined : [...books]);
  return {
    objects: [library, ...ofBooks.map(({ object }) => object)],
    entries: {
      library: { [entry]: library.hash },
      books: new Map(ofBooks.map(({ slug, object }) => [slug, { [entry]: object.hash }])),
    },
  };
}
