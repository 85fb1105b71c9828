/** Assigns a cloth to each book that names none. */
import { type ClothName, clothNames } from "../../library/cloths.ts";
import { compareText } from "./problem.ts";

/** That of a library's only book. */
export const defaultCloth: ClothName = "slate";

interface ClothedBook {
  readonly slug: string;
  readonly cloth?: ClothName | undefined;
  readonly published?: string | undefined;
}

/**
 * By slug. Books are clothed in the order of their publication, so a new book never changes the cloth of an older one;
 * each gets the cloth that the fewest before it have.
 */
export function assignCloths(books: readonly ClothedBook[]): ReadonlyMap<string, ClothName> {
  const uses = new Map([defaultCloth, ...clothNames].map((name) => [name, 0]));
  const bySlug = books.toSorted((a, b) => compareText(a.slug, b.slug));
  const dated = bySlug.flatMap((book) =>
    book.published === undefined ? [] : [{ ...book, published: book.published }],
  );
  const drafts = bySlug.filter(({ published }) => published === undefined);
  const inOrder = [...dated.toSorted((a, b) => compareText(a.published, b.published)), ...drafts];
  return new Map(
    inOrder.map(({ slug, cloth }) => {
      const least = Math.min(...uses.values());
      const chosen = cloth ?? [...uses.keys()].find((name) => uses.get(name) === least) ?? defaultCloth;
      uses.set(chosen, (uses.get(chosen) ?? 0) + 1);
      return [slug, chosen];
    }),
  );
}
