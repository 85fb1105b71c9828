/** Analyses text into index terms: folded letters, the parts of compounds, and for English also stems. */
import { stemmer } from "stemmer";
import { foldLetters, withoutMarks } from "../library/fold-letters.ts";
import { americanSpelling } from "./british-spelling.ts";

/** Plurals that Porter's algorithm gives another stem than their singular. */
const irregular: ReadonlyMap<string, string> = new Map([
  ["matrices", "matrix"],
  ["vertices", "vertex"],
  ["vertexes", "vertex"],
  ["indices", "index"],
  ["indexes", "index"],
  ["appendices", "appendix"],
  ["criteria", "criterion"],
  ["phenomena", "phenomenon"],
  ["analyses", "analysis"],
  ["hypotheses", "hypothesis"],
  ["bases", "basis"],
  ["axes", "axis"],
]);

const stopWords: ReadonlySet<string> = new Set(
  [
    "a an and are as at be but by can do does for from has have how if in into is it its not of on or so than that the",
    "their them then there these they this to vs versus was were what when where which who why will with you your",
  ]
    .join(" ")
    .split(" "),
);

export const isStopWord = (word: string): boolean => stopWords.has(word);

/** A folded word as it is in the index. */
export const termOf = (word: string, isEnglish: boolean): string =>
  isEnglish && /^[a-z]+$/.test(word) ? stemmer(americanSpelling(irregular.get(word) ?? word)) : word;

/** Folded words as they are written. */
export const wordsIn = (text: string): string[] => foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const compoundForm = /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
const camelForm = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** The terms of a text. Compounds give their parts and the whole: `flash attention`, `FlashAttention`, `flash-attention`. */
export const termsIn = (text: string, isEnglish: boolean): string[] =>
  compoundsIn(text).flatMap((compound) => termsOf(compound, isEnglish));

/** The words of a text, compounds as one. */
export const compoundsIn = (text: string): string[] => withoutMarks(text).match(compoundForm) ?? [];

/** The terms of a word or compound without marks. */
export function termsOf(compound: string, isEnglish: boolean): string[] {
  const joined = compound.split(/[-\u2010\u2011]/);
  const parts = joined.flatMap(partsOf);
  if (joined.length > 1) parts.push(joined.join(""));
  return parts.map((part) => termOf(foldLetters(part), isEnglish));
}

function partsOf(word: string): string[] {
  const humps = word.match(camelForm) ?? [word];
  return humps.length > 1 && humps.every((hump) => hump.length > 2) ? [...humps, word] : [word];
}
