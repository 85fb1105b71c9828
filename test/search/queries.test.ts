/** Checks the ranking on queries in words and formulas, and that every displayed equation is found by its own TeX. */
import { beforeAll, expect, test } from "vitest";
import { atLeast, ownLibrary } from "../own-library.ts";
import { type LibraryIndex, openIndex } from "./library-index.ts";
import { formulaQueries, wordQueries } from "./queries.ts";

let index: LibraryIndex;
beforeAll(async () => {
  index = await openIndex(ownLibrary);
});

const report = (missed: readonly string[]) => missed.join("\n");

test("at least 22 of 24 queries in words have the right chapter first", async () => {
  const missed: string[] = [];
  for (const [query, answer] of wordQueries) {
    const [first] = await index.find(query);
    if (!first || !answer.test(first.path)) missed.push(`${query}: ${first?.path}`);
  }
  expect(missed.length, report(missed)).toBeLessThanOrEqual(wordQueries.length - 22);
});

test("at least 20 of 22 formulas have the right equation first", async () => {
  const missed: string[] = [];
  for (const [query, chapter, tex] of formulaQueries) {
    const [first] = await index.find(query);
    if (!first || !chapter.test(first.path) || !tex.test(first.tex))
      missed.push(`${query}: ${first?.path} ${first?.tex}`);
  }
  expect(missed.length, report(missed)).toBeLessThanOrEqual(formulaQueries.length - 20);
});

test("a displayed equation is found first by its own TeX, at its own URL", async () => {
  const missed: string[] = [];
  let all = 0;
  for (const { tex, tokens, url } of index.displayed()) {
    if (tokens.split(" ").length < 3) continue;
    all += 1;
    const [first] = await index.find(tex);
    // Where several are equal, one of them is first.
    const isEqual = first && index.displayed().some((other) => other.url === first.url && other.tokens === tokens);
    if (first?.url !== url && !isEqual) missed.push(`${url}: ${tex.replace(/\s+/g, " ")} => ${first?.url}`);
  }
  expect(all).toBeGreaterThan(atLeast(50));
  expect(missed).toEqual([]);
});

test.each([
  ["QK^T", "Q K^{\\top}", "Q{}K^\\intercal", "\\mathbf{Q}\\,\\mathbf{K}^{\\mathsf{T}}", "QKᵀ", "$QK^\\top$"],
  ["\\frac{QK^T}{\\sqrt{d_k}}", "QK^T/\\sqrt{d_k}", "Q K^\\top / √d_k", "\\dfrac{QK^T}{\\sqrt{d_{k}}}"],
  ["D^{-1/2} A D^{-1/2}", "D^{-\\frac{1}{2}}AD^{-\\frac12}", "\\left(D^{-1/2}\\right) A D^{-1/2}", "D^-1/2 A D^-1/2"],
  ["1/\\sqrt{d_k}", "\\frac{1}{\\sqrt{d_k}}", "1 / sqrt(d_k)"],
  ["x^T L x", "x^\\top L x", "\\mathbf x^{\\mathsf T}\\mathbf L\\mathbf x"],
  ["neighbourhood normalisation", "neighborhood normalization", "Neighbourhood  NORMALISATION"],
])("%s and its other spellings have the same results", async (query, ...others) => {
  const found = (await index.find(query)).map(({ url }) => url);
  expect(found.length).toBeGreaterThan(0);
  for (const other of others) expect([other, (await index.find(other)).map(({ url }) => url)]).toEqual([other, found]);
});
