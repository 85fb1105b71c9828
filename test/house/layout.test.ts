/**
 * Checks every kind of page at every width: nothing overflows, is cut off, covered, broken, too narrow, or too small to
 * tap.
 */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWritten, type Manifest } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { deskPresent, setDesk } from "../desk/author-browser.ts";
import { openBrowser } from "../journeys/browser.ts";
import { atLeast, trial } from "../own-library.ts";
import { bookFolder, openWorld, type World } from "../world.ts";
import { specimens } from "./layout-specimens.ts";
import { layoutFaults, mailedLink, openLayoutWorld, publicPaths, unstyledFaults } from "./layout-world.ts";

let browser: Browser;
let world: World;
let page: Page;
beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), openLayoutWorld()]);
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/** Opens the pages one by one; a fault starts with the page's path. */
async function faultsOf(paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(world.url + path);
    faults.push(...(await layoutFaults(page)).map((fault) => `${path}: ${fault}`));
  }
  return faults;
}

test("the library's own pages, the books, and every chapter", async () => {
  const paths = await publicPaths(world);
  expect(paths.length).toBeGreaterThan(atLeast(20));
  const queries = ["a", "softmax(QK^T)", "zzyzx"].map((q) => href.search({ q }));
  paths.push(href.recall(), href.search(), ...queries);
  expect(await faultsOf(paths)).toEqual([]);
}, 120_000);

/** Follows a link or sends a form, and waits for the next page: what is read earlier may be replaced meanwhile. */
async function click(target: Locator): Promise<void> {
  const loaded = page.waitForEvent("load");
  await target.click();
  await loaded;
}

describe("the newsletter", () => {
  const press = (name: string) => click(page.getByRole("button", { name, exact: true }));

  test("its pages, with and without a mistake in the form", async () => {
    const paths = [href.newsletter(), href.promise(), href.checkInbox(), href.preferencesLink(), href.linkSent()];
    expect(await faultsOf([...paths, href.confirm("nothing"), href.unsubscribe("nothing"), href.inbox()])).toEqual([]);
    await page.goto(world.url + href.newsletter());
    await page.evaluate("document.querySelector('.subscribe-form').noValidate = true");
    await page.getByLabel("Email address").fill("nobody");
    await press("Subscribe");
    expect(await layoutFaults(page)).toEqual([]);
    expect(await page.locator(".form-error").isVisible()).toBe(true);
  }, 60_000);

  test("from the confirmation to the way out", async () => {
    await page.goto(world.url + href.newsletter());
    await page.getByLabel("Email address").fill(`${"a-very-long-name".repeat(3)}@example.org`);
    await press("Subscribe");
    await page.goto(world.url + (await mailedLink(world, "confirm")));
    expect(await layoutFaults(page)).toEqual([]);
    await click(page.getByRole("main").getByRole("button"));
    expect(await layoutFaults(page)).toEqual([]);
    const [preferences, leave] = [await mailedLink(world, "preferences"), await mailedLink(world, "leave")];
    expect(await faultsOf([preferences, `${preferences}?done=no-book`, leave])).toEqual([]);
    await press("Unsubscribe");
    expect(await layoutFaults(page)).toEqual([]);
  }, 60_000);

  test("the local inbox, and an email in every view", async () => {
    await page.goto(world.url + href.inbox());
    expect(await layoutFaults(page)).toEqual([]);
    await click(page.locator(".inbox-list a").first());
    const views = await page
      .locator(".inbox-views a")
      .evaluateAll((links) => links.map((each) => each.getAttribute("href") ?? ""));
    expect(views.length).toBe(6);
    expect(await faultsOf(views)).toEqual([]);
  }, 60_000);
});

test("what is not there, what fails, and a preview", async () => {
  expect(
    await faultsOf(["/no-such-page", `/${trial.book}/no-such-chapter`, "/desk/no-such-page", "/preview/no-such-link"]),
  ).toEqual([]);
  await page.setExtraHTTPHeaders({
    "x-world": JSON.stringify({ faults: { kv: "down", assets: "down" }, forget: true }),
  });
  const failed = await page.goto(world.url + href.chapter(trial.book, trial.slug));
  expect(failed?.status()).toBe(503);
  expect(await layoutFaults(page)).toEqual([]);
  await page.setExtraHTTPHeaders({});

  // A time before this chapter was public.
  const latest = latestOf(world.manifest);
  await world.setClock(new Date(Date.parse(latest.published) - 12 * 3_600_000).toISOString());
  await page.goto(world.url + href.deskPreview(latest.id));
  expect(await page.locator(".preview-banner").isVisible()).toBe(true);
  const preview = new URL(page.url()).pathname;
  expect(await layoutFaults(page)).toEqual([]);
  expect(await faultsOf([`${preview}/mail`, `${preview}/mail?view=text`, href.deskCalendar()])).toEqual([]);
  await world.setClock(deskPresent);
}, 60_000);

/** The chapter that is published last. */
function latestOf({ books }: Manifest): { readonly id: string; readonly published: string } {
  const dated = books.flatMap(({ slug, contents }) =>
    contents.filter(isWritten).flatMap(({ id, published }) => (published ? [{ id: `${slug}/${id}`, published }] : [])),
  );
  const [latest] = dated.sort((a, b) => b.published.localeCompare(a.published));
  if (!latest) throw new Error("Nothing is published.");
  return latest;
}

describe.each(["none", "year"] as const)("the author's desk with %s", (state) => {
  beforeAll(() => setDesk(world, state));

  test("its reports", async () => {
    const reports = [href.desk(), href.deskReading(), href.deskSubscribers(), href.deskEditions(), href.deskFeedback()];
    const chapter = `${href.deskReading(`${trial.book}/${trial.slug}`)}?days=90`;
    expect(await faultsOf([...reports, chapter, href.deskReading(`${trial.book}/`), href.deskCalendar()])).toEqual([]);
  }, 60_000);
});

test("an edition, and the question before each answer", async () => {
  const db = await world.database();
  const editions = await db
    .prepare("SELECT id, state FROM editions WHERE state IN ('stopped', 'done') GROUP BY state")
    .all<{ id: string; state: string }>();
  expect(editions.results.map(({ state }) => state)).toEqual(["done", "stopped"]);
  const [done = "", stopped = ""] = editions.results.map(({ id }) => id);
  const questions = ["continue", "skip"].map((answer) => href.deskAction(stopped, answer));
  expect(await faultsOf([href.deskEditions(done), href.deskEditions(stopped), ...questions])).toEqual([]);
}, 60_000);

/**
 * Smallest and largest distance in a list of chapters, in pixels: from a title to the excerpt under it, or between the upper
 * edges of a title and the excerpt beside it; and how many excerpts are beside their titles.
 */
const excerptGaps = `(() => {
  const gaps = [...document.querySelectorAll(".contents-list li:has(.entry-excerpt)")].filter((row) =>
    // On phones a book lists titles only.
    row.querySelector(".entry-excerpt").checkVisibility()).map((row) => {
    const [title, excerpt] = [".entry-title", ".entry-excerpt"].map((part) => row.querySelector(part).getBoundingClientRect());
    return title.right <= excerpt.left ? { beside: true, gap: Math.abs(excerpt.top - title.top) } : { gap: excerpt.top - title.bottom };
  });
  return [Math.min(...gaps.map(({ gap }) => gap)), Math.max(...gaps.map(({ gap }) => gap)), gaps.filter(({ beside }) => beside).length];
})()`;

test("an excerpt is right under its title, in a book's contents on a wide page beside it; and at home with one book", async () => {
  await using tea = await openWorld(bookFolder("tea"));
  for (const path of [world.url + href.book(trial.book), tea.url + href.home()]) {
    await page.goto(path);
    const rows = await page.locator(".contents-list li:has(.entry-excerpt)").count();
    expect(rows).toBeGreaterThan(1);
    for (const width of [390, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      const [least = -1, most = 99, beside] = await page.evaluate<number[]>(excerptGaps);
      const expected = width >= 1200 && path.startsWith(world.url) ? rows : 0;
      expect([path, width, least >= 0, most < 8, beside]).toEqual([path, width, true, true, expected]);
    }
  }
});

test("a note on a phone is a whole sheet over the text", async () => {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 });
    await page.goto(`${world.url}${href.chapter(trial.book, trial.slug)}#note-1`);
    const note = await page.locator("#note-1").boundingBox();
    // Without the gutter that is reserved for a scroll bar.
    const shown = await page.evaluate<number>("document.body.clientWidth");
    expect([note?.x, note?.width, (note?.y ?? 0) + (note?.height ?? 0)]).toEqual([0, shown, 700]);
    expect(await layoutFaults(page, [width])).toEqual([]);
  }
});

test("“On this page” is a control only where it has something to open", async () => {
  await page.goto(world.url + href.chapter(trial.book, trial.slug));
  const summary = page.locator(".page-contents summary");
  const firstSection = page.locator(".page-contents li a").first();
  const isReached = async () => {
    await summary.focus();
    return page.evaluate<boolean>("document.activeElement?.tagName === 'SUMMARY'");
  };
  await page.setViewportSize({ width: 1280, height: 900 });
  expect([await isReached(), await firstSection.isVisible()]).toEqual([false, true]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect([await isReached(), await firstSection.isVisible()]).toEqual([true, false]);
  await page.keyboard.press("Enter");
  expect(await firstSection.isVisible()).toBe(true);
});

test("without a stylesheet no words run together, and no mark fills the window", async () => {
  const bare = await browser.newPage({ viewport: { width: 768, height: 900 } });
  await bare.route("**/*.css", (route) => route.abort());
  const ours = [href.home(), href.book(trial.book), href.chapter(trial.book, trial.slug), href.about()];
  const others = [
    href.newsletter(),
    href.inbox(),
    href.desk(),
    href.deskEditions(),
    href.deskFeedback(),
    "/no-such-page",
  ];
  const faults: string[] = [];
  for (const path of [...ours, ...others, href.deskReading(`${trial.book}/${trial.slug}`), href.deskSubscribers()]) {
    await bare.goto(world.url + path);
    faults.push(...(await unstyledFaults(bare)).map((fault) => `${path}: ${fault}`));
  }
  expect(faults).toEqual([]);
}, 60_000);

describe("each kind of fault is found, and nothing that is only like it", () => {
  // A blank page has no content security policy that would block a test's styles.
  beforeAll(() => page.goto("about:blank"));

  test.each(specimens)("$name", async ({ faulty, sound, fault, width = 390 }) => {
    for (const [body, found] of [
      [faulty, [`${fault} at ${width} px`]],
      [sound, []],
    ] as const) {
      await page.setContent(`<!doctype html><style>body { margin: 0; font: 16px/1.5 monospace }</style>${body}`);
      expect(await layoutFaults(page, [width])).toEqual(found);
    }
  });
});
