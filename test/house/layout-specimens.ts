/**
 * Small pages, each with one layout fault and a correct counterpart: layout.test.ts must find the first and accept the
 * second.
 */
import katex from "katex";

interface Specimen {
  readonly name: string;
  readonly faulty: string;
  readonly sound: string;
  readonly fault: string;
  /** Width of the window in pixels; default 390. */
  readonly width?: number;
}

const long = "word ".repeat(60);
const formula = katex.renderToString("W");
const box = "position: absolute; left: 0; width: 300px; margin: 0";

export const specimens: readonly Specimen[] = [
  {
    name: "scrolling sideways",
    faulty: `<div style="width: 500px; height: 9px"></div>`,
    sound: `<div style="overflow-x: auto"><div style="width: 500px; height: 9px"></div></div>`,
    fault: "scrolls sideways: 500 px",
  },
  {
    name: "a word broken without a hyphen",
    faulty: `<h2 style="width: 90px; overflow-wrap: anywhere">Transformers</h2>`,
    sound: `<h2 style="width: 90px">Trans&shy;for&shy;mers</h2>`,
    fault: "broken word: Transformers (h2)",
  },
  {
    name: "a column of text under 55 % of a phone",
    faulty: `<article><p style="width: 200px">${long}</p></article>`,
    sound: `<article><p style="width: 216px">${long}</p><aside><p style="width: 100px">${long}</p></aside></article>`,
    fault: "narrow text, 200 px: “word word word word word word word word ”",
  },
  {
    name: "a column of text under 480 px in a window",
    faulty: `<article><p style="width: 479px">${long}</p></article>`,
    sound: `<article><p style="width: 480px">${long}</p></article>`,
    fault: "narrow text, 479 px: “word word word word word word word word ”",
    width: 1024,
  },
  {
    name: "the column of a chapter under 560 px",
    faulty: `<article class="reading"><div class="body" style="width: 559px"><p>Tea.</p></div></article>`,
    sound: `<article class="reading"><div class="body" style="width: 560px"><p>Tea.</p></div></article>`,
    fault: "narrow column, 559 px: “Tea.”",
    width: 960,
  },
  {
    name: "a title under 40 % of the window",
    faulty: `<main><h1 style="width: 150px; font-size: 16px">Tea, and time</h1></main>`,
    sound: `<main><h1 style="width: 156px; font-size: 16px">Tea, and time</h1></main>`,
    fault: "narrow title, 150 px: “Tea, and time”",
  },
  {
    name: "text over text",
    faulty: `<p style="${box}; top: 0">Green</p><p style="${box}; top: 4px">Black</p>`,
    sound: `<p style="${box}; top: 0">Green</p><p style="${box}; top: 20px">Black</p>`,
    fault: "text overlaps: “Green” (p) and “Black” (p)",
  },
  {
    name: "text over a formula",
    faulty: `<p style="${box}; top: 0">${formula}</p><p style="${box}; top: 4px">Black</p>`,
    sound: `<p style="${box}; top: 0">${formula}</p><p style="${box}; top: 20px">Black</p>`,
    fault: "text overlaps: “W” (span.katex-base) and “Black” (p)",
  },
  {
    name: "text under a control",
    faulty: `<p style="margin: 0; width: 200px">Steep it for long</p><button class="copy" style="position: absolute; top: 0; left: 90px; width: 90px; height: 30px"></button>`,
    sound: `<p style="margin: 0; width: 200px">Steep it for long</p><button class="copy" style="position: absolute; top: 0; left: 210px; width: 90px; height: 30px"></button>`,
    fault: "text overlaps: “” (button.copy) and “Steep it for long” (p)",
  },
  {
    name: "text cut off at the side",
    faulty: `<p class="label" style="width: 60px; overflow: hidden; white-space: nowrap">Pouchong and Oolong</p>`,
    sound: `<p class="label" style="width: 60px; overflow: auto; white-space: nowrap">Pouchong and Oolong</p>`,
    fault: "text is cut off: “Pouchong and Oolong” (p.label) by p.label",
  },
  {
    name: "text cut off at its foot",
    faulty: `<p class="label" style="height: 20px; overflow: clip">Oolong<br>Assam</p>`,
    sound: `<p class="label" style="height: 60px; overflow: clip">Oolong<br>Assam</p>`,
    fault: "text is cut off: “Assam” (p.label) by p.label",
  },
  {
    name: "text out of the window on the left, where nobody can scroll",
    faulty: `<p style="margin-left: -20px">Assam</p>`,
    sound: `<a class="skip" style="position: absolute; left: -200px">Assam</a>`,
    fault: "text is cut off: “Assam” (p) by the window",
  },
  {
    name: "a target under 24 px",
    faulty: `<nav><a href="/" style="display: inline-block; width: 39px; height: 20px">Tea</a></nav>`,
    sound: `<nav><a href="/" style="display: inline-block; width: 39px; height: 24px">Tea</a></nav><p style="line-height: 1">Leaves, as <a href="/">tea</a> says.</p>`,
    fault: "small target, 39 x 20 px: nav > a “Tea”",
  },
  {
    name: "a choice under 24 px",
    faulty: `<label style="display: block; width: 20px; height: 20px"><input type="checkbox"></label>`,
    sound: `<label style="display: block; width: 24px; height: 24px"><input type="checkbox"></label>`,
    fault: "small target, 20 x 20 px: label > input “”",
  },
];
