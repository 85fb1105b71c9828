/** Tests copying of a text with formulas, in a browser. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { openBrowser, openPage } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(bookFolder("errata")), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/** Selects from the first match of one selector to the end of the first match of another, and copies. */
const copied = (page: Page, from: string, to: string): Promise<{ readonly plain: string; readonly html: string }> =>
  page.evaluate(
    `(() => {
      const range = document.createRange();
      range.setStart(document.querySelector(${JSON.stringify(from)}), 0);
      const end = document.querySelector(${JSON.stringify(to)});
      range.setEnd(end, end.childNodes.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      const data = new DataTransfer();
      const isLeft = document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, cancelable: true }));
      return { plain: isLeft ? getSelection().toString() : data.getData("text/plain"), html: data.getData("text/html") };
    })()`,
  );

test("formulas are copied once each, as TeX, and paragraphs stay apart", async () => {
  const { page } = await openPage(browser, `${world.url}/pouring/spread`);
  const { plain, html } = await copied(page, ".body p", ".body p:nth-of-type(2)");
  expect(plain.replace(/\n+/g, "\n").trim()).toBe(
    String.raw`Pour one pot into $n$ cups, and cup $i$ holds $x_i$. How far apart are they?
$$s = \sqrt{\frac{1}{n} \sum_{i} (x_i - m)^2}$$
(1)
By hand
Three cups of 2.0, 1.9 and 2.1 dl have a spread of 0.08 dl.`,
  );
  expect([html.match(/<math/g)?.length, html.includes("katex-html")]).toEqual([4, false]);
  // A selection that begins within a formula has the whole of it.
  const part = await copied(page, ".body p .katex-html .mord", ".body p");
  expect(part.plain).toMatch(/^\$n\$ cups/);
});

test("without scripts, and in a selection without formulas, nothing is copied twice", async () => {
  const { page } = await openPage(browser, `${world.url}/pouring/spread`, {
    javaScriptEnabled: false,
  });
  // Playwright's own script runs where the page's do not.
  const select = await page.evaluate(`getComputedStyle(document.querySelector(".katex-mathml")).userSelect`);
  expect(select).toBe("none");
});
