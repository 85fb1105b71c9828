/** Takes over the figures of a page: hears mouse, finger and keyboard, and draws with the functions that drew them first. */

import { setLabel } from "../controls.ts";
import type { Grip, Handle, InteractiveFigure } from "../interactive.ts";
import { redraw } from "./redraw.ts";

/** Steps to the right and upwards of a key, as `Grip.step` takes them. */
const keys: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 5],
  PageDown: [0, -5],
  Home: [-1000, -1000],
  End: [1000, 1000],
};

/** Quiet before a change is read out, so that a drag is one sentence. */
const quietMs = 250;

/** Every figure of that name on the page. */
export function hydrate(name: string, figure: InteractiveFigure): void {
  for (const place of document.querySelectorAll<HTMLElement>(`.interactive[data-figure="${name}"]`)) {
    bring(place, figure);
  }
}

function bring(place: HTMLElement, figure: InteractiveFigure): void {
  const svg = place.querySelector("svg");
  const form = place.querySelector("form");
  const said = place.querySelector(".live-region");
  if (!svg || !said) return;
  let parameters = figure.initial;
  let handles: readonly Handle[] = [];
  let frame = 0;
  let quiet = 0;

  /** At most one drawing for each that the screen shows. */
  const change = (next: object) => {
    parameters = next;
    handles = figure.handles?.(parameters) ?? [];
    if (frame === 0) frame = requestAnimationFrame(show);
  };

  const show = () => {
    frame = 0;
    const wanted = new DOMParser().parseFromString(figure.draw(parameters), "image/svg+xml").documentElement;
    for (const handle of handles) describeHandle(wanted.querySelector(`[data-handle="${handle.name}"]`), handle);
    const focused = handles.find(({ name }) => name === document.activeElement?.getAttribute("data-handle"));
    redraw(svg, wanted);
    if (focused && svg.contains(document.activeElement) === false) elementOf(svg, focused.name)?.focus();
    if (form) fillIn(form, figure, parameters);
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      const sentence = figure.describe(parameters);
      if (said.textContent !== sentence) said.textContent = sentence;
    }, quietMs);
  };

  if (form) hearForm(form, figure, () => parameters, change);
  hearHandles(svg, () => handles, change);
  svg.setAttribute("role", "group");
  change(parameters);
  place.dataset.live = "";
}

const elementOf = (svg: SVGSVGElement, name: string) => svg.querySelector<SVGElement>(`[data-handle="${name}"]`);

type Change = (next: object) => void;

function hearForm(
  form: HTMLFormElement,
  { controls }: InteractiveFigure,
  parameters: () => object,
  change: Change,
): void {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const control = controls[Number(target.name)];
    if (control?.kind === "slider" || control?.kind === "choice")
      change(control.set(parameters(), Number(target.value)));
    if (control?.kind === "toggle") change(control.set(parameters(), target.checked));
  });
  form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const control = controls[Number(button?.name)];
    if (button && control?.kind === "button") change(control.press(parameters()));
  });
}

function hearHandles(svg: SVGSVGElement, handles: () => readonly Handle[], change: Change): void {
  const handleAt = (target: EventTarget | null): Handle | undefined => {
    const name = target instanceof Element ? target.closest("[data-handle]")?.getAttribute("data-handle") : undefined;
    return handles().find((handle) => handle.name === name);
  };
  svg.addEventListener("click", ({ target }) => {
    const handle = handleAt(target);
    if (handle && "press" in handle) change(handle.press());
  });
  svg.addEventListener("keydown", (event) => {
    const handle = handleAt(event.target);
    if (!handle || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = keys[event.key];
    if ("press" in handle && (event.key === "Enter" || event.key === " ")) change(handle.press());
    else if ("step" in handle && step) change(handle.step(...step));
    else return;
    event.preventDefault();
  });
  svg.addEventListener("pointerdown", (event) => {
    const handle = handleAt(event.target);
    const element = handle && elementOf(svg, handle.name);
    if (!handle || !element || !("move" in handle) || event.button !== 0) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    drag(svg, element, event, (x, y) => {
      const now = handles().find((other): other is Grip<object> => other.name === handle.name && "move" in other);
      if (now) change(now.move(x, y));
    });
  });

  // A finger on a handle scrolls nothing. Not every browser takes `touch-action` from inside a drawing.
  svg.addEventListener(
    "touchstart",
    (event) => {
      const handle = handleAt(event.target);
      if (handle && "move" in handle && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
}

/** Calls `move` with each place the pointer takes a handle's middle to, in the drawing's units, until it is let go. */
function drag(svg: SVGSVGElement, handle: Element, down: PointerEvent, move: (x: number, y: number) => void): void {
  const point = ({ clientX, clientY }: PointerEvent) =>
    new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
  const reach = handle.querySelector(".reach");
  const start = point(down);
  // Who takes hold beside the middle does not want it to jump there.
  const offX = Number(reach?.getAttribute("cx")) - start.x;
  const offY = Number(reach?.getAttribute("cy")) - start.y;
  const follow = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const { x, y } = point(event);
    move(x + offX, y + offY);
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    svg.removeEventListener("pointermove", follow);
    svg.removeEventListener("pointerup", end);
    svg.removeEventListener("pointercancel", end);
  };
  svg.setPointerCapture(down.pointerId);
  svg.addEventListener("pointermove", follow);
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
}

function describeHandle(element: Element | null, handle: Handle): void {
  const set = (name: string, value: string | number | boolean) => element?.setAttribute(name, String(value));
  set("tabindex", 0);
  set("aria-label", handle.label);
  if ("press" in handle) {
    set("role", "button");
    if (handle.pressed !== undefined) set("aria-pressed", handle.pressed);
    return;
  }
  set("role", "slider");
  set("aria-valuetext", handle.value);
  set("aria-valuenow", handle.range.now);
  set("aria-valuemin", handle.range.min);
  set("aria-valuemax", handle.range.max);
}

/** The form says what the drawing says, whichever of the two was touched. */
function fillIn(form: HTMLFormElement, { controls }: InteractiveFigure, parameters: object): void {
  for (const input of form.querySelectorAll("input")) {
    const control = controls[Number(input.name)];
    if (control?.kind === "toggle") input.checked = control.get(parameters);
    else if (control?.kind === "choice") input.checked = control.get(parameters) === Number(input.value);
    else if (control?.kind === "slider") {
      const value = control.get(parameters);
      const printed = control.print?.(value) ?? String(value);
      input.value = String(value);
      input.setAttribute("aria-valuetext", printed.replaceAll("$", ""));
      const output = input.closest(".slider")?.querySelector("output");
      if (output) output.innerHTML = setLabel(printed);
    }
  }
}
