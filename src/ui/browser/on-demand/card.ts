/**
 * Shows the card: one for all previews, beside what it is about. It stays while the pointer is over it or over its anchor,
 * or the anchor has the focus, and Escape closes it. It never takes the focus.
 */
import { pageIds } from "../../../library/page-ids.ts";
import { cardWords } from "../../words/card-words.ts";
import { chapterPreview } from "../previews/chapter-preview.ts";
import { partPreview } from "../previews/part-preview.ts";
import { placeCard } from "../previews/place-card.ts";

/** A pointer on its way across the page opens nothing; one on its way to the card may leave the link. */
const delayMs = 250;

const words = cardWords(document.documentElement.lang);
const card = document.createElement("div");
card.className = "card";
card.setAttribute("popover", "auto");
card.role = "group";
const body = document.createElement("div");
body.id = pageIds.card;
card.append(body);

/** What the open card is about. */
let anchor: Element | undefined;
/** The link that the pointer or the focus is on: a preview that arrives later is not shown. */
let wanted: Element | undefined;
let opening: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

export interface CardOptions {
  /** Read out with the anchor. Not if assistive technology meets the content anyway. */
  readonly isDescription?: boolean;
  /** A sheet that covers the anchor moves the page. Not for a pointer, which would then be somewhere else. */
  readonly mayScroll?: boolean;
  /** A link below the content. */
  readonly footer?: Node;
}

/** `label`: the card's accessible name. */
export function showCard(
  next: Element,
  content: readonly Node[],
  label: string,
  { isDescription = true, mayScroll = false, footer }: CardOptions = {},
): void {
  // What is filled while it is open moves before the reader's eyes.
  hideCard();
  body.replaceChildren(...content);
  card.replaceChildren(body, ...(footer ? [footer] : []));
  card.ariaLabel = label;
  if (!card.isConnected) document.querySelector("main")?.append(card);
  card.showPopover();
  card.scrollTop = 0;
  placeCard(card, next, mayScroll);
  anchor = next;
  if (isDescription && !next.hasAttribute("aria-describedby")) next.setAttribute("aria-describedby", body.id);
}

export function hideCard(): void {
  clearTimeout(closing);
  if (anchor) card.hidePopover();
}

/** When the pointer has left the anchor, unless it reaches the card, or the anchor has the focus. */
export function hideSoon(): void {
  clearTimeout(closing);
  closing = setTimeout(() => {
    if (!anchor?.matches(":focus-visible")) hideCard();
  }, delayMs);
}

/** `part`: where the link leads, if that is a part of this page. `event`: how the reader has met the link. */
export function preview(link: HTMLAnchorElement, part: Element | undefined, event: Event): void {
  if (event.type === "pointerover") {
    const { pointerType, buttons } = event as PointerEvent;
    if (pointerType === "touch" || buttons > 0 || wanted === link || !link.matches(":hover")) return;
    leave();
    wanted = link;
    if (anchor === link) clearTimeout(closing);
    else opening = setTimeout(open, delayMs, link, part);
    link.addEventListener("pointerleave", leave, { once: true });
  } else if (event.type === "focusin") {
    if (!link.matches(":focus-visible") || anchor === link) return;
    wanted = link;
    open(link, part, { mayScroll: true });
    link.addEventListener("focusout", leaveFocus, { once: true });
  } else if (event.defaultPrevented) {
    wanted = link;
    open(link, part, { mayScroll: true, footer: linkTo(link) });
  } else if (event.type === "click") {
    leave();
    hideCard();
  } else clearTimeout(opening);
}

function leave(): void {
  wanted = undefined;
  clearTimeout(opening);
  if (anchor) hideSoon();
}

function leaveFocus(event: FocusEvent): void {
  wanted = undefined;
  if (!card.contains(event.relatedTarget as Node | null)) hideCard();
}

async function open(link: HTMLAnchorElement, part: Element | undefined, options: CardOptions = {}): Promise<void> {
  const isNote = part?.matches(".note");
  if (isNote && isInSight(part)) return;
  const content = part ? partPreview(part) : await chapterPreview(link);
  if (!content || wanted !== link || !link.isConnected) return;
  // A note is right behind its mark, where it is read out anyway.
  showCard(link, content, words.preview(nameOf(link)), { isDescription: !isNote, ...options });
}

const nameOf = (link: Element): string => link.ariaLabel ?? link.textContent.trim();

/** In the margin. */
function isInSight(note: Element | undefined): boolean {
  const { top, bottom, height } = note?.getBoundingClientRect() ?? new DOMRect();
  return height > 0 && top >= 0 && bottom <= innerHeight;
}

/** By the link itself, so that there is a way back to it. */
function linkTo(link: HTMLAnchorElement): HTMLAnchorElement {
  const copy = document.createElement("a");
  copy.className = "card-go";
  copy.href = link.href;
  copy.textContent = words.goTo(nameOf(link));
  copy.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hideCard();
    link.click();
  });
  return copy;
}

card.addEventListener("pointerenter", () => clearTimeout(closing));
card.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && hideSoon());
card.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget instanceof Node && !card.contains(relatedTarget)) hideCard();
});
card.addEventListener("beforetoggle", (event) => {
  if ((event as ToggleEvent).newState !== "closed") return;
  if (anchor?.getAttribute("aria-describedby") === body.id) anchor.removeAttribute("aria-describedby");
  anchor = undefined;
});
addEventListener("resize", hideCard);
addEventListener("hashchange", hideCard);
