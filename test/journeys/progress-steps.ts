/** Steps of a reader whose browser keeps what was read. */
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import type { World } from "../world.ts";

/** Opens a page whose clock only moves when the test moves it. */
export async function openAt(
  world: World,
  context: BrowserContext,
  path: string,
  time = "2026-12-01T12:00:00Z",
): Promise<Page> {
  const page = await context.newPage();
  await page.clock.install({ time });
  await page.goto(world.url + path);
  return page;
}

export const stored = (page: Page, key = "reading") =>
  page.evaluate<Record<string, { depth: number; seconds: number; place: string[]; blocks: string; known: number }>>(
    `JSON.parse(localStorage.getItem("${key}")) ?? {}`,
  );

/** Reads on for that time, with input now and then, until that share of the text is above the foot of the window. */
export async function read(page: Page, milliseconds: number, share = 1): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 20_000) {
    await page.clock.runFor(Math.min(20_000, milliseconds));
    await page.evaluate("dispatchEvent(new Event('scroll'))");
  }
  await page.evaluate(`{
    const { top } = document.querySelector(".body").getBoundingClientRect();
    const end = document.querySelector(".body > :is(.neighbours, .apparatus)").getBoundingClientRect().top;
    scrollBy({ top: top + ${share} * (end - top) - innerHeight + 2, behavior: "instant" });
    dispatchEvent(new Event("scroll"));
  }`);
  // The script that keeps it is loaded, and has kept it.
  await expect.poll(() => stored(page)).toHaveProperty(await page.evaluate<string>("document.body.dataset.id"));
}

/** Hides the page, and shows it again: what was read is kept. */
export const leave = (page: Page): Promise<unknown> =>
  page.evaluate("dispatchEvent(new Event('pagehide')), dispatchEvent(new Event('pageshow'))");
