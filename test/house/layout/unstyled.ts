/** Finds faults of a page without its stylesheet: words that run together, and icons that fill the window. */
import { nameOf } from "./lines.ts";

/** Formulas, code and SVG contain no words; controls have their own borders, and are created by a script. */
const kept =
  ".katex, .note-mark, .note, pre, svg, script, style, button, select, .controls, [aria-hidden=true], [hidden]";
/** An SVG without a size is as wide as the window, which is acceptable only for a figure or a cover. */
const maxMark = 40;

export function unstyledFaults(): string[] {
  const faults: string[] = [];
  for (const element of document.body.querySelectorAll("*")) {
    const next = element.nextSibling;
    if (!(next instanceof Element) || element.closest(kept) || next.closest(kept)) continue;
    const isInLine = [element, next].every((each) => getComputedStyle(each).display.startsWith("inline"));
    const [before, after] = [element.textContent ?? "", next.textContent ?? ""];
    if (isInLine && /[\p{L}\p{N}.]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after))
      faults.push(`words run together: “${before.slice(-12)}${after.slice(0, 12)}” (${nameOf(element)})`);
  }
  for (const drawing of document.querySelectorAll("header svg, nav svg")) {
    if (!drawing.closest(".cover") && drawing.getBoundingClientRect().width > maxMark)
      faults.push(`fills the window: ${nameOf(drawing)}`);
  }
  return [...new Set(faults)];
}
