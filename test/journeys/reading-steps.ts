/** Steps of a reader's journey that every engine takes: the theme switch, and the way to the text with the keyboard. */
import { expect } from "vitest";
import type { ReaderPage } from "./reader-page.ts";

const ground = "getComputedStyle(document.documentElement).backgroundColor";

/** `click` clicks the button of that accessible name; `visit` opens a page of the library, as soon as it is drawn. */
export async function switchThemes(
  page: ReaderPage,
  click: (name: string) => Promise<void>,
  visit: (path: string) => Promise<void>,
): Promise<void> {
  const light = await page.evaluate<string>(ground);
  await click("Theme: Auto. Switch theme");
  await click("Theme: Light. Switch theme");
  const dark = await page.evaluate<string>(ground);
  expect(dark).not.toBe(light);
  await visit("/about");
  expect(await page.evaluate<string>(ground)).toBe(dark);
  expect(await page.evaluate<string>("document.documentElement.dataset.theme")).toBe("dark");
  await click("Theme: Dark. Switch theme");
  expect(await page.evaluate<string>(ground)).toBe(light);
}

export async function skipToText(page: ReaderPage): Promise<void> {
  await page.keyboard.press("Tab");
  expect(await page.evaluate<string>("document.activeElement.textContent.trim()")).toBe("Skip to content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
  await page.keyboard.press("Tab");
}

/** The outline of what has focus, which the keyboard has moved. */
export const focusOutline = (page: ReaderPage): Promise<string> =>
  page.evaluate("getComputedStyle(document.activeElement).outlineStyle");

/** Number of pixels by which the page is wider than the screen. */
export const widerThanScreen = (page: ReaderPage): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
