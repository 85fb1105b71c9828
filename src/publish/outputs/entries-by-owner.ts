/**
 * Collects the manifest entries of all outputs, for the library and each book, and checks that each is made exactly
 * once.
 */
import { type BookEntries, type LibraryEntries, outputEntries } from "../../library/manifest.ts";
import type { BuiltOutput } from "./output.ts";

const library = "the library";

export class EntriesByOwner {
  /** Owner -> entries. The owner is a book's slug or `library`, whose space no slug has. */
  readonly #entries: ReadonlyMap<string, Map<string, string | readonly string[]>>;

  constructor(books: readonly string[]) {
    this.#entries = new Map([library, ...books].map((owner) => [owner, new Map()]));
  }

  add(output: string, { objects, entries }: BuiltOutput): void {
    const made = new Set(objects.map(({ hash }) => hash));
    const owners: [string, object][] = [[library, entries.library ?? {}], ...(entries.books ?? [])];
    for (const [owner, named] of owners) {
      const known = this.#entries.get(owner);
      if (!known) throw new Error(`The output "${output}" makes an entry for "${owner}", which is not a book.`);
      for (const [name, value] of Object.entries(named) as [string, string | readonly string[]][]) {
        if (known.has(name)) throw new Error(`The output "${output}" makes the entry "${name}" of ${owner} again.`);
        const lost = [value].flat().find((hash) => !made.has(hash));
        if (lost !== undefined)
          throw new Error(
            `The output "${output}" names ${lost} in the entry "${name}", but does not make that object.`,
          );
        known.set(name, value);
      }
    }
  }

  ofLibrary = (): LibraryEntries => this.#complete(library, outputEntries.library) as LibraryEntries;

  ofBook = (slug: string): BookEntries => this.#complete(slug, outputEntries.book) as BookEntries;

  #complete(owner: string, names: readonly string[]): object {
    const entries = this.#entries.get(owner) ?? new Map<string, string | readonly string[]>();
    const missing = names.find((name) => !entries.has(name));
    if (missing !== undefined) throw new Error(`No output makes the entry "${missing}" of ${owner}.`);
    return Object.fromEntries(entries);
  }
}
