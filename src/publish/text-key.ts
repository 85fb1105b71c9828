/**
 * Builds the cache key of a text from what the text itself uses of its library, so that a new chapter, work or macro
 * leaves the other texts as they are. What it looks up while it is compiled is not part of the key: see text/lookups.ts.
 */
import { namedLanguage } from "../library/language.ts";
import { modulesKey } from "./assets/library-modules.ts";
import { splitAtContents } from "./contents-list.ts";
import { type Entry, type Surroundings, sharesBoxNumbers } from "./library-texts.ts";
import { sha256 } from "./object-store.ts";
import type { Macros } from "./source/read-macros.ts";
import type { Works } from "./source/references/read-works.ts";

/** Changes whenever the compiled text could change, as long as its lookups have the same answers. */
export function textKey(entry: Entry, { outline, modules, inFeed }: Surroundings): string {
  const { book, slug, source, path } = entry;
  const { data } = outline.library;
  const { macros } = book ?? outline;
  return sha256(
    JSON.stringify([
      path,
      source.file.path,
      splitAtContents(entry).around,
      namedLanguage(data, book?.overview.data, source.data),
      data.language,
      book?.cloth,
      book && slug === "" ? modules.covers.get(book.slug) : "",
      inFeed.has(path),
      sharesBoxNumbers(outline, book),
      macrosIn(source, macros),
      worksOf(source.data.references, outline),
      modulesKey(modules, source.file),
    ]),
  );
}

/** The macros whose names occur in a text, and those that these use themselves. */
function macrosIn({ file, data: { symbols, changes } }: Entry["source"], macros: Macros) {
  const used = new Map<string, string>();
  const search = (tex: string): void => {
    for (const [name, macro] of macros) {
      if (used.has(name) || !tex.includes(name)) continue;
      used.set(name, macro.tex);
      search(macro.tex);
    }
  };
  search(file.text);
  // YAML has escapes of its own.
  search(JSON.stringify([symbols, changes]));
  return [...used];
}

/** A problem of an unknown work names all known ones, so the key then covers all of them. */
function worksOf(cited: readonly string[], { works, workFiles }: Works) {
  return cited.every((key) => works.has(key))
    ? cited.map((key) => works.get(key))
    : [cited, [...works.keys()], workFiles];
}
