/** Checks what becomes of the tests in Firefox and WebKit when their browser ends by itself, with a fake engine. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StartEngine, StartedEngine } from "../clients/engine.ts";
import { keepRunning, onceMoreIfLost } from "../clients/lost-browser.ts";
import type { ReaderPage } from "./reader-page.ts";

const url = "http://127.0.0.1/tea/leaves";
const viewport = { width: 390, height: 844 };

/** A browser that can end; `closed` counts how often it was closed. */
class FakeBrowser {
  hasEnded = false;
  closed = 0;
  readonly version: string;

  constructor(version: string) {
    this.version = version;
  }

  readonly evaluate = async (expression: string): Promise<string> => {
    if (this.hasEnded) throw new Error("Target closed");
    if (expression === "wrong") throw new Error("wrong is not defined");
    return `${this.version} evaluates ${expression}`;
  };

  engine(): StartedEngine {
    return {
      version: this.version,
      narrowest: 0,
      open: async () => ({
        page: { evaluate: this.evaluate } as unknown as ReaderPage,
        complaints: [],
        [Symbol.asyncDispose]: async () => void (await this.evaluate("closing")),
      }),
      hasEnded: async () => this.hasEnded,
      [Symbol.asyncDispose]: async () => {
        this.closed += 1;
      },
    };
  }
}

type Outcome = FakeBrowser | "ends while it starts" | "fails to start";

/** Starts with these outcomes, one after the other; `given up` are those that were told that they are too late. */
function startsWith(...outcomes: Outcome[]) {
  const givenUp: Outcome[] = [];
  const start: StartEngine = async (tooLate) => {
    const outcome = outcomes.shift();
    if (outcome === undefined) throw new Error("It was started too often.");
    if (outcome === "fails to start") throw new Error("no display");
    // What a driver does whose browser has ended: it never answers.
    if (outcome === "ends while it starts") {
      tooLate.addEventListener("abort", () => givenUp.push(outcome));
      return new Promise(() => undefined);
    }
    return outcome.engine();
  };
  return { start, givenUp };
}

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line) => void printed.push(String(line)));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const { condition } = onceMoreIfLost.retry as { condition: (error: Error) => boolean };
const isRepeated = async (action: Promise<unknown>) =>
  condition(
    await action.then(
      () => expect.unreachable("It should fail."),
      (error: Error) => error,
    ),
  );

/** An engine that has lost its first browser on an open page. */
async function loseFirst(...then: Outcome[]) {
  const first = new FakeBrowser("first");
  const { start, givenUp } = startsWith(first, ...then);
  const engine = await keepRunning("Fake", start);
  const opened = await engine.open(url, viewport);
  first.hasEnded = true;
  return { first, engine, opened, givenUp };
}

test("a browser that ends: the test that lost it is repeated in another, and no test before the next hook gets a page", async () => {
  const { first, engine, opened } = await loseFirst(new FakeBrowser("second"));
  expect(await isRepeated(opened.page.evaluate("1"))).toBe(true);
  await opened[Symbol.asyncDispose]();
  expect(await isRepeated(engine.open(url, viewport))).toBe(true);
  await engine.replaceIfLost();
  expect(first.closed).toBe(1);
  await using again = await engine.open(url, viewport);
  expect(await again.page.evaluate("1")).toBe("second evaluates 1");
  expect(printed).toEqual(["Fake ended by itself while it showed /tea/leaves."]);
});

test("an error of a page whose browser runs is the test's own, and nothing is replaced", async () => {
  const only = new FakeBrowser("only");
  const engine = await keepRunning("Fake", startsWith(only).start);
  const { page } = await engine.open(url, viewport);
  expect(await isRepeated(page.evaluate("wrong"))).toBe(false);
  await engine.replaceIfLost();
  expect([await page.evaluate("1"), only.closed]).toEqual(["only evaluates 1", 0]);
});

describe("a browser that ends while it starts", () => {
  test("as the replacement: it is given up in time, and one more is started", async () => {
    const { engine, opened, givenUp } = await loseFirst("ends while it starts", new FakeBrowser("third"));
    expect(await isRepeated(opened.page.evaluate("1"))).toBe(true);
    const replaced = engine.replaceIfLost();
    await vi.advanceTimersByTimeAsync(50_000);
    await replaced;
    expect(givenUp).toEqual(["ends while it starts"]);
    const { page } = await engine.open(url, viewport);
    expect(await page.evaluate("1")).toBe("third evaluates 1");
    expect(printed.at(-1)).toBe(
      "Fake did not start, and is started once more: Error: Fake did not start within 50 seconds.",
    );
  });

  test("as the first one", async () => {
    const { start } = startsWith("fails to start", new FakeBrowser("second"));
    const engine = await keepRunning("Fake", start);
    expect(engine.version).toBe("second");
    expect(printed).toEqual(["Fake did not start, and is started once more: Error: no display"]);
  });

  test("twice: that test fails within the time of a hook, and the next one gets a browser", async () => {
    const last = new FakeBrowser("last");
    const { first, engine, opened } = await loseFirst("ends while it starts", "ends while it starts", last);
    expect(await isRepeated(opened.page.evaluate("1"))).toBe(true);
    const failed = expect(engine.replaceIfLost()).rejects.toThrow("Fake did not start within 50 seconds.");
    await vi.advanceTimersByTimeAsync(100_000);
    await failed;
    await engine.replaceIfLost();
    expect((await engine.open(url, viewport)).page).toBeDefined();
    await engine[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
    expect([first.closed, last.closed]).toEqual([1, 1]);
  });
});
