/** Checks words that are wider than a phone, wherever a title can be: they break, and no page overflows. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { layoutFaults, openLayoutWorld } from "../house/layout-world.ts";
import { bookFolder, present, type World } from "../world.ts";
import { openBrowser } from "./browser.ts";

let world: World;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  world = await openLayoutWorld(bookFolder("compounds"), present);
  browser = await openBrowser();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/**
 * All faults except a break within a word, because these words have to break. Whether they are hyphenated depends on
 * the browser's dictionary.
 */
async function faultsOf(paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(world.url + path);
    const found = await layoutFaults(page);
    faults.push(...found.filter((fault) => !fault.startsWith("broken word")).map((fault) => `${path}: ${fault}`));
  }
  return faults;
}

test("home, the book, its contents, chapters, neighbours, and a page that is not there", async () => {
  const chapters = ["beef", "address"].map((slug) => href.chapter("words", slug));
  expect(await faultsOf([href.home(), href.about(), href.book("words"), ...chapters, "/words/bef"])).toEqual([]);
}, 60_000);

test("the desk's tables, and the newsletter's pages", async () => {
  const desk = [href.desk(), href.deskReading(), href.deskReading("words/beef"), href.deskCalendar()];
  expect(await faultsOf([...desk, href.deskFeedback(), href.newsletter(), href.promise()])).toEqual([]);
}, 60_000);

test("an email, and the preview before it", async () => {
  await page.goto(world.url + href.deskPreview("words/place"));
  const preview = new URL(page.url()).pathname;
  expect(preview).toMatch(/^\/preview\//);
  expect(await faultsOf([preview])).toEqual([]);
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${world.url}${preview}/mail?view=html`);
    const frames = [page.mainFrame(), ...page.mainFrame().childFrames()];
    const wide = await Promise.all(
      frames.map((frame) => frame.evaluate<number>("document.documentElement.scrollWidth - innerWidth")),
    );
    expect([width, ...wide.filter((pixels) => pixels > 0)]).toEqual([width]);
    const titles = await Promise.all(frames.map((frame) => frame.getByText(/^Taumata/).count()));
    expect(titles.some((count) => count > 0)).toBe(true);
  }
}, 60_000);

test("its feed has the titles as they were written", async () => {
  const { body } = await world.get(href.feed());
  expect(body).toContain("<title>Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz</title>");
  expect(body).toContain("<title>https://www.example.org/llanfair");
});
