/** Finds targets smaller than 24 px (WCAG 2.2, 2.5.8), except links within a sentence. */
import { nameOf } from "./lines.ts";

const least = 24;
const pressable = "a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=tab]";

export function smallTargets(): string[] {
  return [...document.querySelectorAll(pressable)].flatMap((element) => {
    const target = labelled(element);
    if (!target.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    if (element.closest(".skip, .honeypot, .anchor, [aria-hidden=true]")) return [];
    if (element.matches("a, button") && isWithinSentence(element)) return [];
    const { width, height } = sizeOf(target);
    if (width === 0 || (width >= least - 0.5 && height >= least - 0.5)) return [];
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30);
    return [`small target, ${Math.round(width)} x ${Math.round(height)} px: ${nameOf(element)} “${text}”`];
  });
}

/** Pressing a label presses its control. */
function labelled(element: Element): Element {
  if (!(element instanceof HTMLInputElement) || !/radio|checkbox/.test(element.type)) return element;
  return element.labels?.[0] ?? element;
}

/** A link on a line with other words is as high as its line. */
function isWithinSentence(element: Element): boolean {
  if (getComputedStyle(element).display !== "inline") return false;
  const block = blockOf(element);
  const others = [...block.querySelectorAll("a, button, svg, script, style")];
  const linked = others.reduce((sum, each) => sum + lettersIn(each), 0);
  return lettersIn(block) - linked >= 8;
}

function blockOf(element: Element): Element {
  let block = element.parentElement ?? element;
  while (block.parentElement && /^inline|^contents/.test(getComputedStyle(block).display)) block = block.parentElement;
  return block;
}

const lettersIn = (element: Element): number => element.textContent?.replace(/[^\p{L}\p{N}]/gu, "").length ?? 0;

/** A pseudo-element may extend a link's target over its surroundings. */
function sizeOf(element: Element): { readonly width: number; readonly height: number } {
  const { width, height } = element.getBoundingClientRect();
  const after = getComputedStyle(element, "::after");
  if (after.content === "none" || after.position !== "absolute") return { width, height };
  return {
    width: Math.max(width, Number.parseFloat(after.width) || 0),
    height: Math.max(height, Number.parseFloat(after.height) || 0),
  };
}
