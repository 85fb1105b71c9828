/** Rates how well a formula answers a query. */
import { blur, pairsOf } from "./formula-terms.ts";
import type { FormulaTokens } from "./tex-tokens.ts";

/** How rare a pair of tokens is. */
export type RarityOf = (pair: string) => number;

/** 0 to about 1.5. A match with the same indices is worth more than one with others. */
export function matchFormula(query: FormulaTokens, formula: FormulaTokens, rarityOf: RarityOf): number {
  const [only, ...others] = query.tokens;
  if (only === undefined) return 0;
  if (others.length === 0) return formula.tokens.includes(only) ? 1 + 1 / formula.tokens.length : 0;
  const exact = match(query.tokens, formula.tokens, rarityOf) + sharedAccents(query, formula);
  return exact > 1.2 ? exact : Math.max(exact, 0.9 * match(blur(query.tokens), blur(formula.tokens), rarityOf));
}

const sharedAccents = ({ accents }: FormulaTokens, formula: FormulaTokens): number =>
  accents.length === 0
    ? 0
    : (0.1 * accents.filter((accent) => formula.accents.includes(accent)).length) / accents.length;

/** Rare pairs in common, tokens in common, whether the query is in the formula in one piece, and how much else is there. */
function match(query: readonly string[], formula: readonly string[], rarityOf: RarityOf): number {
  const pairs = pairsOf(formula);
  let [shared, all] = [0, 0];
  for (const pair of pairsOf(query)) {
    const rarity = rarityOf(pair);
    all += rarity;
    if (pairs.has(pair)) shared += rarity;
  }
  const isContained = ` ${formula.join(" ")} `.includes(` ${query.join(" ")} `);
  return (
    0.65 * (all === 0 ? 0 : shared / all) +
    0.25 * (countShared(query, formula) / query.length) +
    (isContained ? 0.5 : 0) +
    0.1 * Math.min(1, query.length / formula.length)
  );
}

function countShared(query: readonly string[], formula: readonly string[]): number {
  const left = new Map<string, number>();
  for (const token of formula) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of query) {
    const count = left.get(token) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(token, count - 1);
  }
  return shared;
}
