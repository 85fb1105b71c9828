/** Checks queries that nobody means, and that hidden chapters cannot be found. */
import { beforeAll, describe, expect, test } from "vitest";
import { looksLikeFormula } from "../../src/search/formula-terms.ts";
import { tokensOfQuery, tokensOfTex } from "../../src/search/tex-tokens.ts";
import { bookFolder } from "../world.ts";
import { type LibraryIndex, openIndex } from "./library-index.ts";

let index: LibraryIndex;
beforeAll(async () => {
  index = await openIndex(bookFolder("tea"));
});

const parts = [
  ..."\\{}()[]^_ &'\"%/|~é𝒜α\0\t",
  ..."\\frac \\sqrt \\left \\right \\begin \\end \\text{ \\operatorname x T tea \\, <script> 12,3 d_k \\label{ \u202e شاي".split(
    " ",
  ),
];

/** The same on every run. */
function* hostile(count: number): Generator<string> {
  let state = 7;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  for (let left = count; left > 0; left -= 1)
    yield Array.from({ length: Math.floor(random() * 60) }, () => parts[Math.floor(random() * parts.length)]).join("");
}

test("100,000 strings are read as formulas to their end, with at most as many tokens as characters", () => {
  for (const text of hostile(100_000)) {
    const query = text.slice(0, 200);
    const { tokens } = tokensOfQuery(query, new Set(["model"]));
    expect(tokens.length).toBeLessThanOrEqual(query.normalize("NFKD").length);
  }
});

test("2,000 strings are searched for within the limit of reads", async () => {
  for (const text of hostile(2000)) {
    await index.find(text);
    expect(index.reads()).toBeLessThanOrEqual(29);
  }
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
