/** Draws handles: parts of a drawing that a reader can drag or press. */

import { type Attributes, circle, formula, group, rectangle } from "./drawing.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * A handle around its centre. `name` is the name in the figure's `handles`. `mark` is always visible; the ring around
 * it (a radius, or the width and height of a pill) appears once the figure is interactive. `reach` is the radius of the
 * touch target.
 */
export function handle(
  name: string,
  { x, y }: Place,
  {
    kind,
    ring = 12,
    reach = 24,
  }: { kind: "grip" | "tap"; ring?: number | readonly [width: number, height: number]; reach?: number },
  ...mark: string[]
): string {
  const [width, height] = typeof ring === "number" ? [2 * ring, 2 * ring] : ring;
  return group(
    { class: `handle ${kind}`, "data-handle": name },
    circle(x, y, reach, { class: "reach" }),
    rectangle(x - width / 2, y - height / 2, width, height, { rx: Math.min(width, height) / 2, class: "ring" }),
    ...mark,
  );
}

/**
 * The drawing as its page has it at first: rings and touch targets, which nothing shows before the figure is interactive,
 * are added by the first redraw. A hundred bytes of a page with many handles.
 */
export const withoutTargets = (drawing: string): string =>
  drawing.replace(/<circle [^>]*class="reach"\/><rect [^>]*class="ring"\/>/g, "");

/** Distance of the ring from the rim of a disc, the same in every figure. */
export const ringGap = 4;

/**
 * A draggable disc, with or without a symbol or number in it. `look` is the class of the disc, `ink` that of the
 * symbol.
 */
export function discGrip(
  name: string,
  { x, y }: Place,
  {
    radius,
    reach = 22,
    look = "box",
    letter = "",
    ink = "",
  }: { radius: number; reach?: number; look?: string; letter?: string; ink?: string },
): string {
  // Small letters are set half a unit higher, so that both sizes look centred.
  const isSmall = radius < 12;
  const size: Attributes = { class: ["middle", isSmall ? "small" : "", ink].filter((name) => name !== "").join(" ") };
  return handle(
    name,
    { x, y },
    { kind: "grip", ring: radius + ringGap, reach },
    circle(x, y, radius, { class: look }),
    letter === "" ? "" : formula(x, y + (isSmall ? 4 : 5), letter, size),
  );
}
