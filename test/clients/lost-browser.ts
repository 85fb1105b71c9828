/** Replaces an engine whose browser ended by itself, so that only the test that lost it runs again, once. */
import type { TestOptions } from "vitest";
import type { ReaderPage } from "../journeys/reader-page.ts";
import type { Engine, StartEngine, StartedEngine } from "./engine.ts";

const named = "LostBrowserError";

class LostBrowserError extends Error {
  override readonly name = named;
}

/** Repeats a test that lost its browser, never one whose assertion failed. */
export const onceMoreIfLost: TestOptions = { retry: { count: 1, condition: ({ name }) => name === named } };

/** A start whose browser ends may never be answered. vitest gives a hook time for two starts of this length. */
const maxStartMs = 50_000;

export interface LastingEngine extends Engine {
  /** Call before each test: a start may take longer than what a test has left. */
  replaceIfLost(): Promise<void>;
}

export async function keepRunning(name: string, start: StartEngine): Promise<LastingEngine> {
  let engine = await startTwice(name, start);
  const { version, narrowest } = engine;
  let lost: LostBrowserError | undefined;
  let isClosed = false;
  const timesLost = new Map<string, number>();

  /** `shown`: the page on which the browser ends if it does. */
  async function run<Result>(shown: string, action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      if (!lost && !(await engine.hasEnded())) throw error;
      lost ??= lostOn(shown, error);
      throw lost;
    }
  }

  function lostOn(shown: string, cause: unknown): LostBrowserError {
    const times = (timesLost.get(shown) ?? 0) + 1;
    timesLost.set(shown, times);
    const sentence =
      times === 1
        ? `${name} ended by itself while it showed ${shown}.`
        : `${name} ended by itself ${times === 2 ? "twice" : `${times} times`} while it showed ${shown}: that page probably makes it crash.`;
    console.log(sentence);
    return new LostBrowserError(sentence, { cause });
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    await engine[Symbol.asyncDispose]();
  }

  return {
    version,
    narrowest,
    async replaceIfLost() {
      if (!lost) return;
      await close();
      engine = await startTwice(name, start);
      isClosed = false;
      lost = undefined;
    },
    async open(url, viewport) {
      if (lost) throw lost;
      const opened = await run(pathOf(url), () => engine.open(url, viewport));
      return {
        page: watch(opened.page, url, run),
        complaints: opened.complaints,
        async [Symbol.asyncDispose]() {
          // Nothing remains to be closed, and a second error would hide the first.
          if (!lost) await run(pathOf(url), async () => opened[Symbol.asyncDispose]());
        },
      };
    },
    [Symbol.asyncDispose]: close,
  };
}

/** A browser may also end while it starts. */
async function startTwice(name: string, start: StartEngine): Promise<StartedEngine> {
  try {
    return await startInTime(name, start);
  } catch (error) {
    console.log(`${name} did not start, and is started once more: ${String(error)}`);
    return startInTime(name, start);
  }
}

async function startInTime(name: string, start: StartEngine): Promise<StartedEngine> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    const error = new Error(`${name} did not start within ${maxStartMs / 1000} seconds.`);
    tooLate.abort(error);
    reject(error);
  }, maxStartMs);
  try {
    return await Promise.race([start(tooLate.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

const pathOf = (url: string) => (url.startsWith("http") ? new URL(url).pathname : "a page of its own");

function watch(
  page: ReaderPage,
  url: string,
  run: <Result>(shown: string, action: () => Promise<Result>) => Promise<Result>,
): ReaderPage {
  let shown = pathOf(url);
  return {
    goto(next) {
      shown = pathOf(next);
      return run(shown, () => page.goto(next));
    },
    evaluate: <Result>(expression: string) => run(shown, () => page.evaluate<Result>(expression)),
    setViewportSize: (size) => run(shown, () => page.setViewportSize(size)),
    keyboard: { press: (key) => run(shown, () => page.keyboard.press(key)) },
    mouse: {
      move: (x, y, options) => run(shown, () => page.mouse.move(x, y, options)),
      down: () => run(shown, () => page.mouse.down()),
      up: () => run(shown, () => page.mouse.up()),
      click: (x, y) => run(shown, () => page.mouse.click(x, y)),
    },
  };
}
