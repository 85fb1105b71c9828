/**
 * Offers a preview of what a link within a text leads to: to the pointer, to the keyboard, and to the first tap. The script
 * that shows it is loaded when the reader first meets such a link.
 */
import { loadCard } from "./on-demand.ts";

export function offerPreviews(): void {
  // Older browsers have no popovers; then links have no previews.
  if (!("popover" in document.body)) return;
  let wasOpen = false;
  const meet = (event: Event) => {
    const { target, type } = event;
    const link =
      target instanceof Element &&
      target.closest<HTMLAnchorElement>("a.chapter,.needs a,.body a[href^='#']:not(.anchor)");
    if (!link) return;
    const part = partOf(link);
    if (!part && link.matches("[href^='#']")) return;
    // The tap closes an open card before its click arrives.
    if (type === "pointerdown") wasOpen = link.hasAttribute("aria-describedby");
    // The second tap follows the link; a note has a sheet of its own.
    const isFirstTap =
      type === "click" &&
      (event as PointerEvent).pointerType === "touch" &&
      !wasOpen &&
      !!part &&
      !part.matches(".note");
    if (isFirstTap) event.preventDefault();
    loadCard().then(
      ({ preview }) => preview(link, part, event),
      () => isFirstTap && link.click(),
    );
  };
  for (const type of ["pointerover", "pointerdown", "focusin", "click"]) addEventListener(type, meet, true);
}

/** The part of the page that the link leads to, if a preview can show it: no heading, and not what the link is in. */
function partOf(link: HTMLAnchorElement): Element | undefined {
  const id = link.matches("[href^='#']") ? decodeURIComponent(link.hash.slice(1)) : "";
  const target = document.getElementById(id);
  return target?.matches(".equation,figure,.box,.note,.references li") && !target.contains(link) ? target : undefined;
}
