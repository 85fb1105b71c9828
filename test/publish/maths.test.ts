/** Checks maths: what is a formula and what is money, where formulas are allowed, and how page and feed show them. */
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { compile, problemsOf, publish, withTex } from "./one-text.ts";

/** The page of a text, with its formulas as `⟨TeX⟩`. */
const pageOf = async (markdown: string): Promise<string> => withTex((await publish(markdown)).page).trim();

describe("what is a formula", () => {
  test.each([
    ["The width $d_k$ of a head.", "<p>The width ⟨d_k⟩ of a head.</p>"],
    ["It costs $5 and $6 a tin.", "<p>It costs $5 and $6 a tin.</p>"],
    ["It costs $5, and $x$ is free.", "<p>It costs $5, and ⟨x⟩ is free.</p>"],
    ["From $5 to $6, $x$ at a time.", "<p>From $5 to $6, ⟨x⟩ at a time.</p>"],
    ["A \\$ and a formula $x$.", '<p>A $ and a formula <span class="glue">⟨x⟩.</span></p>'],
    ["A lone $ is a dollar.", "<p>A lone $ is a dollar.</p>"],
    ["Spaces $ x $ make no formula.", "<p>Spaces $ x $ make no formula.</p>"],
    ["A dollar $\\$5$ inside.", "<p>A dollar ⟨\\$5⟩ inside.</p>"],
    ["`$x$` is code, $x$ is not.", "<p><code>$x$</code> is code, ⟨x⟩ is not.</p>"],
    ["The $n$th, the $k$-mer.", '<p>The ⟨n⟩th, the <span class="glue">⟨k⟩-</span>mer.</p>'],
    ["It costs $5 when `$HOME` is set.", "<p>It costs $5 when <code>$HOME</code> is set.</p>"],
    ["Up to $0.65 each; `$TOKEN_KEYS` signs.", "<p>Up to $0.65 each; <code>$TOKEN_KEYS</code> signs.</p>"],
    ["Now $5, `a` then $x$.", '<p>Now $5, <code>a</code> then <span class="glue">⟨x⟩.</span></p>'],
    ["$5 [see](https://x.org/$y) $x$", '<p>$5 <a href="https://x.org/$y">see</a> ⟨x⟩</p>'],
    ["$5 <https://x.org/$y> $x$", '<p>$5 <a href="https://x.org/$y">https://x.org/$y</a> ⟨x⟩</p>'],
    ["$5 https://x.org/$y $x$", '<p>$5 <a href="https://x.org/$y">https://x.org/$y</a> ⟨x⟩</p>'],
    ['$5 <abbr title="$x">y</abbr> $z$', '<p>$5 <abbr title="$x">y</abbr> ⟨z⟩</p>'],
    ["$[0,1)$ and [$x$](leaves)", '<p>⟨[0,1)⟩ and <a class="chapter" href="/tea/leaves">⟨x⟩</a></p>'],
    ["$\\sigma[f](x)$ and $a<b$ and c>d", "<p>⟨\\sigma[f](x)⟩ and ⟨a<b⟩ and c&gt;d</p>"],
    ["We take $\\text{if $x$ is odd}$ here.", "<p>We take ⟨\\text{if $x$ is odd}⟩ here.</p>"],
    [
      "Of $\\text{``$x$''}$ and $\\textbf{a $y_1*2$}*3$.",
      "<p>Of ⟨\\text{``$x$''}⟩ and <span class=\"glue long\">⟨\\textbf{a $y_1*2$}*3⟩.</span></p>",
    ],
    ["Run $HOME/a and $PATH/b first.", "<p>Run $HOME/a and $PATH/b first.</p>"],
    ["Across\na line $a +\nb$ too.", "<p>Across\na line ⟨a +\nb⟩ too.</p>"],
  ])("%s", async (markdown, html) => {
    expect(await pageOf(markdown)).toBe(html);
  });

  test("a formula does not reach over a blank line", async () => {
    expect(await pageOf("One $x\n\nand y$ more.")).toBe("<p>One $x</p>\n<p>and y$ more.</p>");
  });
});

describe("underscores and asterisks inside a formula begin no emphasis", () => {
  test.each([
    ["_a $x_1$ and $y_2$ b_", "<p><em>a ⟨x_1⟩ and ⟨y_2⟩ b</em></p>"],
    ["*a $p*q$ b $r*s$ c*", "<p><em>a ⟨p*q⟩ b ⟨r*s⟩ c</em></p>"],
    ["**$a*b$** and *$c^*$*", "<p><strong>⟨a*b⟩</strong> and <em>⟨c^*⟩</em></p>"],
    ["$a_i$ and $b_i$, *so* $c_i$", '<p>⟨a_i⟩ and <span class="glue">⟨b_i⟩,</span> <em>so</em> ⟨c_i⟩</p>'],
    ["*a `$` b* and `$` c", "<p><em>a <code>$</code> b</em> and <code>$</code> c</p>"],
    ["*costs $5* and *costs $6*", "<p><em>costs $5</em> and <em>costs $6</em></p>"],
  ])("%s", async (markdown, html) => {
    expect(await pageOf(markdown)).toBe(html);
  });
});

describe("where a formula may stand", () => {
  const isSet = async (markdown: string, around: string) => {
    const { page, feed } = await publish(markdown);
    expect(withTex(page).replace(/ id="eq\.[^"]*"/g, "")).toContain(around);
    expect(feed).toMatch(/<math [\s\S]*<mi>x<\/mi>/);
    expect(page + feed).not.toMatch(/[^\\]\$/);
  };
  test("in a list item", () => isSet("- take $x_1$\n- or not", "<li>take ⟨x_1⟩</li>"));
  test("displayed in a list item", () =>
    isSet("1. take\n\n   $$\n   x = 1\n   $$\n\n   and go", '<div class="equation">⟨x = 1⟩</div>'));
  test("in a quotation", () => isSet("> as $x$ said", "<p>as ⟨x⟩ said</p>"));
  test("displayed in a quotation", () => isSet("> $$\n> x\n> = 1\n> $$", '<div class="equation">⟨x\n= 1⟩</div>'));
  test("in a table, with a bar", () =>
    isSet("| a | b |\n| --- | --- |\n| $P(x \\| y)$ | $\\|x\\|$ |", "<td>⟨P(x | y)⟩</td><td>⟨|x|⟩</td>"));
  test("in the head of a table", () => isSet("| $x$ |\n| --- |\n| 1 |", '<th scope="col">⟨x⟩</th>'));
  test("in a caption", () =>
    isSet('![Teas.](figure:six-teas "Where $x_1$ is.")', "Figure 1.</span> Where ⟨x_1⟩ is.</figcaption>"));
  test("in a note", () => isSet("Tea[^n].\n\n[^n]: With $x$ in it.", "</span> With ⟨x⟩ in it. <a"));
  test("in the title and body of a box", () =>
    isSet(":::note[Of $x$]\nAnd $x$.\n:::", '<span class="box-name">Of ⟨x⟩</span>'));
  test("in a question and its answer", () =>
    isSet(
      ":::questions\n1. What is $x$?\n\n   It is $x$ itself.\n:::",
      "<summary>Answer</summary><p>It is ⟨x⟩ itself.</p>",
    ));
  test("in the text of a link", () =>
    isSet("See [the $x$ of it](leaves).", '<a class="chapter" href="/tea/leaves">the ⟨x⟩ of it</a>'));
  test("right after a paragraph, without a blank line", () =>
    isSet("So\n$$\nx\n$$\nthen.", '<p>So</p>\n<div class="equation">⟨x⟩</div>\n<p>then.</p>'));
  test("on one line between double dollars", () => isSet("$$x = 1$$", '<div class="equation">⟨x = 1⟩</div>'));

  test("in a heading: its id is made of the TeX, and the contents list shows it set", async () => {
    const { page, headings, feed } = await publish("## The size of $x_k$");
    expect(withTex(page)).toContain('<h2 id="the-size-of-x_k">The size of ⟨x_k⟩</h2><a class="anchor"');
    expect(headings.map(({ id, html }) => [id, withTex(html)])).toEqual([["the-size-of-x_k", "The size of ⟨x_k⟩"]]);
    expect(feed).toMatch(/<h2>The size of <math/);
  });
});

describe("numbers of equations", () => {
  const text =
    "By \\eqref{second} and \\eqref{first}.\n\n$$\na \\label{first}\n$$\n\n$$\nb\n$$\n\n$$\nc \\label{second}\n$$\n";

  test("labelled equations are numbered in their order, the others not", async () => {
    const page = await pageOf(text);
    expect(page).toContain('<p>By <a href="#eq-second">(2)</a> and <a href="#eq-first">(1)</a>.</p>');
    expect(page).toContain('<div class="equation numbered" id="eq-first">⟨a⟩<span class="number">(1)</span></div>');
    expect(page).toMatch(/<div class="equation" id="eq\.[0-9a-f]{4}">⟨b⟩<\/div>/);
    expect(page).toContain('<div class="equation numbered" id="eq-second">⟨c⟩<span class="number">(2)</span></div>');
  });

  test("every displayed equation has an id that does not depend on its position", async () => {
    const idsOf = (page: string) => [...page.matchAll(/<div class="equation[^>]* id="([^"]*)"/g)].map(([, id]) => id);
    const ids = idsOf(await pageOf(text));
    expect(ids).toEqual(["eq-first", expect.stringMatching(/^eq\.[0-9a-f]{4}$/), "eq-second"]);
    const later = idsOf(await pageOf(`$$\nx = y\n$$\n\n${text}\n$$\nb\n$$\n\n> $$\n> b\n> $$\n`));
    expect(later.slice(1)).toEqual([...ids, `${ids[1]}-2`, `${ids[1]}-3`]);
    expect(new Set(later).size).toBe(6);
  });

  test("a feed says the number beside the equation, and leads to the page", async () => {
    const { feed } = await publish(text);
    expect(feed).toContain('By <a href="{origin}/tea/cup#eq-second">(2)</a>');
    expect(feed.match(/<\/math>\u2003\(\d\)<\/p>/g)).toEqual(["</math>\u2003(1)</p>", "</math>\u2003(2)</p>"]);
    expect(feed, "on the line of its number").toMatch(/<p><math [^>]*displaystyle="true">/);
    expect(feed.match(/display="block"/g), "only the one without a number").toHaveLength(1);
  });

  test("labels that look alike have anchors of their own", async () => {
    const { page } = await publish("$$\na \\label{x_1}\n$$\n\n$$\nb \\label{x-1}\n$$\n");
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(2);
  });

  test.each(["align", "gather", "equation", "alignat"])("%s is not numbered by KaTeX", async (environment) => {
    const columns = environment === "alignat" ? "{1}" : "";
    const body = `\\begin{${environment}}${columns}\na\n\\end{${environment}}`;
    const { page, feed } = await publish(`$$\n${body}\n$$\n\n$$\n${body} \\label{mine}\n$$\n\nBy \\eqref{mine}.`);
    expect(page + feed).not.toMatch(/eqn-num/);
    expect(page.match(/<span class="number">\(\d\)<\/span>/g)).toEqual(['<span class="number">(1)</span>']);
    expect(page).toContain('By <a href="#eq-mine">(1)</a>.');
  });

  test("a mistake in a numbered environment is found where it is", async () => {
    const problems = await problemsOf("$$\n\\begin{align}\na &= \\nonsense \\\\\nb &= 1\n\\end{align}\n$$");
    expect(problems).toEqual(["3:6  This TeX cannot be typeset: Undefined control sequence: \\nonsense."]);
  });

  test("a label without a name is refused", async () => {
    expect(await problemsOf("$$\nx \\label{}\n$$\n")).toHaveLength(1);
  });
});

describe("what page and feed show", () => {
  const text =
    "Take $\\mathbb R$, $\\mathbf a$ and $\\frac{1}{x}$.\n\n$$\n\\mathcal N(0, 1) \\in \\mathbb{R}^{n}\n$$\n";

  test("the page has each formula for the eye, hidden from screen readers, and as MathML for them", async () => {
    const { page } = await publish(text);
    expect(page.match(/<math /g)).toHaveLength(4);
    expect(page.match(/<span class="katex-html" aria-hidden="true">/g)).toHaveLength(4);
    expect(page).toContain('<annotation encoding="application/x-tex">\\mathbf a</annotation>');
    expect(page).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">');
  });

  test("the feed has MathML alone: no second copy for the eye, no TeX that a reader would show", async () => {
    const { feed } = await publish(text);
    expect(feed.match(/<math /g)).toHaveLength(4);
    expect(feed).not.toMatch(/katex|aria-hidden|<annotation|\\mathb/);
    expect(feed.match(/𝐚/g)).toHaveLength(1);
  });

  test.each([
    ["\\mathbb R", "ℝ"],
    ["\\mathbf a", "𝐚"],
    ["\\mathcal N", "𝒩"],
    ["\\mathcal L", "ℒ"],
    ["\\mathfrak g", "𝔤"],
    ["\\boldsymbol\\theta", "𝜽"],
    ["\\mathbf 1", "𝟏"],
    ["\\mathbb 1", "𝟙"],
    ["\\mathbf{W}", "𝐖"],
    ["\\boldsymbol{\\Sigma}", "𝚺"],
    ["\\boldsymbol\\epsilon", "𝝐"],
    ["\\boldsymbol\\phi", "𝝓"],
    ["\\boldsymbol\\vartheta", "𝝑"],
  ])("%s is the letter %s in MathML, which knows no mathvariant", async (tex, letter) => {
    const { page, feed } = await publish(`A $${tex}$ b`);
    expect(feed).toContain(`${letter}</m`);
    expect(page).toContain(`${letter}</m`);
    expect(page + feed).not.toMatch(/mathvariant="(?!normal)/);
  });

  test.each([
    "\\boldsymbol{\\theta x}",
    "\\mathrm{softmax}(x)",
    "\\operatorname{arg\\,max}_i x_i",
    "x \\text{ if $y > 0$}",
    "\\mathbf{x}^\\top \\mathbf{y}",
    "\\overset{!}{=} \\underbrace{a+b}_{c}",
    "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
    "\\left\\lVert x \\right\\rVert_2",
    "\\mathbin{\\Vert} \\mathrel{\\sim}",
  ])("the MathML of %s nests as HTML parsers read it: letters, numbers and operators hold text alone", async (tex) => {
    const { feed } = await publish(`A $${tex}$ b`);
    const inside: string[] = [];
    const nested: string[] = [];
    const parser = new Parser({
      onopentag(name) {
        if (["mi", "mn", "mo", "ms"].includes(inside.at(-1) ?? "")) nested.push(`${inside.at(-1)} > ${name}`);
        inside.push(name);
      },
      onclosetag: () => inside.pop(),
    });
    parser.end(feed);
    expect(nested).toEqual([]);
  });
});

describe("what a formula may not do", () => {
  test.each([
    ["\\href{javascript:alert(1)}{x}", "\\href"],
    ["\\url{https://example.org}", "\\url"],
    ["\\includegraphics{cup.png}", "\\includegraphics"],
    ["\\htmlStyle{position: fixed}{x}", "\\htmlStyle"],
    ["\\htmlClass{masthead}{x}", "\\htmlClass"],
    ["\\htmlId{main}{x}", "\\htmlId"],
    ["\\htmlData{a=b}{x}", "\\htmlData"],
  ])("%s is refused where it stands", async (tex, command) => {
    expect(await problemsOf(`Tea.\n\nA ${"b "}$x + ${tex}$.`)).toEqual([
      `3:10  \`${command}\` is not allowed in a formula.`,
    ]);
  });

  test.each([
    ["\\def\\a{\\a\\a}\\a"],
    [
      `\\def\\a{xx}${["ab", "bc", "cd", "de", "ef"].map(([from, to]) => `\\def\\${to}{${`\\${from}`.repeat(8)}}`).join("")}\\f`,
    ],
  ])("a macro bomb goes off nowhere: %s", async (tex) => {
    expect(await problemsOf(`A bomb $${tex}$.`)).toEqual(["1:9  `\\def` cannot be used in a text."]);
    const definitions = [...tex.matchAll(/\\def(\\.)\{([^}]*)\}/g)].map(
      ([, name = "", body = ""]) => [name, { tex: body, arity: 0 }] as const,
    );
    const use = tex.slice(tex.lastIndexOf("\\"));
    const { problems } = await compile(`A bomb $${use}$.`, undefined, undefined, { macros: new Map(definitions) });
    expect(problems.map(({ column, message }) => `${column} ${message}`)).toEqual([
      expect.stringMatching(/^9 (`\\a` uses itself|This uses too many macros of macros)\.$/),
    ]);
  });

  test.each([
    "\\rule{9999em}{1em}",
    "\\rule{1em}{9999em}",
    "a\\hspace{9999em}b",
    "a\\kern-9999em b",
    "\\raisebox{9999em}{a}",
    "\\raisebox{-9999em}{a}",
    "\\begin{matrix} a \\\\[9999em] b \\end{matrix}",
  ])("%s makes no box larger than a page", async (tex) => {
    const { html } = await compile(`A huge $${tex}$ box.`);
    const sizes = [...html.matchAll(/[":](-?[\d.]+)em/g)].map(([, size]) => Math.abs(Number(size)));
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(100);
  });

  test("letters that TeX would not set in a formula are named", async () => {
    expect(await problemsOf("Tea $x + é$.")).toEqual([
      '1:10  This TeX cannot be typeset: Accented Unicode text character "é" used in math mode.',
    ]);
  });
});
