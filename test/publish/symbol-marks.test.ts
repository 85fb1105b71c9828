/** Checks which symbols of a page's formulas are marked with their entry of the notation, and that nothing else changes. */
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import type { ChapterFields } from "../../src/publish/source/content-schema.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compile } from "./one-text.ts";

type Symbols = ChapterFields["symbols"];
/** `tex : shape` */
const declare = (entries: readonly string[]): Symbols =>
  entries.map((entry) => {
    const [tex = "", shape] = entry.split(" : ");
    return { tex, shape, meaning: "a thing" };
  });

async function pageOf(markdown: string, symbols: Symbols): Promise<Awaited<ReturnType<typeof compile>>> {
  const text = await compile(markdown, undefined, symbols);
  const errors = text.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(formatProblems(errors, (words) => words));
  return text;
}

/** The first letter of each marked symbol with the TeX of its entry, in the order of the page: `x=x_i`. */
function marksIn(html: string, symbols: Symbols): string[] {
  const marks: { readonly entry: string; letter?: string | undefined }[] = [];
  const open: ((typeof marks)[number] | undefined)[] = [];
  const parser = new Parser({
    onopentag(_, attributes) {
      const entry = / y(\d+)$/.exec(attributes.class ?? "")?.[1];
      const mark = entry === undefined ? undefined : { entry: symbols[Number(entry)]?.tex ?? "" };
      if (mark) marks.push(mark);
      open.push(mark);
    },
    ontext(text) {
      const mark = open.findLast((each) => each !== undefined);
      if (mark) mark.letter ??= /\p{L}/u.exec(text)?.[0];
    },
    onclosetag: () => open.pop(),
  });
  parser.end(html);
  return marks.map(({ entry, letter }) => (letter === entry ? entry : `${letter}=${entry}`));
}

/** `x` stands for a symbol with its own entry, `x=x_i` for one that another entry explains. */
test.each([
  ["a symbol and its index", ["x_i"], "$x_i+x_j+x_1+x$", ["x=x_i", "x=x_i", "x=x_i", "x=x_i"]],
  ["powers and transposes", ["A"], "$A^2A^{\\top}A^TA^{\\mathsf T}A^{-1}$", ["A", "A", "A", "A", "A"]],
  ["names in a subscript", ["L_{\\max}", "W_Q", "W_K"], "$L_{\\max}LW_QW_KW_V$", ["L=L_{\\max}", "W=W_Q", "W=W_K"]],
  [
    "several symbols of one entry",
    ["u_k,\\ \\lambda_k", "k"],
    "$\\lambda_1u_1k$",
    ["λ=u_k,\\ \\lambda_k", "u=u_k,\\ \\lambda_k", "k"],
  ],
  [
    "only what an entry begins with",
    ["|E|", "\\hat A=A+I", "f(x)"],
    "$E\\,\\hat A+A+I=f(x)$",
    ["A=\\hat A=A+I", "f=f(x)"],
  ],
  ["other alphabets, accents and primes", ["x"], "$\\hat x\\,\\mathbf x\\,x'\\,x^*x$", ["x"]],
  ["arguments", ["\\mathcal N(i)"], "$\\mathcal N(j)\\sim\\mathcal N(0,1)$", ["N=\\mathcal N(i)"]],
  ["running indices", ["x_i"], "$\\sum_{k=1}^{3}k\\,x_k+i+j$", ["x=x_i"]],
  ["a sum does not run over vectors", ["q_i,\\ k_j : d_k", "x"], "$\\sum_k k\\,x$, $k$", ["x", "k=q_i,\\ k_j"]],
  [
    "the exponential and an integral",
    ["e", "d", "x"],
    "$\\int e^{x}\\,dx+\\frac{dx}{dx}+d$",
    ["x", "x", "x", "x", "d"],
  ],
  ["words", ["x", "o", "n"], "$x\\text{ on }\\operatorname{no}(n)$", ["x", "n"]],
  [
    "fractions, roots, rows",
    ["x", "n"],
    "$$\n\\begin{aligned}\\frac{x}{n}&=\\sqrt[n]{x}\\\\x&=n\\end{aligned}\n$$",
    ["n", "x", "x", "n", "x", "n"],
  ],
] as const)("%s", async (_, entries, markdown, marks) => {
  const symbols = declare(entries);
  expect(marksIn((await pageOf(markdown, symbols)).html, symbols).sort()).toEqual([...marks].sort());
});

/** KaTeX joins letters next to each other, unless one is marked. */
const joined = (html: string) => html.replaceAll('</span><span class="mord mathnormal">', "");
const withoutMarks = (html: string) => html.replaceAll(/ y\d+(?=")/g, "");

test("without the marks, the page is what it is without a notation; its feed, email and headings have none", async () => {
  const markdown = "## Of $xn$\n\nHot $xn^2$[^n] tea.\n\n$$\nx=\\frac{n}{xy}\n$$\n\n[^n]: $x_i$.";
  const [marked, clean] = [await pageOf(markdown, declare(["x", "n"])), await pageOf(markdown, [])];
  expect(marked.html.match(/ y\d+"/g)?.length).toBe(8);
  expect(joined(withoutMarks(marked.html))).toBe(joined(clean.html));
  expect(marked.html.match(/<math[\s\S]*?<\/math>/g)).toEqual(clean.html.match(/<math[\s\S]*?<\/math>/g));
  expect(marked.feedHtml).not.toMatch(/ y\d+"/);
  expect(marked.kept).not.toBe("");
  expect(marked.kept.replace(marked.html, "")).not.toMatch(/ y\d+\\?"/);
});

test("a formula that marks would change is left as it is, and its symbols count as unexplained", async () => {
  const markdown = "$\\substack{x\\\\n}$ and $x$";
  const [marked, clean] = [await pageOf(markdown, declare(["x", "n"])), await pageOf(markdown, [])];
  expect(withoutMarks(marked.html)).toBe(clean.html);
  expect(marked.html.match(/ y\d+"/g)).toEqual([' y0"']);
  expect(marked.symbolCounts).toEqual({ resolved: 1, unknown: 2 });
});

test("indices, universal symbols and words are not among the symbols that are counted", async () => {
  const { symbolCounts } = await pageOf("$x_i\\in\\mathbb R$, $i$, $\\pi z$, $n_{\\text{in}}$", declare(["x_i"]));
  expect(symbolCounts).toEqual({ resolved: 1, unknown: 2 });
});
