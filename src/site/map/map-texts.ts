/** Selects the texts of a map, and the drawing that has exactly these texts. */
import type { Catalogue, CatalogueEntry } from "../../library/catalogue.ts";
import type { Book } from "../../library/manifest.ts";
import type { Drawing, MapObject } from "../../library/objects.ts";
import { publicNeeds, withNeeded } from "../../library/prerequisites.ts";

/** In reading order. On the map of a book, also the texts of other books that it builds on. */
export function textsOnMap(catalogue: Catalogue, book: Book | undefined): CatalogueEntry[] {
  const entries = [...catalogue.byPath.values()];
  if (book === undefined) return entries;
  const own = entries.filter((entry) => entry.book === book).map(({ path }) => path);
  const shown = withNeeded(publicNeeds(catalogue), own);
  return entries.filter(({ path }) => shown.has(path));
}

/** Undefined if none of the drawings has these texts and no other: one was published or hidden since, for example. */
export function drawingsOf(
  { states }: MapObject,
  texts: readonly Pick<CatalogueEntry, "path">[],
): readonly Drawing[] | undefined {
  const paths = new Set(texts.map(({ path }) => path));
  return states.findLast((drawings) => {
    const places = drawings.flatMap((drawing) => drawing.places);
    return places.length === paths.size && places.every(([path]) => paths.has(path));
  });
}
