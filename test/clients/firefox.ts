/** Starts an installed Firefox over WebDriver BiDi. Playwright's own BiDi needs a newer Firefox than Debian's. */
import puppeteer, { type KeyInput, type Page } from "puppeteer-core";
import type { ReaderPage } from "../journeys/reader-page.ts";
import { findProgram, type Installation, type StartedEngine, within } from "./engine.ts";

export function findFirefox(): Installation {
  const program = findProgram("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox");
  return program === undefined ? { missing: ["firefox-esr"] } : { start: (tooLate) => start(program, tooLate) };
}

async function start(executablePath: string, signal: AbortSignal): Promise<StartedEngine> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    signal,
    timeout: 90_000,
    protocolTimeout: 60_000,
    extraPrefsFirefox: { "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false },
  });
  return {
    version: (await browser.version()).replace("/", " "),
    narrowest: 0,
    async open(url, viewport) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport(viewport);
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() !== "error" && message.type() !== "warn") return;
        // Firefox also says so of formulas that are still arriving; the compiler has counted their children.
        if (!message.text().includes("Incorrect number of children")) complaints.push(message.text());
      });
      page.on("pageerror", (error) => {
        if (!String(error).includes("Incorrect number of children")) complaints.push(String(error));
      });
      page.on("request", (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== "data:" && host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
      });
      await page.goto(url, { waitUntil: "load" });
      return { page: adapt(page), complaints, [Symbol.asyncDispose]: () => context.close() };
    },
    hasEnded: async () => !browser.connected,
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function adapt(page: Page): ReaderPage {
  let at = { x: 0, y: 0 };
  return {
    goto: (url) => page.goto(url, { waitUntil: "load" }),
    evaluate: async <Result>(expression: string) => (await page.evaluate(expression)) as Result,
    setViewportSize: (size) => page.setViewport(size),
    keyboard: { press: (key) => page.keyboard.press((key === "Space" ? " " : key) as KeyInput) },
    mouse: {
      // One call for each step: in one, they arrive before the page has reacted to any.
      async move(toX, toY, { steps = 1 } = {}) {
        const { x, y } = within(page.viewport() ?? { width: 0, height: 0 }, toX, toY);
        const { x: fromX, y: fromY } = at;
        for (let step = 1; step <= steps; step++) {
          await page.mouse.move(fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps);
        }
        at = { x, y };
      },
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
      click: (x, y) => page.mouse.click(x, y),
    },
  };
}
