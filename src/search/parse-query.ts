/** Parses what a reader typed into terms and a formula, within limits that bound the cost of a search. */
import { isStopWord, termOf, termsIn, wordsIn } from "./analyse-words.ts";
import { formulaTerms, looksLikeFormula } from "./formula-terms.ts";
import type { IndexRoot } from "./index-files.ts";
import { type FormulaTokens, tokensOfQuery } from "./tex-tokens.ts";

export const maxQueryLength = 200;
const maxTerms = 8;
const maxTokens = 40;
const maxPairs = 48;

export interface QueryTerm {
  /** What the index may have it as: with and without its ending, if the library has several languages. */
  readonly forms: readonly string[];
  /** Folded, with its ending. */
  readonly written: string;
}

export interface Query {
  /** What is searched for: shortened, and without control characters. */
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  /** Undefined if the query looks like words. */
  readonly formula: FormulaTokens | undefined;
  readonly formulaTerms: readonly string[];
}

/** Without control characters, and not too long. */
export const shortenQuery = (text: string): string =>
  [...text.replace(/\p{Cc}+/gu, " ").trim()].slice(0, maxQueryLength).join("");

export function parseQuery(written: string, root: IndexRoot): Query {
  const text = shortenQuery(written);
  const isFormula = looksLikeFormula(text);
  const found = isFormula ? tokensOfQuery(text, new Set(root.formulaWords)) : undefined;
  const formula = found && { ...found, tokens: found.tokens.slice(0, maxTokens) };
  return {
    text,
    terms: termsOfQuery(text, isFormula, root),
    formula: formula && formula.tokens.length > 0 ? formula : undefined,
    formulaTerms: formula ? [...formulaTerms(formula.tokens)].slice(0, maxPairs) : [],
  };
}

function termsOfQuery(text: string, isFormula: boolean, { english, others }: IndexRoot): QueryTerm[] {
  const words = isFormula ? text.replace(/\\[a-zA-Z]+|[\\^_{}]/g, " ") : text;
  const written = wordsIn(words);
  const hasStems = english || !others;
  const terms = [...new Set(termsIn(words, hasStems))].filter((term) => !isFormula || term.length > 3);
  const telling = terms.filter((term) => !isStopWord(term));
  return (telling.length > 0 ? telling : terms).slice(0, maxTerms).map((term) => {
    const word = written.find((each) => termOf(each, hasStems) === term) ?? term;
    return { written: word, forms: others && english && word !== term ? [term, word] : [term] };
  });
}
