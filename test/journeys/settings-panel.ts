/** Steps of a reader who sets type, theme and motion, and what these settings amount to. */
import type { Page } from "playwright-core";

export const panel = (page: Page) => page.getByRole("dialog", { name: "Reading settings" });
export async function openPanel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Reading settings" }).click();
  await panel(page).waitFor();
}
export const choose = (page: Page, setting: string, option: string) =>
  panel(page).getByRole("radiogroup", { name: setting }).getByRole("radio", { name: option, exact: true }).click();

/** How the text is set: pixels, and the first family of its fonts. */
export const textStyle = (page: Page) =>
  page.evaluate<Readonly<Record<"size" | "width" | "line" | "face" | "scroll" | "scheme", string>>>(`(() => {
    const paragraph = getComputedStyle(document.querySelector(".body > p"));
    const root = getComputedStyle(document.documentElement);
    return {
      size: paragraph.fontSize,
      width: String(Math.round(document.querySelector(".body").getBoundingClientRect().width)),
      line: paragraph.lineHeight,
      face: paragraph.fontFamily.split(",")[0].replaceAll('"', ""),
      scroll: root.scrollBehavior,
      scheme: root.colorScheme,
    };
  })()`);

export const usual = {
  size: "17.5px",
  width: "608",
  line: "28px",
  face: "Library Serif",
  scroll: "smooth",
  scheme: "light dark",
};
export const changed = {
  size: "22.08px",
  width: "570",
  line: "39.552px",
  face: "Library Sans",
  scroll: "auto",
  scheme: "dark",
};

/** Every setting, changed. */
export async function changeAll(page: Page): Promise<void> {
  await openPanel(page);
  await choose(page, "Type size", "Large");
  await choose(page, "Typeface", "Sans serif");
  await choose(page, "Line length", "Short");
  await choose(page, "Line spacing", "Loose");
  await choose(page, "Theme", "Dark");
  await choose(page, "Motion", "Off");
}

export const isFocused = (page: Page, selector: string) =>
  page.evaluate<boolean>(`document.querySelector(${JSON.stringify(selector)}) === document.activeElement`);

export const stored = (page: Page) => page.evaluate<string | null>("localStorage.getItem('settings')");

/** Sum of the layout shifts since the page began to load. */
export const shiftOf = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  })`);
