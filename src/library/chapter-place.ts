/** What the place of a chapter, `book/slug`, says: its path, its file, and whether it is an overview (`tea/tea`). */

export function isOverviewPlace(place: string): boolean {
  const [book, slug] = place.split("/");
  return book === slug;
}

const bookOf = (place: string): string => place.slice(0, place.indexOf("/"));

/** Below `content/`: `tea/cooling.md`, and `tea/book.md` of an overview. */
export const fileOfPlace = (place: string): string =>
  isOverviewPlace(place) ? `${bookOf(place)}/book.md` : `${place}.md`;
