/** Checks paper: nothing is cut, though neither equations nor listings can scroll there. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { openBrowser } from "./browser.ts";

/** A4 without its margins of 2.2 cm, in CSS pixels. */
const paper = { width: 627, height: 900 };

const terms = Array.from({ length: 23 }, (_, index) => `x_{${index + 1}}`).join(" + ");
const line = `total = ${"leaves_of_the_second_flush + ".repeat(4)}${"x".repeat(60)}`;

let home: string;
let world: World;
let browser: Browser;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "print-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  const path = join(home, "content/tea/leaves.md");
  const added = ["$$", "y = x", "$$", "", "$$", `s = ${terms}`, "$$", "", "$$", `t = ${terms} \\label{t}`, "$$"];
  writeFileSync(path, `${readFileSync(path, "utf8")}\n${added.join("\n")}\n\n\`\`\`python\n${line}\n\`\`\`\n`);
  world = await openWorld(home);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

test("wide equations get smaller until they fit with their numbers, others do not; long lines of code wrap", async () => {
  const page = await (await browser.newContext({ viewport: paper })).newPage();
  await page.goto(`${world.url}/tea/leaves`);
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate<{ right: number; size: number; width: number }[]>(`
    [...document.querySelectorAll(".equation")].map((equation) => {
      const formula = equation.querySelector(".katex-html");
      const bases = [...formula.querySelectorAll(".katex-base")].map((base) => base.getBoundingClientRect());
      const number = equation.querySelector(".number")?.getBoundingClientRect();
      return {
        right: Math.max(...bases.map(({ right }) => right)) - (number?.left ?? equation.getBoundingClientRect().right),
        size: parseFloat(getComputedStyle(formula).fontSize),
        width: bases.at(-1).right - bases[0].left,
      };
    })`);
  const [short, wide, numbered] = seen.slice(-3);
  expect(wide?.right).toBeLessThanOrEqual(0.5);
  expect(numbered?.right).toBeLessThanOrEqual(0.5);
  expect((wide?.size ?? 0) < (short?.size ?? 0) && (numbered?.size ?? 0) < (wide?.size ?? 0)).toBe(true);
  // No smaller than necessary: it fills nine tenths of the line.
  const column = await page.evaluate<number>("document.querySelector('.body').getBoundingClientRect().width");
  expect(wide?.width).toBeGreaterThan(0.9 * column);

  const listing = await page.evaluate<number[]>(`
    [...document.querySelectorAll(".listing pre")].map((pre) => pre.scrollWidth - pre.clientWidth)`);
  expect(Math.max(...listing)).toBeLessThanOrEqual(0);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  if (process.env.SHOTS) await page.pdf({ path: `${process.env.SHOTS}/print.pdf`, format: "A4" });
  await page.context().close();
});
