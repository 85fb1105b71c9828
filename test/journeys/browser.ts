/** Opens a headless browser, installed from npm, for end-to-end tests. */
import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
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
  const context = await browser.newContext({ viewport: desktop, ...options });
  // On a busy machine a page may take longer than Playwright's 30 seconds; the test's own limit remains.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, complaints };
}

/**
 * Waits for the fonts that the page has asked for: those that were not preloaded may arrive after its load event. Waiting
 * for an idle network instead sometimes takes minutes.
 */
export const fontsLoaded = (page: Page): Promise<void> =>
  page.evaluate("document.body.getBoundingClientRect(), document.fonts.ready.then(() => undefined)");

/** Visits three at a time: a page that loads mostly waits. */
export async function visitAll<Item>(items: readonly Item[], visit: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const visitor = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await visit(item);
  };
  await Promise.all([visitor(), visitor(), visitor()]);
}

/** The axe rules that depend on colours, for checking a second theme. */
export const colourRules = ["color-contrast", "link-in-text-block"] as const;

/**
 * Violations of WCAG 2.2 AA and axe's best practices on the page or in that part of it, or only of those rules; one line
 * each.
 */
export async function auditAccessibility(
  page: Page,
  { rules, part }: { readonly rules?: readonly string[]; readonly part?: string } = {},
): Promise<string[]> {
  // Sending axe to the browser and compiling it takes longer than auditing a short page.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const options: RunOptions = {
    // Without the details of passed checks and without preloading stylesheets: half the time, and the same violations.
    resultTypes: ["violations"],
    preload: false,
    ...(rules && { runOnly: { type: "rule", values: [...rules] } }),
  };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(part ?? ":root")}, ${JSON.stringify(options)})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}

/**
 * Replaces the drawing of each formula by one letter in a box of its size, for a faster audit: half of a chapter's
 * elements are in drawings, hidden from assistive technology. A formula of more than one colour in either theme stays.
 */
export async function simplifyFormulas(page: Page): Promise<void> {
  const ofOneColour = async (colorScheme: "light" | "dark") => {
    await page.emulateMedia({ colorScheme });
    return page.evaluate<boolean[]>(`[...document.querySelectorAll(".katex-html")].map((drawing) => {
      const { color } = getComputedStyle(drawing);
      return [...drawing.querySelectorAll("*")].every((part) => {
        const style = getComputedStyle(part);
        return style.color === color && style.backgroundColor === "rgba(0, 0, 0, 0)";
      });
    })`);
  };
  const dark = await ofOneColour("dark");
  const light = await ofOneColour("light");
  await page.evaluate(`(() => {
    const isSimple = ${JSON.stringify(dark.map((isSimple, index) => isSimple && light[index]))};
    const drawings = [...document.querySelectorAll(".katex-html")];
    const sizes = drawings.map((drawing) => drawing.getBoundingClientRect());
    for (const [index, drawing] of drawings.entries()) {
      const { width, height } = sizes[index];
      if (!isSimple[index] || width === 0) continue;
      drawing.textContent = "x";
      drawing.style.cssText = \`display: inline-block; width: \${width}px; height: \${height}px\`;
    }
  })()`);
}

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
