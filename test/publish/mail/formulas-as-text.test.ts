/** Checks which formulas of an email are text, and what is in their place when images are blocked. */
import { describe, expect, test } from "vitest";
import { tokenize, tokenizeInline } from "../../../src/publish/markdown/syntax.ts";
import { mathsInHtml } from "../../../src/publish/maths/maths-in-html.ts";
import { formulaImages } from "../../../src/publish/renderers/compile-mail.ts";
import { readNotation } from "../../../src/publish/renderers/mail-notation.ts";
import { mailOf, mathmlOf } from "./one-mail.ts";

describe("text", () => {
  test.each([
    ["q", "<i>q</i>"],
    ["512", "512"],
    ["1{,}000", "1,000"],
    ["-1", "−1"],
    ["-x_i", "−<i>x</i><sub><i>i</i></sub>"],
    ["q_i", "<i>q</i><sub><i>i</i></sub>"],
    ["W^Q", "<i>W</i><sup><i>Q</i></sup>"],
    ["X^\\top", "<i>X</i><sup>T</sup>"],
    ["10^{-3}", "10<sup>−3</sup>"],
    ["d_{\\text{model}}", "<i>d</i><sub>model</sub>"],
    ["a_{ij}", "<i>a</i><sub><i>i</i><i>j</i></sub>"],
    ["x'", "<i>x</i>′"],
    ["\\theta", "<i>θ</i>"],
    ["\\Gamma", "Γ"],
    ["n=5", "<i>n</i>\u00a0=\u00a05"],
    ["a<b", "<i>a</i>\u00a0&lt;\u00a0<i>b</i>"],
    ["i\\neq j", "<i>i</i>\u00a0≠\u00a0<i>j</i>"],
    ["3,3,4,2", "3,\u00a03,\u00a04,\u00a02"],
    ["(1,0,-1)", "(1,\u00a00,\u00a0−1)"],
    ["1,1,1,2,3", "1, 1, 1, 2, 3"],
    ["\\{1,1,2\\}", "{1,\u00a01,\u00a02}"],
    ["[0,1]", "[0,\u00a01]"],
    ["(i,j)", "(<i>i</i>,\u00a0<i>j</i>)"],
    ["u_1,\\dots,u_n", "<i>u</i><sub>1</sub>,\u00a0…,\u00a0<i>u</i><sub><i>n</i></sub>"],
  ])("%s", (tex, html) => {
    expect(mathsInHtml(mathmlOf(tex))).toBe(html);
  });
});

describe("an image", () => {
  test.each([
    ["accents", "\\hat x"],
    ["a bar with a subscript", "\\bar x_i"],
    ["nested scripts", "x_{i_j}"],
    ["a subscript above a superscript", "x_i^2"],
    ["a prime above a subscript", "x_i'"],
    ["two primes", "x''"],
    ["bold", "\\mathbf{x}"],
    ["a bold script", "x_{\\mathbf i}"],
    ["calligraphic", "\\mathcal{L}"],
    ["double-struck", "\\mathbb{R}"],
    ["an upright letter", "\\mathrm{d}"],
    ["an upright script", "x_\\mathrm{in}"],
    ["a colour", "\\color{red}{x}"],
    ["a frame", "\\boxed{x}"],
    ["a struck letter", "\\cancel{x}"],
    ["a phantom", "x=\\phantom{y}z"],
    ["a letter above another", "\\overset{a}{x}"],
    ["a size", "{\\tiny x}"],
    ["wide space", "n\\hspace{2em}=5"],
    ["a sign alone", "<"],
    ["a product", "2x"],
    ["a sum", "a+b+c"],
    ["a fraction", "\\frac12"],
    ["a function", "f(x)"],
    ["a long script", "x_{i,j,k}"],
    ["a multiset", "\\{\\!\\{a,b\\}\\!\\}"],
    ["a half-open interval", "[0,1)"],
    ["bars", "|x|"],
    ["a list of other formulas", "a,f(x)"],
    ["a list that is not complete", "a,"],
    ["a list of fractions", "\\tfrac12,\\tfrac14"],
    ["dots alone", "\\dots"],
    ["nothing", ""],
  ])("%s", (_, tex) => {
    expect(mathsInHtml(mathmlOf(tex))).toBeUndefined();
  });
});

test("everywhere in an email: text, headings, notes, captions, tables; in the colour and size of what surrounds it", async () => {
  const { html, pictures, text } = await mailOf(
    'So $q_i$.[^a]\n\n## Why $n=5$\n\n| $k$ |\n| - |\n| $v$ |\n\n![P.](figure:six-teas "Watch $x_4$.")\n\n[^a]: Or $\\beta$.\n',
  );
  const styled = html.replace(/ style="[^"]*"/g, "");
  for (const shown of [
    "So <i>q</i><sub><i>i</i></sub>.",
    "<h2>Why <i>n</i>\u00a0=\u00a05</h2>",
    '<th scope="col" class="ml-frame"><i>k</i></th>',
    "Watch <i>x</i><sub>4</sub>.",
    "Or <i>β</i>.",
  ])
    expect(styled).toContain(shown);
  expect(html.match(/<(?:i|sub|sup)\b[^>]*(?:color|class)[^>]*>/g)).toBeNull();
  // Only the figure.
  expect(pictures).toHaveLength(1);
  expect(text).toContain("So qᵢ.");
});

test("only formulas that are images are drawn, each once", () => {
  const analysis = {
    tokens: tokenize("So $q_i$, $\\hat x$, $n=5$ and $\\hat x$.\n\n$$\nn=5\n$$\n"),
    captions: new Map([
      [
        { type: "image" as const, raw: "", href: "", title: null, text: "", tokens: [] },
        tokenizeInline("At $\\frac12$, $k$"),
      ],
    ]),
    changes: [],
  };
  const notation = readNotation([
    { tex: "d_k", meaning: "size" },
    { tex: "\\mathbf x", meaning: "a vector" },
  ]);
  const drawn = formulaImages(
    analysis,
    notation.map(({ symbol }) => symbol),
  );
  expect([...drawn.values()].map(({ raw }) => raw)).toEqual([
    "$\\mathbf x$",
    "$\\hat x$",
    "$$\nn=5\n$$\n",
    "$\\frac12$",
  ]);
});

test("a displayed formula fills a box of at most its width, and Outlook has its size in attributes", async () => {
  const { html } = await mailOf("$$\na=b\n$$\n");
  expect(html).toMatch(
    /<span style="display: ?inline-block; ?width: ?100%; ?max-width: ?(\d+)px; ?line-height: ?20px;?"><img [^>]*alt="a equals b" width="\1" height="(\d+)" style="[^"]*width: 100%; height: auto;[^"]*max-width: \1px; max-height: 40px; aspect-ratio: auto \1 \/ \2;?"><\/span>/,
  );
});

test("alt text of a formula is small and on its line; that of a figure is sans-serif", async () => {
  const { html } = await mailOf('Take $\\hat x$ now.\n\n![P.](figure:six-teas "Q.")\n');
  expect(html).toMatch(/<img [^>]*alt="x hat"[^>]*style="[^"]*font-size: ?12px;[^"]*line-height: ?\d+px/);
  expect(html).toMatch(/<img [^>]*alt="P\."[^>]*style="[^"]*sans-serif; font-size: 14px; line-height: 20px/);
});

test("a blocked formula has room for its alt text: here 70 letters in three lines", async () => {
  const { html } = await mailOf("$$\na_1+a_2+a_3+a_4+a_5=1\n$$\n");
  expect(html).toMatch(/<img [^>]* width="226" height="25"[^>]*max-height: ?60px/);
});
