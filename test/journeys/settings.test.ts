/** Follows a reader who sets type, theme and motion: on this page and the next, in other tabs, by keyboard and by touch, at every width. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import type { Settings } from "../../src/ui/browser/settings/record.ts";
import { rulesFor } from "../../src/ui/browser/settings/rules.ts";
import { layoutFaults, openLayoutWorld, publicPaths } from "../house/layout-world.ts";
import { atLeast, trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { auditInBothThemes, auditPart, openBrowser, openPage, phone } from "./browser.ts";
import {
  changeAll,
  changed,
  choose,
  isFocused,
  openPanel,
  panel,
  shiftOf,
  textStyle,
  usual,
} from "./settings-panel.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openLayoutWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = href.chapter(trial.book, trial.slug);
const open = (path: string, options?: BrowserContextOptions) => openPage(browser, world.url + path, options);
const openAt = async (context: BrowserContext, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(world.url + path);
  return page;
};

test("each change is seen at once, and the next page has all of them at its first paint; Reset undoes them", async () => {
  const { page, complaints } = await open(chapter, { colorScheme: "light" });
  expect(await textStyle(page)).toEqual(usual);
  await changeAll(page);
  expect(await textStyle(page)).toEqual(changed);
  await panel(page).getByRole("button", { name: "Close" }).click();
  expect(await page.getByRole("button", { name: "Theme: Dark. Switch theme" }).count()).toBe(1);

  // Without the page's script, so what there is was there at first.
  await page.route("**/page.*.js", (route) => route.abort());
  await page.goto(world.url + href.book(trial.book));
  await page.goto(world.url + chapter);
  complaints.length = 0;
  expect(await textStyle(page)).toEqual(changed);
  await page.unroute("**/page.*.js");
  await page.reload();
  expect(await shiftOf(page)).toBe(0);

  await openPanel(page);
  const chosen = panel(page).getByRole("radio", { checked: true });
  expect(await chosen.evaluateAll((all) => all.map((each) => each.getAttribute("value")))).toEqual([
    "115",
    "sans",
    "short",
    "loose",
    "dark",
    "none",
  ]);
  await panel(page).getByRole("button", { name: "Reset" }).click();
  expect(await textStyle(page)).toEqual(usual);
  expect(await page.evaluate("localStorage.length")).toBe(0);
  await page.reload();
  expect(await textStyle(page)).toEqual(usual);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a reader who has set nothing loads nothing of it, and has no attribute and no rule of it", async () => {
  const { page } = await open(chapter);
  const loaded = () =>
    page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/settings'))",
    );
  expect(await loaded()).toEqual([]);
  expect(await page.evaluate("document.documentElement.getAttributeNames().join()")).toBe("lang,dir,data-cloth");
  expect(await page.evaluate("document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).length")).toBe(0);
  await openPanel(page);
  expect((await loaded()).length).toBe(2);
  await page.context().close();
});

test("other open tabs follow, and what is chosen by the theme switch is chosen in the panel", async () => {
  const { page } = await open(chapter, { colorScheme: "light" });
  const other = await openAt(page.context(), chapter);
  await changeAll(page);
  await expect.poll(() => textStyle(other)).toEqual(changed);
  await openPanel(other);
  await choose(other, "Type size", "Normal");
  await panel(other).getByRole("button", { name: "Close" }).click();
  await other.getByRole("button", { name: "Theme: Dark. Switch theme" }).click();
  const values = () =>
    panel(page)
      .getByRole("radio", { checked: true })
      .evaluateAll((all) => all.map((each) => each.getAttribute("value")));
  await expect.poll(values).toEqual(["100", "sans", "short", "loose", "system", "none"]);
  await page.context().close();
});

test("with the keyboard: it opens at the first choice, arrows choose, Escape closes, and the focus returns", async () => {
  const { page } = await open(chapter);
  const button = page.getByRole("button", { name: "Reading settings" });
  await button.press("Enter");
  await panel(page).waitFor();
  const focused = () => page.evaluate<string>("document.activeElement.ariaLabel ?? document.activeElement.textContent");
  expect(await focused()).toBe("Normal");
  await page.keyboard.press("ArrowRight");
  expect([await focused(), (await textStyle(page)).size]).toEqual(["Large", "20.128px"]);
  for (let stop = 0; stop < 6; stop += 1) await page.keyboard.press("Tab");
  expect(await focused()).toBe("Reset");
  await page.keyboard.press("Enter");
  expect([await focused(), (await textStyle(page)).size]).toEqual(["Reset", usual.size]);
  await page.keyboard.press("Escape");
  expect(await panel(page).count()).toBe(0);
  expect(await isFocused(page, ".settings")).toBe(true);
  await page.context().close();
});

test.each([
  ["phone", phone],
  ["narrowest phone", { width: 320, height: 640 }],
])(
  "with a finger on a %s: the menu leads to it, each target is large enough, a tap beside it closes it",
  async (_, viewport) => {
    const { page } = await open(chapter, { viewport, hasTouch: true });
    const menu = page.locator(".menu summary");
    await menu.tap();
    await page.getByRole("button", { name: "Reading settings" }).tap();
    await panel(page).waitFor();
    await choose(page, "Type size", "Largest");
    expect((await textStyle(page)).size).toBe("26.256px");
    const small = await panel(page)
      .locator("label, button")
      .evaluateAll((all) =>
        all.map((each) => each.getBoundingClientRect()).filter(({ width, height }) => width < 44 || height < 44),
      );
    expect(small).toEqual([]);
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('.settings-panel, .settings-panel *')].filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).length",
      ),
    ).toBe(0);
    await page.touchscreen.tap(viewport.width / 2, 20);
    expect(await panel(page).count()).toBe(0);
    expect(await isFocused(page, ".menu summary")).toBe(true);
    await page.context().close();
  },
);

test("axe finds nothing in the panel, in either theme, with the usual settings and the largest", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await open(href.about(), { colorScheme });
    await openPanel(page);
    await choose(page, "Type size", "Largest");
    expect(await auditPart(page, ".settings-panel")).toEqual([]);
    await page.context().close();
  }
  const { page } = await open(href.about());
  await openPanel(page);
  expect(await auditInBothThemes(page)).toEqual([]);
  await page.context().close();
});

test("in forced colours what is chosen differs by more than a shade", async () => {
  const { page } = await open(chapter, { forcedColors: "active" });
  await openPanel(page);
  const colours = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.settings-theme input + span')].map((each) => getComputedStyle(each).backgroundColor)",
  );
  expect(colours[0]).not.toBe(colours[1]);
  expect(colours[1]).toBe(colours[2]);
  await page.context().close();
});

test("paper has its own measures", async () => {
  const { page } = await open(chapter);
  const printed = async () => {
    await page.emulateMedia({ media: "print" });
    const { scroll: _, scheme: __, ...style } = await textStyle(page);
    await page.emulateMedia({ media: null });
    return style;
  };
  const before = await printed();
  await openPanel(page);
  await choose(page, "Type size", "Largest");
  await choose(page, "Typeface", "Sans serif");
  await choose(page, "Line spacing", "Loose");
  expect(await printed()).toEqual(before);
  await page.context().close();
});

test("without JavaScript there is no button", async () => {
  const { page } = await open(chapter, { javaScriptEnabled: false });
  expect(await page.getByRole("button", { name: "Reading settings" }).count()).toBe(0);
  await page.context().close();
});

test("the button is withdrawn when its script cannot be loaded", async () => {
  const { page } = await open(chapter);
  await page.route("**/settings.*.js", (route) => route.abort());
  await page.getByRole("button", { name: "Reading settings" }).click();
  await expect.poll(() => page.getByRole("button", { name: "Reading settings" }).count()).toBe(0);
  await page.context().close();
});

/** At this size, with this face, the most pages had faults. */
const hardest = { size: "150", face: "sans", length: "short" } as const;
const others = [
  { size: "150", length: "long", spacing: "loose" },
  { face: "sans" },
  { size: "90", length: "long", spacing: "tight" },
] as const;

test("with the hardest settings, and with one of three others, every page is whole at every width: nothing is cut off, covered or wider than the window", async () => {
  const faults: string[] = [];
  const paths = [...(await publicPaths(world)), href.search({ q: "softmax" }), href.recall()];
  expect(paths.length).toBeGreaterThan(atLeast(20));
  const visit = async (page: Page, path: string, settings: Settings) => {
    const value = JSON.stringify({ ...settings, rules: rulesFor(settings) });
    await page.evaluate(`localStorage.setItem("settings", ${JSON.stringify(value)})`);
    await page.goto(world.url + path);
    faults.push(...(await layoutFaults(page)).map((fault) => `${path} with ${value}: ${fault}`));
  };
  // Two tabs that share no storage: a page mostly waits for its window to be resized.
  const visitor = async (settingsOf: (index: number) => Settings) => {
    const page = await browser.newPage();
    await page.goto(`${world.url}/robots.txt`);
    for (const [index, path] of paths.entries()) await visit(page, path, settingsOf(index));
    await page.close();
  };
  // Chapters are alike, so each of the others meets every third page.
  await Promise.all([visitor(() => hardest), visitor((index) => others[index % others.length] ?? hardest)]);
  expect(faults).toEqual([]);
}, 240_000);
