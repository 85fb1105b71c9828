/** Finds the names of models and datasets in texts, so that authors mark each only once. */
import type { Passage } from "../text/collect-index.ts";

/**
 * Returns, for each name, the first passage that has it. Capitals count. A name is a word: not a part of a longer one,
 * of a compound that ends with it (`mT5`, `Sentence-BERT`), or of a longer name (`GPT` in `GPT-2`).
 */
export function createNameFinder(names: readonly string[]): (passages: readonly Passage[]) => Map<string, Passage> {
  if (names.length === 0) return () => new Map();
  // The longest one first, because the first alternative that matches wins.
  const written = names.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).map(asPattern);
  const form = new RegExp(`(?:${written.join("|")})`, "gu");
  const known = new Map(names.map((name) => [plain(name), name]));
  return (passages) => {
    const found = new Map<string, Passage>();
    for (const passage of passages) {
      for (const [match] of passage.text.matchAll(form)) {
        const name = known.get(plain(match)) ?? known.get(plain(match).replace(/s$/, ""));
        if (name !== undefined && !found.has(name)) found.set(name, passage);
      }
    }
    return found;
  };
}

/** Kinds of hyphens and spaces are the same. */
const plain = (name: string): string => name.replace(/[‐‑–]/g, "-").replace(/[\s\u00a0]+/g, " ");

function asPattern(name: string): string {
  const escaped = plain(name)
    .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
    .replace(/-/g, "[-‐‑–]")
    .replace(/ /g, "[\\s\\u00a0]+");
  // Scripts without capitals have no spaces between words, or inflect them: such a name is found anywhere.
  const isWord = (sign: string | undefined) => sign !== undefined && /[\p{Lu}\p{Ll}\p{N}]/u.test(sign);
  const characters = [...name];
  const before = isWord(characters[0]) ? "(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-‐‑])" : "";
  // `GATs`: the plural of a name that ends with a capital or a digit.
  const plural = /[\p{Lu}\p{N}]$/u.test(name) ? "s?" : "";
  const after = isWord(characters.at(-1)) ? "(?![\\p{L}\\p{N}])" : "";
  return `${before}${escaped}${plural}${after}`;
}
