/** Follows a reader through the library: without scripts, with scripts, on a phone and on a desktop. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { atLeast, ownLibrary, trial } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import {
  auditInBothThemes,
  desktop,
  fontsLoaded,
  hasFetchedFonts,
  openBrowser,
  openPage,
  phone,
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

interface Findings {
  readonly phone: readonly string[];
  readonly desktop: readonly string[];
  readonly faces: readonly string[];
}

/** One visit to each page at each width serves three tests. */
let visit: Promise<Findings> | undefined;
const findings = (): Promise<Findings> => {
  visit ??= visitEveryPage();
  return visit;
};

async function visitEveryPage(): Promise<Findings> {
  expect(paths.length).toBeGreaterThan(atLeast(24));
  const found = { phone: [] as string[], desktop: [] as string[], faces: [] as string[] };
  await visitAll(browser, world.url, [...paths, "/not-there"], async (path, { page, complaints }) => {
    const url = world.url + path;
    const look = async () => {
      const wide = await widerThanScreen(page);
      const faults = [...(wide > 0 ? [`${wide} px wider than the screen`] : []), ...(await auditInBothThemes(page))];
      // The browser reports the missing page.
      const ours = path === "/not-there" ? complaints.filter((text) => !text.includes("404")) : complaints;
      return [...ours, ...faults].map((text) => `${path}: ${text}`);
    };
    await page.setViewportSize(phone);
    await page.goto(url);
    found.phone.push(...(await look()));
    complaints.length = 0;
    await page.setViewportSize(desktop);
    await page.goto(url);
    // Fonts that were not preloaded are used from the second page on, after the first has fetched them.
    await fontsLoaded(page);
    if (await hasFetchedFonts(page)) {
      await page.reload();
      await fontsLoaded(page);
    }
    if (path !== "/not-there") found.faces.push(...(await strangeFaces(page)).map((text) => `${path} ${text}`));
    found.desktop.push(...(await look()));
  });
  return found;
}

test.each([
  ["a phone", "phone"],
  ["a desk", "desktop"],
] as const)(
  "every page on %s, by day and in the dark: axe finds nothing, nothing is wider than the screen, nothing complains",
  async (_, width) => {
    expect((await findings())[width]).toEqual([]);
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

/** Text that is set in a face of this machine: the face, the number of glyphs, and the text. */
async function strangeFaces(page: Page): Promise<string[]> {
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
    return others.map(({ familyName, glyphCount }) => `${familyName} ${glyphCount}: ${text}`);
  };
  const strangers = (await Promise.all(nodeIds.map(facesOf))).flat();
  await client.detach();
  return strangers;
}

test("every character of every page is set in a face of the library's own", async () => {
  expect((await findings()).faces).toEqual([]);
}, 240_000);
