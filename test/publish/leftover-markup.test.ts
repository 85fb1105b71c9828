/** Checks that markup which would be printed is reported, and that words, prices, paths and escaped signs are not. */
import { describe, expect, test } from "vitest";
import { compile, problemsOf, publish, withTex } from "./one-text.ts";

/** The part of the text that each problem is about. */
const markedIn = async (markdown: string): Promise<string[]> =>
  (await compile(markdown)).problems.map(({ excerpt, column }) =>
    excerpt ? [...excerpt.text].slice(column - 1, column - 1 + excerpt.length).join("") : "",
  );

describe("these are words", () => {
  test.each([
    "Prices: $5 and $10, US$5, A$ 6 to C$ 7, $5–$6, 5$ or 6$, $1,000 (about $2), $0.65 each. In $ or in £.",
    '"$5"-"$6", ($5), $5/$6, $5, $x$ and $6.',
    "From $a to $b, echo $x $y, $PATH:$HOME, `$x $`.",
    "$ cat file | grep $HOME",
    "- costs $5\n- costs 6$\n- $5 for tea\n- $6 for coffee",
    "> $5\n> $6 a cup\n\n$5\n- $6",
    "@lena, @user123 and me@example.org, see <ada@example.org> and user@host:path.",
    "At 10:30:45, std::vector::size, Note: this: that, key:value:other, 3:4:5.",
    "a == b, c==d, e==f==g, 2 ** 3 ** 4, 2**10, x^2, 2^10, a ^ b ^ c.",
    "C:\\temp\\new and \\\\server\\share\\in, \\n, \\t and \\r\\n.",
    "f[0][1], [a] [b], see [1][2], [citation needed], A set {1, 2}, {a, b} and {x: 1}.",
    "\\[citation needed\\]\n\n\\[sic\\] and more.",
    "5 %, 100%% and 5 %% 3. #tag, !important, Wow!",
    "x_1, snake_case, __init__, 50~60 and ~5.",
    "A | B\nC | D",
    "| a | b |\n| --- | --- |\n| $5 | $6 |\n|US$|A$|\n|$USD|$EUR|\n| $x \\| y$ | `a\\|b` |\n| 1 |",
    "Tea[^n].\n\n[^n]: Hot.\n\n```text\nIn a listing: \\begin{align} {{x}} $x\n```",
    "<details><summary>Prices</summary>\nFrom $5 to $6.\n</details>",
  ])("%s", async (markdown) => {
    expect(await problemsOf(markdown)).toEqual([]);
  });
});

describe("a backslash says that they are meant", () => {
  test.each([
    ["\\{{ x }} and \\{{name}}", "{{ x }} and {{name}}"],
    ["\\{% raw %}", "{% raw %}"],
    ["\\[[x]] and \\!\\[x](y z)", "[[x]] and ![x](y z)"],
    ["\\==a b== and \\:tea:", "==a b== and :tea:"],
    ["\\@fig-cup, \\@Okakura06", "@fig-cup, @Okakura06"],
    ["x\\_{i} and x\\^{i}", "x_{i} and x^{i}"],
    ["\\\\frac{a}{b} and \\\\eta, \\\\(x\\\\)", "\\frac{a}{b} and \\eta, \\(x\\)"],
    ["\\$ x \\$", "$ x $"],
    ["\\%%a%%, \\{#a}, \\{: a}, \\[!NOTE]", "%%a%%, {#a}, {: a}, [!NOTE]"],
    ["note\\^[a]", "note^[a]"],
  ])("%s", async (markdown, words) => {
    const { html, problems } = await compile(markdown);
    expect([html.trim(), problems]).toEqual([`<p>${words}</p>`, []]);
  });
});

describe("these would be printed", () => {
  test.each([
    ["The $ \\eta $, $x $, $ a = b$ and $ x_i\n$.", ["$ \\eta $", "$x $", "$ a = b$", "$ x_i"]],
    ["$\\alpha$1 and $x$2", ["$\\alpha$", "$x$"]],
    ["*Also \\alpha*, in [a \\beta](leaves)", ["\\alpha", "\\beta"]],
    ["- \\mathbf{x}\n- > x_{i}", ["\\mathbf{x}", "_{i}"]],
    ["## Of \\eta\n\n| \\mu |\n| --- |\n| \\nu |", ["\\eta", "\\mu", "\\nu"]],
    [":::note[A \\xi]\nTea[^n].\n:::\n\n[^n]: A \\zeta.", ["\\xi", "\\zeta"]],
    ['![Teas.](figure:six-teas "A \\rho_{i}.")', ["\\rho", "_{i}"]],
    [
      "See \\ref{a}, \\cref{b}, \\cite[p. 3]{C} and \\label{d}",
      ["\\ref{a}", "\\cref{b}", "\\cite[p. 3]{C}", "\\label{d}"],
    ],
    ["\\begin{align}\na_{i} &= \\frac{b}{c} \\\\\nd &= e\n\\end{align}", ["\\begin{align}"]],
    ["Inline \\(x_{i}\\) and \\(y\\)", ["\\(x_{i}\\)", "\\(y\\)"]],
    ["\\[ y = x^2 \\].", ["\\[ y = x^2 \\]"]],
    ["\\newcommand{\\R}{\\mathbb R}", ["\\newcommand{\\R}{\\mathbb R}"]],
    ["> [!WARNING]\n> Hot.", ["[!WARNING]"]],
    ["[toc]", ["[toc]"]],
    ["[@Okakura06](a b)", ["[@Okakura06](a b)"]],
    ["A [^note with spaces]", ["[^note with spaces]"]],
    ["see **a:**b", ["**a:**"]],
    ["| a | b | c |\n| - | - |\n| 1 | 2 |", ["| - | - |"]],
    ["<details>\n<summary>**Why**</summary>\nTea.\n</details>", ["**Why**"]],
    ["<details>\nSee [leaves](leaves) and `x`.\n</details>", ["[leaves](leaves)"]],
  ])("%s", async (markdown, parts) => {
    expect(await markedIn(markdown)).toEqual(parts);
  });

  test("a command of TeX is an error there, an unknown one may be meant", async () => {
    const { problems } = await compile("A \\textbf{b}, \\frac{c}{d}, \\heat{x} and \\eta.");
    expect(problems.map(({ severity }) => severity)).toEqual(["error", "error", "warning", "warning"]);
  });

  test("words around them are published all the same", async () => {
    const { page } = await publish("The rate $ x $, \\eta and {#id} of $y$.");
    expect(withTex(page)).toBe('<p>The rate $ x $, \\eta and {#id} of <span class="glue">⟨y⟩.</span></p>\n');
  });
});

describe("a formula that a later line cuts", () => {
  test.each(["-", "+", "*", ">", "1.", "#", "##"])("%s", async (sign) => {
    const [first] = await problemsOf(`The error is $E(w)\n${sign} E(w_0)$, wrapped.`);
    expect(first).toMatch(/^1:14 {2}This formula is cut: its next line begins a (list|quotation|heading)\.$/);
  });
  test.each([
    ["in a list", "- item $x\n  - y$"],
    ["between items", "- next $a\n- b$"],
    ["in a quotation", "> of $x\n> - y$"],
    ["after a quotation", "> of $x\n- y$"],
    ["under a line of dashes", "of $x\n-\ny$"],
  ])("%s", async (_, markdown) => {
    expect((await problemsOf(markdown)).filter((problem) => problem.includes("This formula is cut"))).toHaveLength(1);
  });
});

describe("TeX that cannot be typeset comes with advice that helps", () => {
  test.each([
    ["$\\ce{H2O}$", "\\mathrm{H_2O}"],
    ["$a \\eqref{x}$", "end the formula before `\\eqref{…}`"],
    ["$\\newcommand{\\R}{x} \\R$", "content/macros.yaml"],
    ["\\newcommand{\\R}{\\mathbb R}", "macros.yaml of the book: `\\R: '\\mathbb R'`"],
    ["\\DeclareMathOperator{\\foo}{bar}", "`\\foo: '\\operatorname{bar}'`"],
    ["$\\mbox{x}$", "\\text{…}"],
    ["$\\nonsense$", "\\operatorname{nonsense}"],
    ["$$\na\n$$ {#eq:gain}\n", "`\\label{gain}` before the closing `$$`"],
    ["$$\na\n$$ {#eq-gain .x}\n", "`\\label{gain}` before the closing `$$`"],
    ["$$ a $$ (gain)\n", "`\\label{gain}` before the closing `$$`"],
    ["{{ page.title }}", "Liquid and Jinja are not run here"],
    ["{{ site.url | absolute }}", "Liquid and Jinja are not run here"],
    ["{{ '/a' | relative_url }}", "not run here"],
  ])("%s", async (markdown, advice) => {
    const { problems } = await compile(markdown);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.fix).toContain(advice);
  });
});

test("an image whose name has a space is found between angle brackets", async () => {
  expect(await problemsOf('![A cup.](<my photo.png> "A cup.")')).toEqual(["1:1  Image `my photo.png` not found."]);
});
