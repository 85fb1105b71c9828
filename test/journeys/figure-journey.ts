/**
 * Defines the journey of a figure: a page, the sentence it starts with, and two ways to change it. Each is a file in
 * test/content/<book>/operations/.
 */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { ReaderPage } from "./reader-page.ts";

export interface FigureJourney {
  /** The page with the figure. */
  readonly path: string;
  /** The first description for screen readers: `describe(initial)`. */
  readonly says: string;
  /** Changes the figure without a pointer, and checks the numbers in its descriptions. */
  readonly keyboard: (hand: Hand) => Promise<void>;
  /** Changes the figure without a keyboard, and checks likewise. */
  readonly pointer: (hand: Hand) => Promise<void>;
}

type ControlRole = "slider" | "button" | "radio" | "checkbox";

export interface Hand {
  /** Focuses a control or a handle by its accessible name. */
  focus(role: ControlRole, name: string): Promise<void>;
  press(key: string, times?: number): Promise<void>;
  /** Clicks a control or a handle. */
  click(role: ControlRole, name: string): Promise<void>;
  /** Drags a handle, by its name in the code, that many units of the drawing to the right and down. */
  drag(handle: string, right: number, down: number): Promise<void>;
  /** Moves a slider's thumb to that share of its track, 0 to 1. */
  slide(name: string, share: number): Promise<void>;
  /** Waits until this sentence is the figure's description. */
  says(sentence: string): Promise<void>;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A figure on a page, and how its parts are found there. A part whose box is asked for is scrolled into view first. */
export interface Place {
  focus(role: ControlRole, name: string): Promise<void>;
  click(role: ControlRole, name: string): Promise<void>;
  slider(name: string): Promise<Box | null>;
  handle(name: string): Promise<Box | null>;
  /** The drawing's width in pixels and in its own units. */
  drawing(): Promise<{ readonly pixels: number; readonly units: number }>;
  said(): Promise<string | null>;
}

/** A place that Playwright locates, with the accessible names that it computes. */
export function locatedPlace(figure: Locator): Place {
  const find = (role: ControlRole, name: string) => figure.getByRole(role, { name, exact: true });
  const boxOf = async (part: Locator) => {
    await part.scrollIntoViewIfNeeded();
    return part.boundingBox();
  };
  return {
    focus: (role, name) => find(role, name).focus(),
    async click(role, name) {
      // The input of a choice is invisible and covers its label.
      await find(role, name).click();
    },
    slider: (name) => boxOf(find("slider", name)),
    handle: (name) => boxOf(figure.locator(`[data-handle="${name}"] .reach`)),
    async drawing() {
      const svg = figure.locator("svg");
      const units = Number((await svg.getAttribute("viewBox"))?.split(" ")[2]);
      return { pixels: (await svg.boundingBox())?.width ?? 0, units };
    },
    said: () => figure.locator(".live-region").textContent(),
  };
}

/** `pace`: number of steps of a drag; the browser sees each. */
export function createHand(page: ReaderPage, place: Place, pace = 8): Hand {
  return {
    focus: place.focus,
    async press(key, times = 1) {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    },
    click: place.click,
    async drag(handle, right, down) {
      const box = await place.handle(handle);
      const { pixels, units } = await place.drawing();
      if (!box || pixels === 0) throw new Error(`There is no handle ${handle}.`);
      const scale = pixels / units;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + right * scale, y + down * scale, { steps: pace });
      await page.mouse.up();
    },
    async slide(name, share) {
      const box = await place.slider(name);
      if (!box) throw new Error(`There is no slider ${name}.`);
      // The centre of the thumb, which is 20 pixels wide, does not reach the ends.
      await page.mouse.click(box.x + 10 + (box.width - 20) * share, box.y + box.height / 2);
    },
    says: (sentence) => expect.poll(place.said).toBe(sentence),
  };
}
