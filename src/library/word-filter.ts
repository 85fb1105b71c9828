/** Decides which entries of a list match what a reader typed. */
import { withoutMarks } from "./fold-letters.ts";

/** Longer queries are cut. */
export const maxFilterLength = 100;

/**
 * Every word must occur in the entry. A single letter must begin a word of its name, so that `d` finds few symbols; as a
 * capital it finds capitals only.
 */
export function createWordFilter(query: string): (name: string, text: string) => boolean {
  const words = query.slice(0, maxFilterLength).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const single = words.filter(isSingle).map((letter) => ({ letter, isCapital: letter !== letter.toLowerCase() }));
  const longer = words.filter((word) => !isSingle(word)).map(fold);
  return (name, text) => {
    const folded = longer.length > 0 ? fold(text) : "";
    if (!longer.every((word) => folded.includes(word))) return false;
    if (single.length === 0) return true;
    const names = wordsOf(name);
    return single.every(({ letter, isCapital }) =>
      names.some((word) => word.startsWith(letter) || (!isCapital && word.toLowerCase().startsWith(letter))),
    );
  };
}

/** Letters of scripts without capitals are often words. */
const isSingle = (word: string): boolean =>
  [...word].length === 1 && (word.toLowerCase() !== word.toUpperCase() || /\d/.test(word));

/** TeX's commands are not words. Mathematical letters are plain ones. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/\\[A-Za-z]+/g, " ")
    .normalize("NFKC")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const fold = (text: string): string => withoutMarks(text).toLowerCase();

/** The words of HTML, for the filter. */
export const textOfHtml = (html: string): string => html.replace(/<[^>]*>/g, " ");
