/** Follows a reader through the library: without scripts, with scripts, on a phone and on a desktop. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { atLeast, ownLibrary, trial } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import {
  auditAccessibility,
  colourRules,
  desktop,
  fontsLoaded,
  openBrowser,
  openPage,
  phone,
  simplifyFormulas,
  visitAll,
} from "./browser.ts";
import { focusOutline, skipToText, switchThemes, widerThanScreen } from "./reading-steps.ts";

let world: World;
let browser: Browser;
let paths: string[];
beforeAll(async () => {
  world = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
  browser = await openBrowser();
  const sitemap = await (await fetch(`${world.url}/sitemap.xml`)).text();
  paths = [...sitemap.matchAll(/<loc>https:\/\/library\.example([^<]*)<\/loc>/g)].map(([, path = ""]) => path);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test.each([
  ["a phone", phone],
  ["a desk", desktop],
] as const)(
  "every page on %s, by day and in the dark: axe finds nothing, nothing is wider than the screen, nothing complains",
  async (_, viewport) => {
    expect(paths.length).toBeGreaterThan(atLeast(24));
    const findings: string[] = [];
    await visitAll([...paths, "/not-there"], async (path) => {
      const { page, complaints } = await openPage(browser, world.url + path, { viewport, colorScheme: "light" });
      const wide = await widerThanScreen(page);
      if (wide > 0) findings.push(`${path}: ${wide} px wider than the screen`);
      await simplifyFormulas(page);
      const byDay = await auditAccessibility(page);
      await page.emulateMedia({ colorScheme: "dark" });
      const inTheDark = await auditAccessibility(page, { rules: colourRules });
      const expected = path === "/not-there" ? complaints.filter((text) => !text.includes("404")) : complaints;
      findings.push(
        ...[...expected, ...byDay, ...inTheDark.map((text) => `in the dark, ${text}`)].map(
          (text) => `${path}: ${text}`,
        ),
      );
      await page.context().close();
    });
    expect(findings).toEqual([]);
  },
  240_000,
);

describe("with JavaScript", () => {
  test("the theme switch remembers, and the next page is drawn in it from the start", async () => {
    const { page } = await openPage(browser, world.url, { colorScheme: "light" });
    await switchThemes(
      page,
      (name) => page.getByRole("button", { name }).click(),
      async (path) => {
        await page.goto(world.url + path, { waitUntil: "commit" });
        await page.waitForSelector("h1");
      },
    );
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });
});

test("with the keyboard: the first tab stop skips to the text, and focus can be seen", async () => {
  const { page } = await openPage(browser, `${world.url}${href.book(trial.book)}`);
  await skipToText(page);
  expect(await focusOutline(page)).toBe("solid");
  await page.context().close();
});

test("every character of every page is set in a face of the library's own", async () => {
  const strangers: string[] = [];
  await visitAll(paths, async (path) => {
    const { page } = await openPage(browser, world.url + path);
    // Fonts that were not preloaded are used from the second page on, after the first has fetched them.
    await fontsLoaded(page);
    await page.reload();
    await fontsLoaded(page);
    const client = await page.context().newCDPSession(page);
    await client.send("DOM.enable");
    await client.send("CSS.enable");
    const { root } = await client.send("DOM.getDocument", { depth: 0 });
    const { nodeIds } = await client.send("DOM.querySelectorAll", {
      nodeId: root.nodeId,
      selector: "main :is(p,li,h1,h2,h3,td,th,dd,dt,figcaption,summary,code,.katex-html,text,time)",
    });
    const facesOf = async (nodeId: number): Promise<string[]> => {
      const { fonts } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
      // A local fallback font is also reported as custom.
      const others = fonts.filter(
        ({ familyName, isCustomFont }) =>
          !isCustomFont || !/^(Literata|Alegreya Sans|IBM Plex Mono|KaTeX_\w+)$/.test(familyName),
      );
      if (others.length === 0) return [];
      const { outerHTML } = await client.send("DOM.getOuterHTML", { nodeId });
      const text = outerHTML.replace(/<[^>]*>/g, "").slice(0, 60);
      return others.map(({ familyName, glyphCount }) => `${path} ${familyName} ${glyphCount}: ${text}`);
    };
    strangers.push(...(await Promise.all(nodeIds.map(facesOf))).flat());
    await page.context().close();
  });
  expect(strangers).toEqual([]);
}, 240_000);
