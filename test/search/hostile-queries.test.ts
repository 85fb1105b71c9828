/** Checks queries that nobody means, and that hidden chapters cannot be found. */
import { beforeAll, describe, expect, test } from "vitest";
import { looksLikeFormula } from "../../src/search/formula-terms.ts";
import { tokensOfQuery, tokensOfTex } from "../../src/search/tex-tokens.ts";
import { bookFolder } from "../world.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { type LibraryIndex, openIndex } from "./library-index.ts";

let index: LibraryIndex;
beforeAll(async () => {
  index = await openIndex(bookFolder("tea"));
});

test("100,000 strings are read as formulas to their end, with at most as many tokens as characters", () => {
  const tooMany: string[] = [];
  for (const text of hostileStrings(100_000)) {
    const query = text.slice(0, 200);
    const { tokens } = tokensOfQuery(query, new Set(["model"]));
    if (tokens.length > query.normalize("NFKD").length) tooMany.push(query);
  }
  expect(tooMany).toEqual([]);
});

/** A formula of other tokens throughout, frequent words, and unknown ones: as much as one query can ask for. */
const demanding = [
  "tea water leaf steep heat time cup kettle brew cold pot taste",
  "watre temprature steeeping kettel leafs coolling",
  Array.from({ length: 60 }, (_, index) => `${String.fromCharCode(97 + (index % 26))}_${index}`).join("+"),
  "T".repeat(200),
  "\\frac{dT}{dt}=-k(T-T_r) tea watre temprature kettel",
];

test("2,000 strings are searched for within limits: of files, and of what is looked at in them", async () => {
  const most = { terms: 0, words: 0 };
  for (const text of [...hostileStrings(2000), ...demanding]) {
    await index.find(text);
    const { reads, terms, words } = index.work();
    expect([text, reads <= 29]).toEqual([text, true]);
    most.terms = Math.max(most.terms, terms);
    most.words = Math.max(most.words, words);
  }
  // Eight words, three corrections of three of them, and 48 terms of a formula.
  expect(most.terms).toBeLessThanOrEqual(8 + 9 + 48);
  expect(most.words).toBeLessThanOrEqual(index.known);
  // The strings do reach these limits.
  expect(most.terms).toBeGreaterThan(48);
  expect(most.words).toBeGreaterThan(0);
});

test("of a long query the first eight words are looked up, and three of them corrected", async () => {
  await index.find(
    "tea water leaf steep heat time cup kettle brew cold pot taste green black oolong white hot warm milk ice",
  );
  expect(index.work().terms).toBeGreaterThanOrEqual(8);
  expect(index.work().terms).toBeLessThanOrEqual(8 + 9);
});

test("a mistyped word is compared with similar known words only", async () => {
  await index.find("temprature");
  expect(index.work().words).toBeGreaterThan(0);
  expect(index.work().words).toBeLessThan(index.known / 3);
});

test.each([
  "",
  " ",
  "C++",
  "-x",
  '"',
  "AND OR NOT",
  "x".repeat(500),
  "{".repeat(500),
  "\\frac".repeat(60),
  "x^^^^",
  "💥",
  "toString",
  "__proto__ constructor",
  "hasOwnProperty",
  "شاي أخضر",
])("%s is searched for without an error", async (query) => {
  await expect(index.find(query)).resolves.toBeInstanceOf(Array);
});

test("deep nesting ends, and TeX without a closing brace", () => {
  expect(tokensOfTex("\\sqrt".repeat(5000)).tokens.length).toBeGreaterThan(0);
  expect(tokensOfTex(`${"{".repeat(5000)}x`).tokens).toEqual(["x"]);
  expect(tokensOfTex("\\text{model").tokens).toEqual(["model"]);
});

test.each(["softmax(QK^T)", "\\sqrt{d_k}", "a/b", "d_model", "λ", "A + B", "QKᵀ", "$x$"])(
  "%s is a formula",
  (query) => {
    expect(looksLikeFormula(query)).toBe(true);
  },
);

test.each(["self-attention", "C++", "GIN vs GCN", "positional encodings", "καφές", "what is attention?"])(
  "%s is words",
  (query) => {
    expect(looksLikeFormula(query)).toBe(false);
  },
);

describe("a chapter that is not public", () => {
  test("is not found by its words, nor by a word that is nearly one of its own", async () => {
    const all = await index.find("cold brew");
    expect(all[0]?.path).toBe("/tea/cold-brew");
    for (const query of ["cold brew", "cold brwe", "brew", "ice"]) {
      const found = await index.find(query, ["/tea/cold-brew"]);
      expect(found.map(({ path }) => path)).not.toContain("/tea/cold-brew");
    }
  });
});
