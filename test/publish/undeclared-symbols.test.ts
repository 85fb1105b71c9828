/** Checks undeclared symbols: reported once each, at their position, and no declared symbol is reported. */
import { describe, expect, test } from "vitest";
import { readLetters } from "../../src/publish/maths/tex-letters.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compile } from "./one-text.ts";

const declare = (symbols: readonly string[]) => symbols.map((tex) => ({ tex, meaning: "a thing" }));

const output = async (markdown: string, symbols: readonly string[]): Promise<string[]> =>
  (await compile(markdown, undefined, declare(symbols))).problems.map(({ message }) => message.split("`")[1] ?? "");

describe("the letters of a formula", () => {
  test.each([
    ["x_i+W_Q^{\\top}", ["x_i", "W_Q"]],
    ["d_{\\text{model}}\\alpha_{ij}", ["d_\\text{model}", "\\alpha_ij"]],
    ["L_{\\max}+L_{\\operatorname{in}}+L_{\\mathrm{out}}", ["L_\\max", "L_\\operatorname{in}", "L_\\mathrm{out}"]],
    ["x_{\\frac{1}{2}}", ["x_12"]],
    ["\\mathcal N(i)\\cup\\hat x\\,\\mathbf{b}_2", ["\\mathcal N", "i", "\\hat x", "\\mathbf b_2"]],
    ["\\Gamma^{\\ell}\\infty\\top\\mathbf 1", ["\\Gamma", "\\ell"]],
    ["\\operatorname{softmax}(S)\\text{ for all }\\max(q)\\log k", ["S", "q", "k"]],
    ["\\frac{dT}{dt}=\\mathrm{d}e^{x}\\pi", ["T", "t", "x", "\\pi"]],
    ["O(n^2)\\le\\mathbb R^{d}", ["n", "\\mathbb R", "d"]],
    ["\\begin{pmatrix}a&b\\\\c&1\\end{pmatrix}\\sqrt{g}", ["a", "b", "c", "g"]],
  ])("%s", (tex, names) => {
    expect(readLetters(tex, false).letters.map(({ base, sub }) => (sub ? `${base}_${sub}` : base))).toEqual(names);
  });
});

test.each([
  [["x"], "$x$ $x_i$ $x_1$ $x_{\\text{in}}$"],
  [["x_i"], "$x_i$ $x_j$ $x_1$ $x$ $x_{i+1}$ $i$ $j$"],
  [["h_i^{(\\ell)}"], "$h_j^{(\\ell+1)}$ $h^{(0)}$ $\\ell$"],
  [["w", "E"], "$\\sum_{t=1}^{3}w_t$ $\\sum_{(u,v)\\in E}w_{uv}$ $t$"],
  [["\\mathcal N(i)", "x"], "$\\mathcal N(j)$ and $x_i\\in\\mathbb R$"],
  [["n", "u_k,\\ \\lambda_k"], "$u_1,\\dots,u_n$ $\\lambda_{n-1}$"],
  [["f", "x"], "$f(x)=O(x^2)+e^{x}\\pi$"],
  [["q,\\ k"], "$q\\cdot k$"],
])("%s explain all of %s", async (symbols, markdown) => {
  expect(await output(markdown, symbols)).toEqual([]);
});

test.each([
  [["W_Q"], "$W_Q W_K$ $W$", ["W_K", "W"]],
  [["d_k"], "$d_k$ $d_v$ $d_{\\text{model}}$", ["d_v", "d_{\\text{model}}"]],
  [["L_{\\max}"], "$L_{\\max}$ $L$ $L_1$", ["L", "L_1"]],
  [["L_{\\operatorname{in}}", "i", "n"], "$L_{\\operatorname{in}}$ $L$", ["L"]],
  [["L_{\\mathrm{in}}"], "$L_{\\mathrm{in}}$ $i$ $n$ $L$", ["n", "L"]],
  [["x"], "$\\hat x$ and $\\mathbf x$", ["\\hat x", "\\mathbf x"]],
  [["T"], "$T+t$ $t$ $\\tau_1+\\tau_2$", ["t", "\\tau_1"]],
  [[], ':::note[Of $a$]\nA note.[^n]\n:::\n\n[^n]: $b$.\n\n![Teas.](figure:six-teas "$c$")', ["a", "b", "c"]],
])("%s leave unexplained of %s: %s", async (symbols, markdown, names) => {
  expect(await output(markdown, symbols)).toEqual(names);
});

test("the warning stands where the letter does, and says what to write", async () => {
  const { problems, kept } = await compile(
    "Tea at $T$.\n\n$$\n\\frac{dT}{dt}=-k\\,(T-T_{\\text{room}})\n\\label{cooling}\n$$",
    undefined,
    declare(["T", "t"]),
  );
  expect(kept).not.toBe("");
  expect(
    formatProblems(problems, (text) => text),
  ).toBe(`content/tea/cup.md:4:16  warning  The symbol \`k\` is not declared.
  4 | \\frac{dT}{dt}=-k\\,(T-T_{\\text{room}})
    |                ^
  -> Add it to \`symbols\` in the front matter: \`- tex: k\`, with its \`meaning\` and \`shape\`.

1 warning.`);
});
