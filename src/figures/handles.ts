/** Things in a drawing that a reader can take hold of. */

import { type Attributes, circle, formula, group, rectangle } from "./drawing.ts";

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Something to grip or tap, around its middle; `name` is the one that the figure's `handles` use. `mark` is
 * what is seen of it always; a ring around it (a radius, or the width and height of a pill) shows once it
 * can be moved or pressed, and a finger may miss the middle by `reach` units.
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

/** How far the ring is from the rim of a disc, in every figure. */
export const ringGap = 4;

/** A disc to drag, with a letter or number in it or none. `look` is the class of the disc, `ink` that of the letter. */
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
  // The small letters stand half a unit higher, so that both look centred.
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
