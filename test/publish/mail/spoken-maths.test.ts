/** Checks formulas without images: as spoken maths, and as a line of Unicode. */
import { describe, expect, test } from "vitest";
import { mathsInUnicode } from "../../../src/publish/maths/maths-in-unicode.ts";
import { mathsInWords } from "../../../src/publish/maths/spoken-maths.ts";
import { atLeast } from "../../own-library.ts";
import { libraryFormulas, mathmlOf } from "./one-mail.ts";

/** TeX, spoken maths, and the line of Unicode. */
const formulas: readonly [tex: string, spoken: string, written: string][] = [
  ["x", "x", "x"],
  ["-0.99", "minus 0.99", "−0.99"],
  ["d_k", "d sub k", "dₖ"],
  ["d_{\\text{model}}", "d sub model", "d_model"],
  ["W_Qx", "W sub Q x", "W_Q x"],
  ["x_i^2+y_j^3", "x sub i squared plus y sub j cubed", "xᵢ² + yⱼ³"],
  ["\\sqrt{d_k}", "square root of d sub k", "√dₖ"],
  ["\\sqrt{ab}\\,c", "square root of (a b) c", "√(ab) c"],
  ["\\sqrt[3]{x}", "cube root of x", "∛x"],
  ["n\\times d", "n by d", "n × d"],
  ["3\\times 4=12", "3 times 4 equals 12", "3 × 4 = 12"],
  ["5\\times10^{-4}", "5 times 10 to the minus 4", "5 × 10⁻⁴"],
  ["q_i\\cdot k_j", "q sub i dot k sub j", "qᵢ·kⱼ"],
  ["4\\cdot512^2=1{,}048{,}576", "4 times 512 squared equals 1,048,576", "4·512² = 1,048,576"],
  ["O(n^2d)", "O of (n squared d)", "O(n²d)"],
  ["f(A,X)", "f of (A, X)", "f(A, X)"],
  ["w(x-y)", "w (x minus y)", "w(x − y)"],
  ["\\sigma(-x)", "sigma of (minus x)", "σ(−x)"],
  ["\\cos m\\theta_i", "cosine of m theta sub i", "cos mθᵢ"],
  ["\\log_2 n", "log base 2 of n", "log₂ n"],
  ["\\max_{x\\in S}f(x)", "max over x in S, of f of x", "max_(x∈S) f(x)"],
  ["\\frac{QK^{\\top}}{\\sqrt{d_k}}", "Q K transpose over square root of d sub k", "QKᵀ/√dₖ"],
  ["\\frac{a+b}{cd}", "(a plus b) over (c d)", "(a + b)/(cd)"],
  ["\\frac1n\\lambda", "(1 over n) lambda", "(1/n)λ"],
  ["\\tfrac12x", "one half x", "(1/2)x"],
  ["D^{-1/2}", "D to the minus one half", "D^(−1/2)"],
  ["(m-n)\\theta", "(m minus n) theta", "(m − n)θ"],
  ["\\sum_{j}\\alpha_{ij}v_j", "sum over j of alpha sub (i j) v sub j", "∑ⱼ αᵢⱼvⱼ"],
  ["\\sum_{i=1}^{n}x_i", "sum from i equals 1 to n of x sub i", "∑ᵢ₌₁ⁿ xᵢ"],
  ["\\sum_{j\\in\\mathcal N(i)}(x_i-x_j)", "sum over j in N of i, of (x sub i minus x sub j)", "∑_(j∈𝒩(i)) (xᵢ − xⱼ)"],
  ["h_i^{(\\ell+1)}", "h sub i super (ell plus 1)", "hᵢ⁽ˡ⁺¹⁾"],
  ["h_i^t\\in\\mathbb R^{n\\times d}", "h sub i super t in R to the (n by d)", "hᵢᵗ ∈ ℝ^(n×d)"],
  ["\\hat x=U^{\\top}x", "x hat equals U transpose x", "x̂ = Uᵀx"],
  ["\\overline{k_i}\\tilde d", "(k sub i) bar d tilde", "k̅ᵢd̃"],
  ["\\lVert x\\rVert\\le|E|", "norm of x at most size of E", "‖x‖ ≤ |E|"],
  ["|x-y|", "absolute value of (x minus y)", "|x − y|"],
  ["p(x\\mid y)", "p of (x given y)", "p(x | y)"],
  ["\\{h_i:i\\in V\\}", "the set of h sub i such that i in V", "{hᵢ : i ∈ V}"],
  ["[0,2)", "[0, 2)", "[0, 2)"],
  ["20!", "20 factorial", "20!"],
  ["\\binom nk", "n choose k", "(n over k)"],
  [
    "0=\\lambda_1\\le\\dots\\le\\lambda_n",
    "0 equals lambda sub 1 at most dots at most lambda sub n",
    "0 = λ₁ ≤ ⋯ ≤ λₙ",
  ],
  ["\\frac{\\partial h}{\\partial x}", "partial h over partial x", "∂h/∂x"],
  ["\\frac{dT}{dt}", "d T over d t", "dT/dt"],
  ["\\frac{1}{dk}", "1 over (d k)", "1/(dk)"],
  ["\\nabla L", "gradient of L", "∇L"],
  ["A'\\ne A", "A prime not equal to A", "A′ ≠ A"],
  ["\\mathbf 1", "1", "𝟏"],
  ["\\begin{pmatrix}1&0\\\\0&2\\end{pmatrix}", "2 by 2 matrix, row 1: 1, 0; row 2: 0, 2", "[1 0; 0 2]"],
  [
    "f=\\begin{cases}1&x>0\\\\0&\\text{else}\\end{cases}",
    "f equals 1 if x greater than 0; 0 else",
    "f = { 1, x > 0; 0, else }",
  ],
  ["\\operatorname*{argmax}_x f", "arg max over x of f", "argmaxₓ f"],
  ["\\text{if }x", "if x", "if x"],
  ["w^*-w_t", "w star minus w sub t", "w* − wₜ"],
  ["(A^2)_{34}=0", "(A squared) sub (3 4) equals 0", "(A²)₃₄ = 0"],
  ["x_{34}", "x sub 34", "x₃₄"],
  ["\\max(0,\\cdot)", "max of (0, dot)", "max(0, ·)"],
  ["\\lVert h_i\\rVert_2", "2-norm of h sub i", "‖hᵢ‖₂"],
  ["\\hat z^{\\ell}+z^{\\ell-1}", "z hat super ell plus z super (ell minus 1)", "ẑˡ + zˡ⁻¹"],
  ["w_{1:n}", "w sub (1 to n)", "w_(1:n)"],
  ["\\sum_{s:\\ell_s>t}x_s", "sum over s such that ell sub s greater than t, of x sub s", "∑_(s:ℓₛ>t) xₛ"],
  ["Q\\,\\mathbb E_{m\\sim P}\\log s", "Q E over m distributed as P, of log of s", "Q 𝔼_(m∼P) log s"],
  ["c\\gets\\{\\!\\{a:a\\in S\\}\\!\\}", "c becomes the multiset of a such that a in S", "c ← {{a : a ∈ S}}"],
  ["\\Big\\Vert_{k=0}^{K}\\sum_ih_i", "concatenation from k equals 0 to K of sum over i of h sub i", "‖ₖ₌₀ᴷ ∑ᵢ hᵢ"],
  ["P\\operatorname{softmax}(S)V", "P softmax of (S) V", "P softmax(S)V"],
  ["n\\theta_i", "n theta sub i", "nθᵢ"],
  ["\\text{score}/d", "score over d", "score/d"],
  ["\\frac{\\text{score}}d", "score over d", "score/d"],
  ["\\operatorname{MLP}_i^{(k)}(x)", "MLP sub i super (k) of x", "MLPᵢ⁽ᵏ⁾(x)"],
];

test.each(formulas)("%s", (tex, spoken, written) => {
  expect(mathsInWords(mathmlOf(tex))).toBe(spoken);
  expect(mathsInUnicode(mathmlOf(tex))).toEqual([written]);
});

test.each([
  ["f''(x)", "f double prime of x"],
  ["x'^2", "x prime squared"],
  ["\\underline{x}", "x underlined"],
  ["x\\xrightarrow{f}y", "x to with f above y"],
  ["x\\overset{?}{=}y", "x equals with ? above y"],
  ["\\underbrace{a+b}_{n}", "(a plus b) with n below"],
])("%s is said as %s", (tex, spoken) => {
  expect(mathsInWords(mathmlOf(tex))).toBe(spoken);
});

/** TeX of formulas that differ only in their structure. */
const confusable: readonly (readonly string[])[] = [
  ["x_i", "xi", "x^i", "x_{(i)}"],
  ["R_mq", "R_{mq}", "Rmq"],
  ["n\\theta_i", "n\\theta i", "n_{\\theta i}"],
  ["x_i^2", "x_{i^2}", "xi^2"],
  ["a_{b_c}", "a_bc", "a_{bc}"],
  ["a^{b^c}", "{a^b}^c", "a^{bc}", "a^bc"],
  ["a^{b_c}", "{(a^b)}_c", "a^bc"],
  ["{a+b}^2", "a+b^2"],
  ["\\sqrt{x^2}", "\\sqrt{x}^2"],
  ["\\sqrt{ab}", "\\sqrt ab"],
  ["\\lVert x\\rVert^2", "\\lVert x^2\\rVert"],
  ["|x|_i", "|x_i|"],
  ["\\hat{x_i}", "\\hat x_i", "x_{\\hat i}"],
  ["\\overline{x+y}", "x+\\overline y"],
  ["\\frac{a+b}{c}", "a+\\frac bc"],
  ["\\frac a{b+c}", "\\frac ab+c"],
  ["\\frac a{\\frac bc}", "\\frac{\\frac ab}c"],
  ["e^{-2i/d}", "e^{-2i}/d"],
  ["D^{-1/2}A", "D^{-A/2}", "D^{-1}/2A"],
  ["x'_i", "x_{i'}"],
  ["W^{(0)}", "W(0)"],
  ["\\operatorname{f}_i^2(x)", "\\operatorname{f}_i(x)"],
];

test.each(confusable)("%s, %s … are said differently", (...formulas) => {
  const spoken = formulas.map((tex) => mathsInWords(mathmlOf(tex)));
  expect(new Set(spoken).size, spoken.join(" | ")).toBe(formulas.length);
});

test("a matrix too long for a line of a mail has its rows under each other", () => {
  const row = "0.3333&0.3333&0.2887&0.1111";
  expect(mathsInUnicode(mathmlOf(`A=\\begin{pmatrix}${row}\\\\${row}\\\\0&0&0&1\\end{pmatrix}.`, true))).toEqual([
    "A = [0.3333 0.3333 0.2887 0.1111;",
    "     0.3333 0.3333 0.2887 0.1111;",
    "     0 0 0 1].",
  ]);
});

test("aligned lines stand under each other, and are said one after the other", () => {
  const mathml = mathmlOf("\\begin{aligned}y_i&=x_i+1,\\\\ \\alpha_{ij}z&=0.\\end{aligned}", true);
  expect(mathsInUnicode(mathml)).toEqual(["  yᵢ = xᵢ + 1,", "αᵢⱼz = 0."]);
  expect(mathsInWords(mathml)).toBe("y sub i equals x sub i plus 1; alpha sub (i j) z equals 0");
});

describe("every formula of the library", () => {
  const all = libraryFormulas().map(({ tex, displayed }) => [tex, mathmlOf(tex, displayed)] as const);

  test("is said in letters, numbers and the marks that a voice pauses at", () => {
    expect(all.length).toBeGreaterThan(atLeast(200));
    const strange = all
      .map(([tex, mathml]) => [tex, mathsInWords(mathml)])
      .filter(([, spoken = ""]) => {
        return !/^[A-Za-z0-9 ,.:;()[\]-]+$/.test(spoken) || /undefined|empty| {2}/.test(spoken);
      });
    expect(strange).toEqual([]);
  });

  test("is written without a trace of TeX, and with its brackets closed", () => {
    const written = all.map(([tex, mathml]) => [tex, mathsInUnicode(mathml).join("\n")] as const);
    expect(written.filter(([, line]) => line === "" || /\\|[_^]\{|undefined|\u2061/.test(line))).toEqual([]);
    const open = (line: string) => [...line].filter((sign) => "([{".includes(sign)).length;
    const closed = (line: string) => [...line].filter((sign) => ")]}".includes(sign)).length;
    expect(written.filter(([, line]) => open(line) !== closed(line))).toEqual([]);
  });
});
