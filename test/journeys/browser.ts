/** Opens a headless browser, installed from npm, for end-to-end tests. */
import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium as playwright,
} from "playwright-core";
import { cachedFolder, hashOf } from "../build-cache.ts";
import { repository } from "../world.ts";

/** Without the package's own arguments: they run the whole browser in one process, which ends with its first page. */
export const openBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: join(await unpackedBrowser(), "chromium"),
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
    headless: true,
  });

/**
 * Folder of the unpacked browser. Its package unpacks it into the temporary folder in every run, and a process may
 * start it while another is still writing it. So it is unpacked by a process whose temporary folder is the cache entry.
 */
async function unpackedBrowser(): Promise<string> {
  const version = hashOf(repository, ["node_modules/@sparticuz/chromium/package.json"]);
  return cachedFolder(join(repository, "node_modules/.cache/library-browser"), version, async (TMPDIR) => {
    const script = join(import.meta.dirname, "unpack-browser.mjs");
    await promisify(execFile)(process.execPath, [script], { env: { ...process.env, TMPDIR } });
  });
}

export const phone = { width: 390, height: 844 } as const;
export const desktop = { width: 1280, height: 900 } as const;

/** A page that records errors on the console and requests to third parties: neither must happen. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const tab = await openTab(await openContext(browser, options), new URL(url).host);
  await tab.page.goto(url, { waitUntil: "load" });
  return tab;
}

async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: desktop, ...options });
  // On a busy machine a page may take longer than Playwright's 30 seconds; the test's own limit remains.
  context.setDefaultTimeout(120_000);
  return context;
}

async function openTab(context: BrowserContext, host: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== host) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints };
}

/**
 * Waits for the fonts that the page has asked for: those that were not preloaded may arrive after its load event. Waiting
 * for an idle network instead sometimes takes minutes.
 */
export const fontsLoaded = (page: Page): Promise<void> =>
  page.evaluate("document.body.getBoundingClientRect(), document.fonts.ready.then(() => undefined)");

/** Whether the page got a font from the server and not from the browser's cache, so that it was late. */
export const hasFetchedFonts = (page: Page): Promise<boolean> =>
  page.evaluate(
    `performance.getEntriesByType("resource").some(({ name, transferSize }) => /\\.woff2$/.test(name) && transferSize > 0)`,
  );

/**
 * A formula waits for its font, which moves the end of its paragraph sideways: by up to 8 px at 1280 px, three lines of
 * the column, 0.06 of the screen, is 0.06 * 8 / 1280. That is below a two-hundredth of the CLS that counts as good;
 * anything that moves down moves further.
 */
const maxMoved = 0.0004;

/** For `addInitScript`: `shifts` are the layout shifts of the page, without those of late fonts. */
export const watchShifts = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (value > ${maxMoved})
        shifts.push({ value, hadRecentInput, moved: sources.map(({ node }) => node?.textContent?.trim()) });
  }).observe({ type: "layout-shift", buffered: true });`;

/**
 * Visits three pages of a library at a time, each in the next free tab: a page that loads mostly waits. The tabs stay
 * open and share a cache, because opening one takes longer than going to another page.
 */
export async function visitAll(
  browser: Browser,
  library: string,
  paths: readonly string[],
  visit: (path: string, tab: WatchedPage) => Promise<void>,
): Promise<void> {
  const left = [...paths];
  const context = await openContext(browser, {});
  const visitor = async () => {
    const tab = await openTab(context, new URL(library).host);
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      tab.complaints.length = 0;
      await visit(path, tab);
    }
  };
  await Promise.all([visitor(), visitor(), visitor()]);
  await context.close();
}

/**
 * Violations of WCAG 2.2 AA and axe's best practices on the page or in that part of it, or only of those rules; one line
 * each.
 */
export async function auditAccessibility(page: Page, rules?: readonly string[], part = ":root"): Promise<string[]> {
  // Sending axe to the browser and compiling it takes longer than auditing a short page.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const options: RunOptions = {
    // Without the details of passed checks and without preloading stylesheets: half the time, and the same violations.
    resultTypes: ["violations"],
    preload: false,
    ...(rules && { runOnly: { type: "rule", values: [...rules] } }),
  };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(part)}, ${JSON.stringify(options)})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}

/**
 * Audits one element, without the rest of the page, which axe would read, too. Afterwards only this element, what
 * surrounds it and what its attributes refer to are left.
 */
export async function auditPart(page: Page, part: string): Promise<string[]> {
  await page.evaluate(`{
    const part = document.querySelector(${JSON.stringify(part)});
    const inside = [part, ...part.querySelectorAll("*")];
    const names = inside.flatMap((each) => [...each.attributes].flatMap(({ value }) => value.split(/[\\s#]+/)));
    const labels = inside.flatMap((each) => [...(each.labels ?? [])]);
    const kept = [part, ...labels, ...names.map((name) => document.getElementById(name)).filter(Boolean)];
    for (const each of document.body.querySelectorAll("*"))
      if (!kept.some((one) => one.contains(each) || each.contains(one))) each.remove();
  }`);
  return auditAccessibility(page, undefined, part);
}

/**
 * Audits the page by day and in the dark. Afterwards its formulas are simplified, for a faster audit: they are more than
 * half of a chapter's elements. The drawing of a formula, which is hidden from assistive technology, becomes two letters
 * in a box of its size, unless it has more than one colour in either theme; its MathML, which axe has no rules for, becomes
 * its text.
 */
export async function auditInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await page.evaluate<boolean[]>(ofOneColour);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await page.evaluate<boolean[]>(ofOneColour);
  await page.evaluate(`(${simplify})(${JSON.stringify(dark.map((isSimple, index) => isSimple && light[index]))})`);
  const inTheDark = await auditAccessibility(page, colourRules);
  await page.emulateMedia({ colorScheme: "light" });
  const byDay = await auditAccessibility(page);
  return [...byDay, ...inTheDark.map((text) => `in the dark, ${text}`)];
}

/** The axe rules that depend on colours, for checking a second theme. */
export const colourRules = ["color-contrast", "link-in-text-block"] as const;

/** For each drawing of a formula, whether all of it has the same colour. */
const ofOneColour = `[...document.querySelectorAll(".katex-html")].map((drawing) => {
  const { color } = getComputedStyle(drawing);
  return [...drawing.querySelectorAll("*")].every((part) => {
    const style = getComputedStyle(part);
    return style.color === color && style.backgroundColor === "rgba(0, 0, 0, 0)";
  });
})`;

const simplify = `(isSimple) => {
  const drawings = [...document.querySelectorAll(".katex-html")];
  const sizes = drawings.map((drawing) => drawing.getBoundingClientRect());
  for (const [index, drawing] of drawings.entries()) {
    const { width, height } = sizes[index];
    if (!isSimple[index] || width === 0) continue;
    // axe does not judge the contrast of a single letter.
    drawing.textContent = "xx";
    drawing.style.cssText = \`display: inline-block; width: \${width}px; height: \${height}px\`;
  }
  for (const formula of document.querySelectorAll("math")) {
    // Such attributes do concern axe.
    if (!formula.querySelector("[id], [href], [lang], [role], [tabindex], [aria-label], [aria-hidden]"))
      formula.textContent = formula.textContent;
  }
}`;

/** A free port on this machine, for a library whose own links or login contain its URL. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
