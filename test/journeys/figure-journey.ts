/**
 * Defines the journey of a figure: a page, the sentence it starts with, and two ways to change it. Each is a file in
 * test/content/<book>/operations/.
 */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

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

/** `pace`: number of steps of a drag; the browser sees each. */
export function createHand(page: Page, place: Locator, pace = 8): Hand {
  const find = (role: ControlRole, name: string) => place.getByRole(role, { name, exact: true });
  return {
    focus: (role, name) => find(role, name).focus(),
    async press(key, times = 1) {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    },
    async click(role, name) {
      // The input of a choice is invisible and covers its label.
      await find(role, name).click();
    },
    async drag(handle, right, down) {
      const reach = place.locator(`[data-handle="${handle}"] .reach`);
      await reach.scrollIntoViewIfNeeded();
      const box = await reach.boundingBox();
      const drawing = await place.locator("svg").boundingBox();
      const width = Number((await place.locator("svg").getAttribute("viewBox"))?.split(" ")[2]);
      if (!box || !drawing) throw new Error(`There is no handle ${handle}.`);
      const scale = drawing.width / width;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + right * scale, y + down * scale, { steps: pace });
      await page.mouse.up();
    },
    async slide(name, share) {
      const slider = find("slider", name);
      await slider.scrollIntoViewIfNeeded();
      const box = await slider.boundingBox();
      if (!box) throw new Error(`There is no slider ${name}.`);
      // The centre of the thumb, which is 20 pixels wide, does not reach the ends.
      await page.mouse.click(box.x + 10 + (box.width - 20) * share, box.y + box.height / 2);
    },
    says: (sentence) => expect.poll(() => place.locator(".live-region").textContent()).toBe(sentence),
  };
}
