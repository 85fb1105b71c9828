/**
 * Says that a text has changed since its reader knew it, and on request shows where: a bar at the foot of the window leads
 * from one passage to the next. The reasons are those that the author has given below the text.
 */
import { isoDay } from "../../dates.ts";
import { changedWords } from "../../words/changed-words.ts";
import type { Changes } from "../progress/changes-since.ts";

const { lang, dir } = document.documentElement;
const words = changedWords(lang);

export interface ShownChanges {
  /** All blocks of the text, in its order. */
  readonly blocks: readonly Element[];
  readonly changes: Changes;
  /** Since when the reader knows the text as it was, in milliseconds since 1970. */
  readonly known: number;
  /** The reader has seen the changes, or does not want to. */
  readonly onSeen: () => void;
}

interface Place {
  readonly element: Element;
  /** Something was removed before it; for the end of a text, after it. */
  readonly mark: "changed" | "cut-before" | "cut-after";
}

export function showChanges({ blocks, changes, known, onSeen }: ShownChanges): void {
  const places = placesOf(blocks, changes);
  const bar = make("section", "changed-bar");
  // A text may be in another language than the interface.
  Object.assign(bar, { lang, dir, ariaLabel: words.title(known) });
  const status = make("p", "changed-status");
  status.role = "status";
  const actions = make("p", "changed-actions");
  const button = (label: string, act: () => void, className = "button button-quiet") => {
    const made = make("button", className, label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  let shown = -1;
  const show = (index: number) => {
    shown = (index + places.length) % places.length;
    const place = places[shown];
    if (!place) return;
    for (let outer = place.element.closest("details"); outer; outer = outer.parentElement?.closest("details") ?? null)
      outer.open = true;
    place.element.scrollIntoView({ block: place.element.clientHeight > innerHeight / 2 ? "start" : "center" });
    status.textContent = words.place(shown + 1, places.length, place.mark !== "changed");
  };
  const end = () => {
    bar.remove();
    for (const { element, mark } of places) element.classList.remove(mark);
    // The keyboard and screen readers continue at the passage that was shown last.
    const last = places[shown]?.element;
    if (last instanceof HTMLElement) {
      last.tabIndex = -1;
      last.focus({ preventScroll: true });
      last.addEventListener("blur", () => last.removeAttribute("tabindex"), { once: true });
    }
  };
  const finish = () => {
    end();
    onSeen();
  };
  const start = () => {
    for (const { element, mark } of places) element.classList.add(mark);
    bar.classList.add("changed-shown");
    const next = button(words.next, () => show(shown + 1));
    const steps = places.length > 1 ? [button(words.previous, () => show(shown - 1)), next] : [];
    const done = button(words.done, finish, "button");
    actions.replaceChildren(...steps, done);
    (steps.length > 0 ? next : done).focus();
    show(0);
  };

  const reasons = reasonsSince(known);
  actions.append(button(words.show, start, "button"), button(words.dismiss, finish));
  bar.append(make("h2", "changed-title", words.title(known)), ...(reasons ? [reasons] : []), status, actions);
  // Without being seen, they are announced again the next time.
  bar.addEventListener("keydown", ({ key }) => key === "Escape" && end());
  // First in the order of the keyboard, and out of the flow.
  document.querySelector("main")?.prepend(bar);
  status.textContent = words.summary(changes.edited.length, changes.gone);
}

function placesOf(blocks: readonly Element[], { edited, cuts }: Changes): Place[] {
  const places = [
    ...edited.map((index) => ({ index, mark: "changed" as const })),
    // Where a passage was edited as well, one mark is enough.
    ...cuts
      .filter((index) => !edited.includes(index) && !edited.includes(index - 1))
      .map((index) =>
        index < blocks.length
          ? { index, mark: "cut-before" as const }
          : { index: index - 1, mark: "cut-after" as const },
      ),
  ].sort((one, other) => one.index - other.index);
  return places.flatMap(({ index, mark }) => {
    const element = blocks[index];
    return element ? [{ element, mark }] : [];
  });
}

/** Those that the author has given since that day. */
function reasonsSince(known: number): HTMLElement | undefined {
  const day = isoDay(new Date(known).toISOString());
  const since = [...document.querySelectorAll(".apparatus .changes > li")].filter(
    (item) => (item.querySelector("time")?.dateTime ?? "") >= day,
  );
  if (since.length === 0) return undefined;
  const list = make("ul", "changed-reasons");
  list.append(...since.map((item) => item.cloneNode(true)));
  for (const part of list.querySelectorAll("[id]")) part.removeAttribute("id");
  return list;
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
