/** Checks that what the axe audit skips for speed hides no violation. */
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditAccessibility, auditInBothThemes, auditPart, openBrowser } from "./browser.ts";

/** One name is given outside the figure and counts; one refers to nothing. */
const partly = `<!doctype html><html lang="en"><head><title>Tea</title></head><body>
  <p><input type="text"></p><label for="water">Water</label><p id="leaves">Leaves</p><p>Nothing else.</p>
  <main style="background: #aaa"><figure>
    <input id="water" type="range"><input type="range" aria-labelledby="leaves"><input type="range" id="bare">
    <div role="slider" tabindex="0" aria-valuenow="1" aria-labelledby="nothing"></div>
    <button></button><p style="color: #999">Grey on grey.</p>
  </figure></main>
</body></html>`;

const formula = (drawing: string) => `<span class="katex"><span class="katex-mathml" style="font-size: 1px">
    <math><semantics><mrow><mi>x</mi></mrow><annotation>x</annotation></semantics></math></span>
  <span class="katex-html" aria-hidden="true">${drawing}</span></span>`;
const formulas = `<!doctype html><html lang="en"><head><title>Tea</title><style>
  body { background: #fff; color: #000 } .grey { color: #ccc } .red { color: #c00 }
  @media (prefers-color-scheme: dark) { body { background: #000; color: #fff } .grey { color: #fff } .night { color: #333 } }
  </style></head><body><main><h1>Of ${formula("<b>max</b>")}</h1><h2></h2>
  <p>${formula('<b>max</b><b class="grey">min</b>')}</p>
  <p>${formula('<b>max</b><b class="red">min</b>')}</p><p class="night">${formula("<b>max</b>")}</p>
</main></body></html>`;

const faulty = `<!doctype html><html><head><title>Tea</title></head><body>
  <p style="color: #999; background: #aaa">Grey on grey.</p>
  <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
  <p>Read <a href="/" style="color: #333; text-decoration: none">this</a> first.</p>
  <input type="text"><button></button><ul><p>No item.</p></ul><h4>Too deep</h4>
  <iframe srcdoc="<p>A frame without a title.</p>"></iframe>
</body></html>`;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await (await browser.newContext()).newPage();
});
afterAll(() => browser.close());

/** What axe finds in that part when it leaves nothing out. */
async function allViolations(html: string, part = ":root"): Promise<string[]> {
  await page.setContent(html);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(part)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}

test("our audit finds every violation that axe finds when it leaves nothing out", async () => {
  const expected = await allViolations(faulty);
  const found = await auditAccessibility(page);
  for (const id of ["color-contrast", "image-alt", "html-has-lang", "label", "button-name", "list", "frame-title"]) {
    expect([id, found.some((line) => line.startsWith(`${id}:`))]).toEqual([id, true]);
  }
  expect(found).toEqual(expected);
});

test("the audit of a part finds what axe finds in it, also where it depends on the rest of the page", async () => {
  const expected = await allViolations(partly, "figure");
  await page.setContent(partly);
  expect(await auditPart(page, "figure")).toEqual(expected);
  expect(expected.map((line) => line.split(":")[0]).sort()).toEqual([
    "aria-input-field-name",
    "button-name",
    "color-contrast",
    "label",
  ]);
});

test("a violation beside or inside a formula, by day or in the dark, is found although formulas are simplified", async () => {
  await page.setContent(formulas);
  const found = await auditInBothThemes(page);
  expect(found.map((line) => line.replace(/ Fix .*/s, "")).sort()).toEqual([
    "color-contrast: .grey",
    "empty-heading: h2",
    'in the dark, color-contrast: .night > .katex > .katex-html[aria-hidden="true"]',
    "in the dark, color-contrast: .red",
  ]);
});
