/** What a figure's journey is made of: a page, the sentence it begins with, and two ways to change it. One file each in figures/. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

export interface FigureJourney {
  /** Page that the figure stands on. */
  readonly path: string;
  /** What a screen reader hears first: `describe(initial)`. */
  readonly says: string;
  /** Changes the figure without a pointer, and says with numbers what comes of it. */
  readonly keyboard: (hand: Hand) => Promise<void>;
  /** The same without a keyboard. */
  readonly pointer: (hand: Hand) => Promise<void>;
}

type ControlRole = "slider" | "button" | "radio" | "checkbox";

export interface Hand {
  /** Puts the focus on a control or a handle by what a screen reader calls it. */
  focus(role: ControlRole, name: string): Promise<void>;
  press(key: string, times?: number): Promise<void>;
  /** Clicks a control or a handle. */
  click(role: ControlRole, name: string): Promise<void>;
  /** Drags a handle, by its name in the code, so many units of the drawing to the right and down. */
  drag(handle: string, right: number, down: number): Promise<void>;
  /** Moves a slider's knob to that share, 0 to 1, of its line. */
  slide(name: string, share: number): Promise<void>;
  /** Waits until the figure says this sentence. */
  says(sentence: string): Promise<void>;
}

/** `pace`: how many steps a drag takes; the browser sees each. */
export function createHand(page: Page, place: Locator, pace = 8): Hand {
  const find = (role: ControlRole, name: string) => place.getByRole(role, { name, exact: true });
  return {
    focus: (role, name) => find(role, name).focus(),
    async press(key, times = 1) {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    },
    async click(role, name) {
      // The input of a choice lies invisible over its word.
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
      // The middle of the knob, which is 20 pixels wide, stops short of both ends.
      await page.mouse.click(box.x + 10 + (box.width - 20) * share, box.y + box.height / 2);
    },
    says: (sentence) => expect.poll(() => place.locator(".live-region").textContent()).toBe(sentence),
  };
}
