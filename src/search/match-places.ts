/** Finds the best places within one chapter: the second stage of a search. */

import { matchFormula, type RarityOf } from "./match-formula.ts";
import type { IndexedFormula, Place, SearchDocument } from "./search-document.ts";
import { bestPassage, type Hit, type WordFinder } from "./snippet.ts";
import type { FormulaTokens } from "./tex-tokens.ts";

export interface MatchedFormula {
  readonly formula: IndexedFormula;
  readonly score: number;
}

/** Below that, a formula shares too little with the query. */
const leastFormulaScore = 0.45;
const displayedBonus = 0.12;
const numberedBonus = 0.05;

/** The formula that answers best, if one does. */
export function matchFormulas(
  { formulas, formulasWith }: SearchDocument,
  query: FormulaTokens,
  rarityOf: RarityOf,
): MatchedFormula | undefined {
  const wanted = new Set(query.tokens);
  // Most formulas share nothing with the query: comparing them in detail would take most of the time.
  const shared = new Uint8Array(formulas.length);
  for (const token of wanted) for (const index of formulasWith(token)) shared[index] = (shared[index] ?? 0) + 1;
  let best: MatchedFormula | undefined;
  for (const [index, formula] of formulas.entries()) {
    if ((shared[index] ?? 0) * 2.5 < wanted.size) continue;
    const tokens = formula.tokens.split(" ");
    const bonus = (formula.id === undefined ? 0 : displayedBonus) + (formula.number === undefined ? 0 : numberedBonus);
    const score = matchFormula(query, { tokens, accents: formula.accents ?? [] }, rarityOf) + bonus;
    if (score > leastFormulaScore && (!best || score > best.score)) best = { formula, score };
  }
  return best;
}

export interface MatchedPlace {
  readonly place: Place;
  readonly hits: readonly Hit[];
  /** Hits in its name. */
  readonly nameHits: readonly Hit[];
  readonly score: number;
}

/** Figures, boxes and symbols are named by what they are about, so a match there is more specific than one in a section. */
const specificBonus = 0.5;
const nameWeight = 2;

/** Places with words of the query, the best first; those of equal score in the order of the text. */
export function matchPlaces({ places }: SearchDocument, finder: WordFinder): MatchedPlace[] {
  return places
    .map((place): MatchedPlace => {
      const [hits, nameHits] = [finder.find(place.text), finder.find(place.name)];
      const rating = bestPassage(hits).rating + nameWeight * nameHits.length;
      return { place, hits, nameHits, score: rating > 0 && isSpecific(place) ? rating + specificBonus : rating };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}

const isSpecific = ({ kind, id }: Place): boolean => kind !== "section" && id !== "";
