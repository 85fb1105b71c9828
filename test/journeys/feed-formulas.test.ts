/** Checks in Chromium that the signs for text readers are neither drawn nor in the accessibility tree. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { feedMathml } from "../../src/publish/maths/feed-mathml.ts";
import { parseMathml, writeMathml } from "../../src/publish/maths/mathml-elements.ts";
import { addSigns } from "../../src/publish/maths/mathml-for-text.ts";
import { atLeast } from "../own-library.ts";
import { libraryFormulas, mathmlOf } from "../publish/mail/one-mail.ts";
import { openBrowser } from "./browser.ts";
import { measureColumns } from "./feed-columns.ts";

const formulas = libraryFormulas().map(({ tex, displayed }) => mathmlOf(tex, displayed));

function withSigns(mathml: string): string {
  const root = parseMathml(mathml);
  addSigns(root);
  return writeMathml(root);
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
});
afterAll(() => browser.close());

const show = (mathml: readonly string[]) =>
  page.setContent(`<!doctype html><title>x</title><body>${mathml.map((each) => `<div>${each}</div>`).join("")}`);

/** Text and edges of each visible part, in quarters of a pixel, formula by formula. */
const boxes = () =>
  page.evaluate<string[][]>(`[...document.querySelectorAll("math")].map((math) => {
    const start = math.getBoundingClientRect();
    const parts = [...math.querySelectorAll("mi, mn, mo, mtext")].filter((part) => !part.closest("mphantom"));
    return [math, ...parts].map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      const edges = [left - start.left, top - start.top, width, height].map((edge) => Math.round(edge * 4));
      return [part === math ? "" : part.textContent, ...edges].join(" ");
    });
  })`);

/** Everything that a screen reader can read, in order. */
async function accessibleText(): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const textOf = (node: (typeof nodes)[number] | undefined): string => {
    if (node?.role?.value === "StaticText") return ` ${node.name?.value}`;
    return (node?.childIds ?? []).map((id) => textOf(byId.get(id))).join("");
  };
  return textOf(nodes[0]);
}

test("the signs move nothing, and screen readers do not read them", async () => {
  expect(formulas.length).toBeGreaterThan(atLeast(200));
  await show(formulas);
  const [drawn, read] = [await boxes(), await accessibleText()];
  await show(formulas.map(withSigns));
  const moved = (await boxes()).filter((each, index) => each.join() !== drawn[index]?.join());
  expect(moved).toEqual([]);
  expect(await accessibleText()).toBe(read);
  expect(read.length).toBeGreaterThan(formulas.length);
}, 60_000);

test("aligned formulas keep their columns, and a bar is drawn", async () => {
  const { equals, scripts } = await measureColumns(page);
  expect(Math.abs((equals[0] ?? 0) - (equals[1] ?? 9))).toBeLessThan(0.5);
  expect(scripts.map((distance) => Math.abs(distance) < 3)).toEqual([true, true, true, true]);
  await show([feedMathml(mathmlOf("\\overline{k}"))]);
  const bar = await page.locator("mo").boundingBox();
  expect(bar?.width).toBeGreaterThan(2);
}, 60_000);
