/** Checks that feed readers that show only the text of MathML, such as newsboat, show the same formula. */
import { decodeXML } from "entities";
import { describe, expect, test } from "vitest";
import { feedMathml } from "../../src/publish/maths/feed-mathml.ts";
import { mathsInWords } from "../../src/publish/maths/spoken-maths.ts";
import { atLeast } from "../own-library.ts";
import { libraryFormulas, mathmlOf } from "./mail/one-mail.ts";

/** As newsboat renders elements that it does not know: it keeps their text. U+2061 is invisible in a terminal. */
const asText = (mathml: string): string =>
  decodeXML(mathml.replace(/<[^>]*>/g, ""))
    .replace(/\u2061/g, "")
    .replace(/\s+/g, " ")
    .trim();

test.each([
  ["\\frac12", "1/2"],
  ["\\frac{a+b}{cd}", "(a+b)/(cd)"],
  ["\\frac1n\\lambda", "(1/n)λ"],
  ["\\cos\\frac ab", "cos (a/b)"],
  ["1+\\tfrac d2-1", "1+d/2−1"],
  ["\\frac{\\frac ab}c", "(a/b)/c"],
  ["\\binom nk", "(n over k)"],
  ["10000^{-2i/d}", "10000^(−2i/d)"],
  ["D^{-1/2}A", "D^(−1/2)A"],
  ["x^2y", "x^2 y"],
  ["x_i^2", "x_i^2"],
  ["n\\theta_i", "nθ_i"],
  ["W_Qx", "W_Q x"],
  ["x_{ij}", "x_(ij)"],
  ["h_i^{(k)}", "h_i^(k)"],
  ["{a+b}^2", "(a+b)^2"],
  ["e^{-x^2}", "e^(−x^2)"],
  ["QK^{\\top}", "QK⊤"],
  ["A'w^*", "A′w∗"],
  ["\\sqrt6", "√6"],
  ["\\sqrt{ab}c", "√(ab)c"],
  ["\\frac{QK^{\\top}}{\\sqrt{d_k}}", "(QK⊤)/√(d_k)"],
  ["\\sqrt[3]{ab}", "(ab)^(1/3)"],
  ["\\hat xy", "xˆy"],
  ["\\overline{k_i}", "(k_i)¯"],
  ["\\sum_{i=1}^nx_i", "∑_(i=1)^n x_i"],
  ["\\max_{x\\in S}f(x)", "max_(x∈S)f(x)"],
  ["m\\cos m\\theta", "m cos mθ"],
  ["\\log_2n", "log_2 n"],
  ["\\begin{pmatrix}1&0\\\\0&2\\end{pmatrix}", "(1, 0; 0, 2)"],
  ["f=\\begin{cases}1&x>0\\\\0&\\text{else}\\end{cases}", "f={1, x>0; 0, else"],
  ["\\begin{aligned}a&=b,\\\\c&=d\\end{aligned}", "a=b, c=d"],
])("%s has the text %s", (tex, text) => {
  expect(asText(feedMathml(mathmlOf(tex)))).toBe(text);
});

describe("every formula of the library", () => {
  const formulas = libraryFormulas().map(({ tex, displayed }) => {
    const mathml = mathmlOf(tex, displayed);
    return { tex, mathml, inFeed: feedMathml(mathml), words: mathsInWords(mathml) };
  });

  test("keeps its fractions and exponents", () => {
    const lost = formulas.filter(({ mathml, inFeed }) => {
      const slashes = mathml.split("<mfrac>").length - 1 + (mathml.split(">/<").length - 1);
      const powers = [...mathml.matchAll(/<msup>/g)].length;
      const signs = asText(inFeed).replace(/[⊤′∗]/g, "^");
      return asText(inFeed).split("/").length - 1 < slashes || signs.split("^").length - 1 < powers;
    });
    expect(lost.map(({ tex, inFeed }) => [tex, asText(inFeed)])).toEqual([]);
    const fractions = formulas.filter(({ mathml }) => mathml.includes("<mfrac>"));
    expect(fractions.length).toBeGreaterThan(atLeast(20));
  });

  test("has another text than a formula that is said differently", () => {
    const wordsOf = new Map<string, Set<string>>();
    for (const { inFeed, words } of formulas) {
      const text = asText(inFeed)
        .replace(/[,;.]$/, "")
        .trim();
      wordsOf.set(text, (wordsOf.get(text) ?? new Set()).add(words));
    }
    expect([...wordsOf].filter(([, words]) => words.size > 1).map(([text, words]) => [text, ...words])).toEqual([]);
  });

  test("closes its brackets", () => {
    const count = (text: string, signs: string) => [...text].filter((sign) => signs.includes(sign)).length;
    const texts = formulas.map(({ inFeed }) => asText(inFeed)).filter((text) => !text.includes("{"));
    expect(texts.filter((text) => count(text, "([") !== count(text, ")]"))).toEqual([]);
  });
});
