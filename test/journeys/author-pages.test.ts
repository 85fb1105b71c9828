/** Checks in a browser the pages that name several authors: their layout at every width, and their accessibility. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { layoutFaults, openLayoutWorld } from "../house/layout-world.ts";
import { bookFolder, present, type World } from "../world.ts";
import { auditAccessibility, openBrowser } from "./browser.ts";

let browser: Browser;
let world: World;
let page: Page;
beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), openLayoutWorld(bookFolder("observatory"), present)]);
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("the list of authors, their pages, and bylines on chapters, books and the About page", async () => {
  const faults: string[] = [];
  const authors = ["/authors/", "/authors/ines", "/authors/tomasz", "/authors/noor"];
  for (const path of [...authors, "/stars/", "/stars/dust", "/about"]) {
    await page.goto(world.url + path);
    faults.push(...(await layoutFaults(page)).map((fault) => `${path}: ${fault}`));
  }
  expect(faults).toEqual([]);
}, 120_000);

test("the pages of authors are accessible in both themes", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/authors/", "/authors/ines", "/stars/"]) {
      await page.goto(world.url + path);
      expect(await auditAccessibility(page)).toEqual([]);
    }
  }
}, 60_000);

test("the metadata of authors is no script to the security policy", async () => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(`${world.url}/stars/dust`);
  expect(await page.locator('script[type="application/ld+json"]').count()).toBe(1);
  expect(errors).toEqual([]);
});
