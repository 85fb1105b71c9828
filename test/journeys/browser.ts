/** Opens a headless browser, installed from npm, for end-to-end tests. */
import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
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

/** Violations of WCAG 2.2 AA and axe's best practices, or only of those rules; one line each. */
export async function auditAccessibility(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Without the details of passed checks and without preloading stylesheets: half the time, and the same violations.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"], preload: false });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
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
