/** Checks which font each character is set in: in a browser, and in the font files of the pages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectGlyphs } from "../../src/publish/assets/glyphs.ts";
import { subsetFonts } from "../../src/publish/assets/subset-fonts.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { discardingStore } from "../../src/publish/object-store.ts";
import { openBrowser } from "../journeys/browser.ts";
import { repository } from "../world.ts";
import { charactersOf } from "./font-characters.ts";

/** Formulas that together use every font of KaTeX, and every class that selects one. */
const formulas = [
  "x + 1 = \\alpha\\beta\\Gamma, \\; f'(x) \\le \\infty \\cdot \\nabla \\ell",
  "\\mathbf{x1\\Gamma} \\boldsymbol{x1\\alpha\\Gamma} \\bm{W} \\boldsymbol{\\nabla + =}",
  "\\mathcal{ABC} \\boldsymbol{\\mathcal L} \\mathscr{L} \\mathfrak{gG} \\boldsymbol{\\mathfrak g}",
  "\\mathbb{RN1} \\Bbb{k} \\mathsf{X1} \\boldsymbol{\\mathsf x} \\mathtt{t1} \\mathrm{d} \\mathit{diff1}",
  "\\text{a \\textbf{b} \\textit{c} \\textbf{\\textit{d}} \\textsf{e \\textbf{f} \\textit{g}} \\texttt{h} \\textrm{i} \\emph{j}}",
  "\\operatorname{softmax}(x) \\lim_{n\\to\\infty} \\max \\log\\sin \\Pr",
  "\\sum_i \\int_a^b \\prod \\bigcup \\oint \\iint \\bigoplus",
  "\\big( \\Big[ \\bigg\\{ \\Bigg\\langle x \\Bigg\\rangle \\bigg\\} \\Big] \\big)",
  "\\left( \\frac{\\frac{a}{b}}{\\frac{c}{d}} \\right) \\left\\{ \\begin{matrix} a \\\\ b \\\\ c \\\\ d \\\\ e \\\\ f \\end{matrix} \\right.",
  "\\left\\lVert \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\\\ 5 & 6 \\\\ 7 & 8 \\end{pmatrix} \\right\\rVert \\left\\lfloor \\frac{a}{b} \\right\\rceil \\left\\Uparrow \\frac{a}{\\frac bc} \\right\\updownarrow",
  "\\sqrt{x} \\sqrt[3]{\\frac{a}{b}} \\overline{x} \\overbrace{a+b}^{c} \\widehat{abc} \\vec{v} \\hat{x} \\bar{y} \\dot{z} \\tilde{w}",
  "\\nexists \\blacksquare \\leqslant \\lesssim \\bigstar \\hbar \\Finv \\nsubseteq \\rightsquigarrow \\ulcorner",
  "\\imath \\jmath \\partial \\aleph \\wp \\Re \\Im \\emptyset \\varnothing \\not= \\neq \\notin",
  "a \\xrightarrow{f} b \\substack{i \\\\ j} \\underset{x}{\\arg\\min} \\binom{n}{k} \\tag{1}",
  "\\KaTeX \\LaTeX \\TeX \\copyright \\pounds \\S \\dagger \\ldots \\cdots \\vdots \\ddots",
  "{\\tiny a} {\\Huge B} x_{y_{z}} \\mathbf{x_{\\mathit{y}}} \\mathbf{\\text{a \\textit{b}}}",
];
const html = formulas.map((tex) => katex.renderToString(tex, { displayMode: true, strict: false })).join("\n");

const sorted = (sets: Iterable<readonly [string, Iterable<string>]>): Record<string, string> =>
  Object.fromEntries(
    [...sets].map(([face, set]) => [face, [...set].sort().join("")] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/**
 * Runs in the page: wraps every text node in a separate element, so that the browser can report its fonts, and returns
 * the texts. A string, because this file is compiled without DOM types.
 */
const wrapTexts = `(async () => {
  const found = [];
  for (const root of document.querySelectorAll(".katex-html")) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const text = node.data.replace(/[ \\t\\n\\u200b]/g, "");
      if (text === "") continue;
      const box = document.createElement("i");
      box.setAttribute("style", "font: inherit");
      box.className = "asked";
      node.replaceWith(box);
      box.append(node);
      found.push(text);
    }
  }
  await document.fonts.ready;
  return found;
})()`;

describe("as a browser sees it", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test("each character is collected under the face that Chromium takes for it", async () => {
    const folder = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.css"));
    const css = readFileSync(join(folder, "katex.css"), "utf8").replace(
      /url\((fonts\/[\w-]+\.woff2)\)/g,
      (_, file: string) => `url(data:font/woff2;base64,${readFileSync(join(folder, file)).toString("base64")})`,
    );
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><style>${css}</style>${html}`);
    const texts = await page.evaluate<string[]>(wrapTexts);
    const session = await page.context().newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument");
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: ".asked" });
    expect(nodeIds).toHaveLength(texts.length);
    const seen = new Map<string, Set<string>>();
    for (const [index, nodeId] of nodeIds.entries()) {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      const face = fonts.map((font) => font.postScriptName).join(" and ");
      const set = seen.get(face) ?? new Set();
      seen.set(face, set);
      for (const character of texts[index] ?? "") set.add(character);
    }
    const collected = [...collectGlyphs([html])].filter(([face]) => face !== "text");
    expect(sorted(collected)).toEqual(sorted(seen));
    // All 20 that KaTeX ships, except bold script and bold Fraktur, which none of its commands selects.
    expect(collected).toHaveLength(18);
  });
});

describe("in the fonts of the library's own texts", () => {
  test("each face has every character that is set in it", async () => {
    const library = await new LibraryCompiler(repository, discardingStore, { usesDisk: true }).compile();
    if (library.kind === "refused") throw new Error("The library's own texts have mistakes: npm run check:content");
    const fonts = await subsetFonts(library.glyphs);
    const missing: string[] = [];
    for (const [face, characters] of library.glyphs) {
      if (face === "text") continue;
      const name = face === "code" ? "ibm-plex-mono-400-normal" : face.toLowerCase();
      const font = fonts.find(({ file }) => file.startsWith(`${name}.`));
      const held = font ? await charactersOf(font.bytes, characters) : new Set<string>();
      missing.push(
        ...[...characters].filter((character) => !held.has(character)).map((character) => `${face}: ${character}`),
      );
    }
    expect(missing).toEqual([]);
  }, 240_000);

  test("each text face has every character that its stylesheet promises, and together they have all letters of the texts", async () => {
    const library = await new LibraryCompiler(repository, discardingStore, { usesDisk: true }).compile();
    if (library.kind === "refused") throw new Error("The library's own texts have mistakes: npm run check:content");
    const text = [...(library.glyphs.get("text") ?? [])];
    const missing: string[] = [];
    const regular = new Set<string>();
    for (const { file, bytes, css } of await subsetFonts(library.glyphs)) {
      const range = /unicode-range:([^}]+)\}/.exec(css)?.[1];
      if (range === undefined) continue;
      const promised = range.split(",").flatMap((run) => {
        const [from = "", to = from] = run.replace("U+", "").split("-");
        const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
        return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
      });
      const held = await charactersOf(bytes, promised);
      missing.push(...promised.filter((character) => !held.has(character)).map((character) => `${file}: ${character}`));
      if (css.includes('"Library Serif"') && css.includes("font-weight:400;font-style:normal"))
        for (const character of held) regular.add(character);
    }
    expect(missing).toEqual([]);
    expect(
      text.filter((character) => /[\p{Script=Latin}\p{Script=Greek}\p{N}]/u.test(character) && !regular.has(character)),
    ).toEqual([]);
  }, 240_000);
});

describe("what is set in no face of ours", () => {
  test("MathML, which is for screen readers, and blanks", () => {
    expect(sorted(collectGlyphs([katex.renderToString("x")]))).toEqual({ "KaTeX_Math-Italic": "x" });
    expect(sorted(collectGlyphs(["<p>a b\n\u200b</p>"]))).toEqual({ text: "ab" });
  }, 240_000);

  test("code is separate from text, so that only faces for code have its signs", () => {
    expect(sorted(collectGlyphs(["<p>a <code>b<em>^</em></code></p><pre>{</pre><kbd>#</kbd>"]))).toEqual({
      code: "#^b{",
      text: "a",
    });
  });

  test("entities are the characters that they stand for", () => {
    expect(sorted(collectGlyphs(["<p>&amp;&lt;&quot;é</p>"]))).toEqual({ text: '"&<é' });
  }, 240_000);

  test("lettering of drawings is set in the faces that their classes name", () => {
    const drawing = '<svg><text>a</text><text class="formula">x<tspan class="upright">1</tspan></text></svg>';
    expect(sorted(collectGlyphs([drawing]))).toEqual({
      "KaTeX_Main-Regular": "1",
      "KaTeX_Math-Italic": "x",
      text: "a",
    });
  }, 240_000);
});
