/** Indexes one text: how much each of its terms says about it, by frequency (BM25) and place. Titles are added later. */
import { compoundsIn, termsOf } from "../../search/analyse-words.ts";
import { suggestableWords } from "../../search/find-terms.ts";
import { formulaTerms } from "../../search/formula-terms.ts";
import { formulaTerm, wordTerm } from "../../search/index-files.ts";
import type { SearchableText } from "../../search/search-document.ts";
import { createCache } from "../cache/memory-cache.ts";

/** What is kept of a text until all texts are known: strings, because a library may have thousands. */
export interface IndexedText {
  /** Hash of its search document. */
  readonly document: string;
  /** `term\timpact` per line. */
  readonly terms: string;
  /** Words that may be suggested, separated by spaces. */
  readonly words: string;
  /** The words in its formulas. */
  readonly formulaWords: readonly string[];
}

/** The parameters of BM25, with the usual length of a chapter in words. */
const bm25 = { saturation: 1.2, lengthWeight: 0.6, usualLength: 1100 } as const;
/** Impacts are bytes: of a term that is as frequent as can be, in title and heading, about 250. */
export const impactUnit = 40;
const headingImpact = 1.2 * impactUnit;
/** Of an excerpt, a slug or the meaning of a symbol. */
export const asideImpact = 0.8 * impactUnit;
const formulaImpact = { inline: 40, displayed: 60, numbered: 70 } as const;

export function indexText(text: SearchableText, isEnglish: boolean): Omit<IndexedText, "document"> {
  const impacts = new Map<string, number>([...wordImpacts(text, isEnglish), ...formulaImpacts(text)]);
  return {
    terms: [...impacts].map(([term, impact]) => `${term}\t${Math.round(impact)}`).join("\n"),
    words: [...suggestableWords(bodyOf(text))].join(" "),
    formulaWords: [...new Set(text.formulas.flatMap(({ tex }) => wordsInFormula(tex)))],
  };
}

const bodyOf = ({ places }: SearchableText): string =>
  places.map(({ kind, name, text }) => (kind === "symbol" ? text : `${name} ${text}`)).join("\n");

/** A library uses the same words in all of its texts. */
const remembered = createCache<readonly string[]>();

const termsOfText = (text: string, isEnglish: boolean): string[] =>
  compoundsIn(text).flatMap((word) => remembered(`${isEnglish} ${word}`, () => termsOf(word, isEnglish)));

function wordImpacts(text: SearchableText, isEnglish: boolean): Map<string, number> {
  const body = termsOfText(bodyOf(text), isEnglish);
  const counts = new Map<string, number>();
  for (const term of body) counts.set(term, (counts.get(term) ?? 0) + 1);
  const { saturation, lengthWeight, usualLength } = bm25;
  const damping = saturation * (1 - lengthWeight + (lengthWeight * body.length) / usualLength);
  const impacts = new Map<string, number>();
  const add = (term: string, impact: number) =>
    impacts.set(wordTerm(term), (impacts.get(wordTerm(term)) ?? 0) + impact);
  for (const [term, count] of counts) add(term, (impactUnit * count * (saturation + 1)) / (count + damping));
  const named = text.places.filter(({ kind }) => kind === "section").map(({ name }) => name);
  for (const term of new Set(termsOfText(named.join(" "), isEnglish))) add(term, headingImpact);
  const meanings = text.places.filter(({ kind }) => kind === "symbol").map((place) => place.text);
  for (const term of new Set(termsOfText(meanings.join(" "), isEnglish))) add(term, asideImpact);
  return impacts;
}

function formulaImpacts({ formulas }: SearchableText): Map<string, number> {
  const impacts = new Map<string, number>();
  for (const { tokens, id, number } of formulas) {
    const impact = number === undefined ? (id === undefined ? "inline" : "displayed") : "numbered";
    for (const pair of formulaTerms(tokens.split(" "))) {
      const term = formulaTerm(pair);
      impacts.set(term, Math.max(impacts.get(term) ?? 0, formulaImpact[impact]));
    }
  }
  return impacts;
}

const wordsForm = /\\(?:operatorname|text|mathrm|textrm|mathit|mathsf)\*?\s*\{([^}\\]*)\}/g;

const wordsInFormula = (tex: string): string[] =>
  [...tex.matchAll(wordsForm)]
    .flatMap(([, words = ""]) => words.split(/[^\p{L}]+/u))
    .filter((word) => word.length > 1 && word !== word.toUpperCase())
    .map((word) => word.toLowerCase());
