/** Declares the journeys that an engine goes through: every figure, the reader's, and the layout of every page. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { href } from "../../src/routes.ts";
import { layoutFaults, openLayoutWorld, publicPaths, widths } from "../house/layout-world.ts";
import { desktop, phone } from "../journeys/browser.ts";
import { measureColumns } from "../journeys/feed-columns.ts";
import { createHand, type FigureJourney } from "../journeys/figure-journey.ts";
import { journeys } from "../journeys/figure-journeys.ts";
import { focusOutline, skipToText, switchThemes, widerThanScreen } from "../journeys/reading-steps.ts";
import { lookForStrayMarks, mathematicalChapters } from "../journeys/stray-marks.ts";
import { atLeast, ownLibrary, trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { type Installation, scriptedPlace } from "./engine.ts";
import { keepRunning, type LastingEngine, onceMoreIfLost } from "./lost-browser.ts";

const isBrief = process.env.CLIENTS === "brief";
/** All of them, or for a brief check five, spread over the list. */
const sample = <Item>(list: readonly Item[]): Item[] =>
  isBrief ? list.filter((_, index) => index % Math.ceil(list.length / 5) === 0) : [...list];

/** Named here because a test depends on it. */
export const focusRing = "the ring around what has focus";

let world: World;
let engine: LastingEngine;

/** `unchecked`: what the engine gives no means to check, and why. */
export function checkEngine(
  name: string,
  installation: Installation,
  unchecked: Readonly<Record<string, string>>,
): void {
  if ("missing" in installation) {
    test.skip(`${name} was not checked: ${installation.missing.join(" and ")} is not installed`, () => {});
    return;
  }
  beforeAll(async () => {
    [world, engine] = await Promise.all([
      openLayoutWorld(ownLibrary, "2026-12-01T00:00:00Z"),
      keepRunning(name, installation.start),
    ]);
    console.log(`${name}: ${engine.version}`);
  });
  beforeEach(() => engine.replaceIfLost());
  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
  });
  describe.each(sample(journeys))(`${name}: %s`, onceMoreIfLost, checkFigure);
  describe(name, onceMoreIfLost, () => checkReading(!(focusRing in unchecked)));
  test.skip.each(Object.entries(unchecked))(`not checked in ${name}: %s, because %s`, () => {});
}

function checkFigure(figure: string, journey: FigureJourney): void {
  const open = async (viewport: typeof phone | typeof desktop) => {
    const opened = await engine.open(world.url + journey.path, viewport);
    const isLive = `document.querySelector('[data-figure="${figure}"]').dataset.live !== undefined`;
    await vi.waitUntil(() => opened.page.evaluate<boolean>(isLive), { timeout: 20_000 });
    return { ...opened, hand: createHand(opened.page, scriptedPlace(opened.page, figure)) };
  };

  test("by keyboard: it says what it shows", async () => {
    await using opened = await open(desktop);
    await opened.hand.says(journey.says);
    await journey.keyboard(opened.hand);
    expect(opened.complaints ?? []).toEqual([]);
  });

  test("by pointer, on a phone", async () => {
    await using opened = await open(phone);
    await journey.pointer(opened.hand);
    expect(opened.complaints ?? []).toEqual([]);
  });
}

const centreOfButton = (name: string) => `(() => {
  const named = (each) => (each.getAttribute("aria-label") ?? each.textContent).includes(${JSON.stringify(name)});
  const { x, y, width, height } = [...document.querySelectorAll("button")].find(named).getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})()`;

function checkReading(showsFocus: boolean): void {
  test("no page is wider than a phone, and nothing complains", async () => {
    const findings: string[] = [];
    for (const path of sample(await publicPaths(world))) {
      await using opened = await engine.open(world.url + path, phone);
      const wide = await widerThanScreen(opened.page);
      if (wide > 0) findings.push(`${path}: ${wide} px wider than the screen`);
      findings.push(...(opened.complaints ?? []).map((text) => `${path}: ${text}`));
    }
    expect(findings).toEqual([]);
  }, 240_000);

  test("the theme switch remembers, and the next page is drawn in it", async () => {
    await using opened = await engine.open(world.url, desktop);
    const { page } = opened;
    await switchThemes(
      page,
      async (name) => {
        const [x = 0, y = 0] = await page.evaluate<number[]>(centreOfButton(name));
        await page.mouse.click(x, y);
      },
      async (path) => {
        await page.goto(world.url + path);
      },
    );
  });

  test("with the keyboard: the first tab stop skips to the text", async () => {
    await using opened = await engine.open(world.url + href.book(trial.book), desktop);
    await skipToText(opened.page);
    if (showsFocus) expect(await focusOutline(opened.page)).toBe("solid");
  });

  test("no mark is on another line than its formula, on a phone", async () => {
    await using opened = await engine.open(world.url, phone);
    const seen = [];
    for (const path of await mathematicalChapters(world)) {
      const phones = [320, 360, 390].filter((width) => width >= engine.narrowest);
      seen.push(await lookForStrayMarks(opened.page, world.url + path, phones));
    }
    expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
    expect(seen.reduce((sum, { broken }) => sum + broken, 0)).toBeGreaterThanOrEqual(atLeast(5));
  }, 120_000);

  test("aligned formulas of a feed keep their columns, and their letters their scripts", async () => {
    await using opened = await engine.open(world.url, desktop);
    const { equals, scripts } = await measureColumns(opened.page);
    expect(Math.abs((equals[0] ?? 0) - (equals[1] ?? 9))).toBeLessThan(0.5);
    expect(scripts.map((distance) => Math.abs(distance) < 3)).toEqual([true, true, true, true]);
  });

  test("the layout of every page, at every width", async () => {
    const faults: string[] = [];
    const shown = isBrief ? [390, 1280] : widths.filter((width) => width >= engine.narrowest);
    for (const path of sample(await publicPaths(world))) {
      await using opened = await engine.open(world.url + path, desktop);
      faults.push(...(await layoutFaults(opened.page, shown)).map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
  }, 600_000);
}
