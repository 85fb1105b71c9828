/** Compares the widths of formulas that the compiler computes with those that a browser measures. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";
import { expect, test } from "vitest";
import { displayedWidth } from "../../src/publish/maths/formula-width.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { openBrowser } from "../journeys/browser.ts";
import { compile } from "./one-text.ts";

const formulas = [
  "x",
  "\\operatorname{Attention}(Q,K,V)=\\operatorname{softmax}\\!\\Big(\\!\\frac{QK^{\\top}}{\\sqrt{d_k}}\\!\\Big)V",
  "\\begin{aligned} \\Omega(\\text{MSA})&=4hwC^2+2(hw)^2C,\\\\ \\Omega(\\text{W-MSA})&=4hwC^2+2M^2hwC . \\end{aligned}",
  "\\sum_{i=1}^{n}\\int_0^{\\infty} e^{-x_i^2}\\,dx\\ \\longrightarrow\\ \\hat A=\\tilde D^{-1/2}\\tilde A\\,\\tilde D^{-1/2}",
  "R_m=\\operatorname{diag}\\!\\left(\\begin{pmatrix}\\cos m\\theta_i&-\\sin m\\theta_i\\\\ \\sin m\\theta_i&\\cos m\\theta_i\\end{pmatrix}\\right)_{i=0}^{d/2-1}",
  "\\mathcal L_{\\text{MLM}}=-\\frac1{|M|}\\sum_{t\\in M}\\log p_\\theta(w_t\\mid\\tilde w_{1:n})",
  "f(x)=\\begin{cases}x^2&\\text{if }x\\ge 0\\\\ -x&\\text{otherwise}\\end{cases}\\qquad\\overline{AB}\\quad\\underbrace{a+b}_{c}",
];

test("within three tenths of an em of what a browser measures", async () => {
  const folder = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));
  const fontAt = (_: string, name: string) =>
    `url(data:font/woff2;base64,${readFileSync(join(folder, "fonts", name)).toString("base64")})`;
  const css = readFileSync(join(folder, "katex.min.css"), "utf8").replace(/url\(fonts\/([^)]+\.woff2)\)/g, fontAt);
  const body = formulas.map((tex) => `<div>${katex.renderToString(tex, { displayMode: true })}</div>`).join("");
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 4000, height: 900 } })).newPage();
    await page.setContent(`<!doctype html><style>${css} div { font-size: 100px }</style>${body}`);
    // As a string: a function in this file would be compiled for Node.
    const measured =
      (await page.evaluate(`document.fonts.ready.then(() => [...document.querySelectorAll(".katex-html")].map((formula) =>
      [...formula.querySelectorAll(".katex-base")].reduce((sum, base) => sum + base.getBoundingClientRect().width, 0) / parseFloat(getComputedStyle(formula).fontSize)))`)) as number[];
    expect(measured.length).toBe(formulas.length);
    for (const [index, tex] of formulas.entries()) {
      expect(measured[index]).toBeGreaterThan(0.5);
      expect(Math.abs(displayedWidth(tex) - (measured[index] ?? 0)), tex).toBeLessThan(0.3);
    }
  } finally {
    await browser.close();
  }
});

test("an equation that a phone cannot show whole is told, with its line and a way out; one that fits is not", async () => {
  const wide = "a_1+a_2+a_3+a_4+a_5+a_6+a_7+a_8+a_9+a_{10}+a_{11}=b";
  const { problems } = await compile(`Before.\n\n$$\n${wide}\n$$\n\n$$\na=b \\label{fits}\n$$\n\nSee \\eqref{fits}.\n`);
  expect(formatProblems(problems, (text) => text).split("\n")).toEqual([
    "content/tea/cup.md:3:1  warning  This equation is too wide for a phone: about 438 pixels; the limit is 350.",
    "  3 | $$",
    "    | ^^",
    "  -> Break it into lines, `\\begin{aligned} … \\\\ … \\end{aligned}`, or give a part of it a name; otherwise it scrolls sideways.",
    "",
    "1 warning.",
  ]);
  const lines = wide.replace("+a_6", "\\\\ &+a_6");
  const { problems: none } = await compile(`Before.\n\n$$\n\\begin{aligned}&${lines}\\end{aligned}\n$$\n`);
  expect(none).toEqual([]);
});
