/**
 * Checks the first visit on a slow connection: no layout shift, no title in another font than intended, no word in two
 * fonts.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, CDPSession } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { ownLibrary, trial, trials } from "../own-library.ts";
import { openWorld, repository, type World } from "../world.ts";
import { desktop, fontsLoaded, openBrowser, phone, watchShifts } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const kilobit = 1000 / 8;
/** Milliseconds, and bytes per second. */
const connections = {
  "a train": { latency: 400, downloadThroughput: 400 * kilobit, uploadThroughput: 400 * kilobit },
  "the country": { latency: 150, downloadThroughput: 1600 * kilobit, uploadThroughput: 750 * kilobit },
} as const;

/** Fonts by their own names, one entry for each file that was used. */
async function facesIn(client: CDPSession, selector: string): Promise<string[][]> {
  const { root } = await client.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await client.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector });
  return Promise.all(
    nodeIds.map(async (nodeId) => {
      const { fonts } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
      return fonts.map(({ familyName }) => familyName);
    }),
  );
}

const heightOf = "document.querySelector('main').scrollHeight";

/** A chapter with much mathematics and one with names such as Veličković; in another library, its sample chapters. */
const known = ["/transformers/self-attention", "/graph-neural-networks/gat"].filter((path) =>
  existsSync(join(repository, "content", `${path}.md`)),
);
const visited = known.length > 0 ? known : trials.slice(0, 2).map(({ book, slug }) => href.chapter(book, slug));

test.each([
  ...visited.flatMap(
    (chapter, index) =>
      [
        [chapter, "a train", index === 0 ? phone : desktop],
        [chapter, "the country", index === 0 ? desktop : phone],
      ] as const,
  ),
  [href.book(trial.book), "a train", desktop] as const,
  [href.home(), "a train", phone] as const,
])(
  "%s on %s: %o",
  async (path, connection, viewport) => {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", { offline: false, ...connections[connection] });
    await page.addInitScript(watchShifts);
    await page.goto(world.url + path);
    await fontsLoaded(page);

    expect(await page.evaluate("shifts")).toEqual([]);

    await client.send("DOM.enable");
    await client.send("CSS.enable");
    const [title = []] = await facesIn(client, "h1");
    const [first] = await facesIn(client, ".body > p, .front-what");
    if (first?.includes("Literata")) expect(title).toEqual(["Alegreya Sans"]);
    // Letters such as č in a name arrive together with the other letters or not at all.
    const names = await facesIn(client, ".byline .authors, .references cite, .newest-meta");
    expect(names.filter((faces) => new Set(faces).size > 1)).toEqual([]);
    // The citation is closed, and its face arrives once it is opened.
    const setOpen = (open: boolean) =>
      page.evaluate(`for (const details of document.querySelectorAll(".apparatus details")) details.open = ${open}`);
    await setOpen(true);
    await fontsLoaded(page);
    const code = await facesIn(client, "pre code");
    expect(code.filter((faces) => !faces.includes("IBM Plex Mono"))).toEqual([]);
    await setOpen(false);

    // Formulas wait for their own faces.
    const variables = await facesIn(client, ".body .katex-html .mathnormal");
    expect(variables.filter((faces) => faces.some((face) => !face.startsWith("KaTeX")))).toEqual([]);
    if (path === known[0]) expect(variables.length).toBeGreaterThan(50);

    const late = await page.evaluate<number>(heightOf);
    await client.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await page.reload();
    await fontsLoaded(page);
    // In fallback fonts, the page had the same height as in the web fonts.
    expect(Math.abs(late / (await page.evaluate<number>(heightOf)) - 1)).toBeLessThan(0.02);
    await context.close();
  },
  120_000,
);
