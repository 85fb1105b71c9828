/** Builds every output into the store and the manifest, and rejects objects that the manifest does not name. */
import { type LibraryEntries, type Manifest, objectFiles } from "../../library/manifest.ts";
import type { ObjectStore } from "../object-store.ts";
import { EntriesByOwner } from "./entries-by-owner.ts";
import type { CompiledTexts, DescribedBook, Output } from "./output.ts";

/** The manifest without the entries of outputs, and without the assets. */
export type DescribedLibrary = Omit<Manifest, keyof LibraryEntries | "books" | "assets"> & {
  readonly books: readonly DescribedBook[];
};

type CompiledManifest = Omit<Manifest, "assets">;

/** Throws if an output is inconsistent: a bug, not a mistake of the author's. */
export async function buildOutputs(
  outputs: readonly Output[],
  described: DescribedLibrary,
  texts: CompiledTexts,
  store: ObjectStore,
): Promise<CompiledManifest> {
  const entries = new EntriesByOwner(described.books.map(({ slug }) => slug));
  const stored: { readonly output: string; readonly file: string }[] = [];
  // Sequential, so that only one output's objects are in memory.
  for (const { name, build } of outputs) {
    const built = await build(texts);
    entries.add(name, built);
    for (const { hash, size, bytes, extension } of built.objects) {
      const isStored = store.has(`${hash}.${extension}`, size);
      stored.push({ output: name, file: `${isStored ? hash : store.put(bytes(), extension)}.${extension}` });
    }
  }
  const manifest = {
    ...described,
    books: described.books.map((book) => ({ ...book, ...entries.ofBook(book.slug) })),
    ...entries.ofLibrary(),
  };
  checkObjects(manifest, stored);
  return manifest;
}

/** Rollback, backup and `sweep` find objects with `objectFiles`: an object that it misses would be deleted. */
function checkObjects(manifest: CompiledManifest, stored: readonly { output: string; file: string }[]): void {
  const found = objectFiles(manifest);
  for (const { output, file } of stored) {
    if (!found.has(file))
      throw new Error(`The output "${output}" makes ${file}, but no entry of the manifest names that object.`);
  }
}
