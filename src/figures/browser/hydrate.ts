/**
 * Hydrates the interactive figures of a page: handles pointer, keyboard and form events, and redraws with the functions
 * that drew the figures at publish time.
 */

import { setLabel } from "../controls.ts";
import type { Grip, Handle, InteractiveFigure } from "../interactive.ts";
import { redraw } from "./redraw.ts";

/** The `right` and `up` arguments of `Grip.step` for each key. */
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

/** Debounce before a change is announced to screen readers, so that a drag is announced once. */
const quietMs = 250;

/** Hydrates every figure of that name on the page. */
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
  let handles: readonly Handle[] = figure.handles?.(parameters) ?? [];
  let frame = 0;
  let quiet = 0;

  /** Redraws at most once per animation frame. */
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
  // At once: the page has no touch targets yet.
  show();
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

  // Prevents scrolling while a handle is dragged: not every browser honours `touch-action` inside an SVG.
  svg.addEventListener(
    "touchstart",
    (event) => {
      const handle = handleAt(event.target);
      if (handle && "move" in handle && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
}

/** Drags a handle until the pointer is released. `move` receives the new centre of the handle, in user units. */
function drag(svg: SVGSVGElement, handle: Element, down: PointerEvent, move: (x: number, y: number) => void): void {
  const point = ({ clientX, clientY }: PointerEvent) =>
    new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
  const reach = handle.querySelector(".reach");
  const start = point(down);
  // Keeps the pointer's offset from the centre, so the handle does not jump when it is grabbed off-centre.
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

/** Updates the form from the parameters, whether the form or the drawing changed them. */
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
