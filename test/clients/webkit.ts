/** Starts WebKitGTK's MiniBrowser over the WebDriver protocol, on a display of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Script } from "node:vm";
import { Builder, Button, Capabilities, Key, Origin, type WebDriver } from "selenium-webdriver";
import { freePort } from "../journeys/browser.ts";
import type { ReaderPage } from "../journeys/reader-page.ts";
import { findProgram, type Installation, type StartedEngine, within } from "./engine.ts";

const libraries = "/usr/lib";

/** MiniBrowser is not on the PATH: Debian installs it beside the library, for each of its versions. */
function miniBrowsers(): string[] {
  const triplets = readdirSync(libraries).filter((name) => name.endsWith("-linux-gnu"));
  return triplets.flatMap((triplet) =>
    ["webkit2gtk-4.1", "webkit2gtk-4.0"].map((version) => `${libraries}/${triplet}/${version}/MiniBrowser`),
  );
}

export function findWebKit(): Installation {
  if (process.platform !== "linux") return { missing: ["WebKitGTK, which only exists for Linux"] };
  const [driver, browser, display] = [
    findProgram("WebKitWebDriver"),
    findProgram(...miniBrowsers()),
    findProgram("Xvfb"),
  ];
  if (driver && browser && display) return { start: (tooLate) => start(driver, browser, display, tooLate) };
  return { missing: [...(driver && browser ? [] : ["webkit2gtk-driver"]), ...(display ? [] : ["xvfb"])] };
}

async function start(driver: string, browser: string, display: string, tooLate: AbortSignal): Promise<StartedEngine> {
  const screen = spawn(display, ["-displayfd", "3", "-screen", "0", "1600x2200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise<string>((resolve, reject) => {
    screen.once("exit", () => reject(new Error("Xvfb did not start.")));
    screen.stdio[3]?.once("data", (text) => resolve(String(text).trim()));
  });
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: `:${number}`,
      // A container has neither the namespaces that its sandbox needs nor a graphics card.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
      GTK_A11Y: "none",
      NO_AT_BRIDGE: "1",
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const processes = [server, screen];
  // The driver waits for a browser that ended without a word; without the driver, what is asked of it fails.
  const endAll = () => processes.forEach((each) => void each.kill());
  tooLate.addEventListener("abort", endAll);
  try {
    await answer(`${url}/status`);
    const window = await new Builder()
      .usingServer(url)
      .withCapabilities(
        new Capabilities({
          browserName: "MiniBrowser",
          "webkitgtk:browserOptions": { binary: browser, args: ["--automation", "--full-screen"] },
        }),
      )
      .build();
    const version = `WebKitGTK ${(await window.getCapabilities()).get("browserVersion")}`;
    return {
      version,
      narrowest: 340,
      open: (at, viewport) => open(window, at, viewport),
      hasEnded: () => hasEnded(window),
      [Symbol.asyncDispose]: () => end(window, processes),
    };
  } catch (error) {
    endAll();
    throw error;
  } finally {
    tooLate.removeEventListener("abort", endAll);
  }
}

/** Waits up to twenty seconds until a server that was just started answers there. */
async function answer(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await setTimeout(200);
    }
  }
}

async function open(window: WebDriver, url: string, viewport: { readonly width: number; readonly height: number }) {
  const page = adapt(window);
  await page.setViewportSize(viewport);
  await page.goto(url);
  return {
    page,
    complaints: undefined,
    async [Symbol.asyncDispose]() {
      // The window remains; what the reader chose does not.
      await page.evaluate("localStorage.clear()");
    },
  };
}

/** Asks again, because the first error after the end of MiniBrowser, its page or the driver can be any. */
async function hasEnded(window: WebDriver): Promise<boolean> {
  try {
    await window.getWindowHandle();
    return false;
  } catch {
    return true;
  }
}

async function end(window: WebDriver, processes: readonly ChildProcess[]): Promise<void> {
  if (!(await hasEnded(window))) await window.quit();
  for (const each of processes) each.kill();
}

const keys: Readonly<Record<string, string>> = {
  ArrowRight: Key.ARROW_RIGHT,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowUp: Key.ARROW_UP,
  ArrowDown: Key.ARROW_DOWN,
  PageUp: Key.PAGE_UP,
  PageDown: Key.PAGE_DOWN,
  Home: Key.HOME,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Tab: Key.TAB,
  Space: Key.SPACE,
};

/** The window's size and the page's width. The page follows only with the next frames. */
const measured = `return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve([innerWidth, innerHeight, document.documentElement.getBoundingClientRect().width]))));`;

/** WebDriver sets the size of the window; bars and borders differ, so the window is corrected until its page fits. */
async function resize(
  window: WebDriver,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  await window.manage().window().setRect({ x: 0, y: 0, width, height });
  const isRight = async () => {
    const [innerWidth = 0, innerHeight = 0, laidOut = 0] = await window.executeScript<number[]>(measured);
    if (innerWidth === width && innerHeight === height) return laidOut <= width;
    const outer = await window.manage().window().getRect();
    // The page may not have followed the last change yet.
    const corrected = {
      width: Math.max(width, outer.width + width - innerWidth),
      height: Math.max(height, outer.height + height - innerHeight),
    };
    await window
      .manage()
      .window()
      .setRect({ x: 0, y: 0, ...corrected });
    return false;
  };
  await window.wait(isRight, 10_000, `The window cannot be ${width} × ${height}.`, 200);
}

/** WebDriver runs function bodies, and the pages' content security policy forbids `eval`: statements return nothing. */
function isExpression(text: string): boolean {
  try {
    new Script(`(${text})`);
    return true;
  } catch {
    return false;
  }
}

function adapt(window: WebDriver): ReaderPage {
  const evaluate = <Result>(expression: string) =>
    window.executeScript<Result>(isExpression(expression) ? `return (${expression});` : expression);
  let [fromX, fromY] = [0, 0];
  let viewport = { width: 0, height: 0 };
  const move = async (toX: number, toY: number, steps = 1) => {
    const { x, y } = within(viewport, toX, toY);
    const actions = window.actions();
    for (let step = 1; step <= steps; step++) {
      const at = (from: number, to: number) => Math.round(from + ((to - from) * step) / steps);
      actions.move({ x: at(fromX, x), y: at(fromY, y), origin: Origin.VIEWPORT, duration: steps === 1 ? 0 : 15 });
    }
    await actions.perform();
    [fromX, fromY] = [x, y];
  };
  return {
    goto: (url) => window.get(url),
    evaluate,
    async setViewportSize(size) {
      await resize(window, size);
      viewport = size;
    },
    keyboard: {
      press: (key) =>
        window
          .actions()
          .sendKeys(keys[key] ?? key)
          .perform(),
    },
    mouse: {
      move: (x, y, options) => move(x, y, options?.steps),
      down: () => window.actions().press(Button.LEFT).perform(),
      up: () => window.actions().release(Button.LEFT).perform(),
      async click(x, y) {
        await move(x, y);
        await window.actions().press(Button.LEFT).release(Button.LEFT).perform();
      },
    },
  };
}
