/** Derives from a chapter's place, `book/slug`, its file and whether it is an overview (`tea/tea`). */

export function isOverviewPlace(place: string): boolean {
  const [book, slug] = place.split("/");
  return book === slug;
}

const bookOf = (place: string): string => place.slice(0, place.indexOf("/"));

/** `content/tea/cooling.md`; of an overview `content/tea/book.md`. */
export const fileOfPlace = (place: string): string =>
  isOverviewPlace(place) ? `content/${bookOf(place)}/book.md` : `content/${place}.md`;
