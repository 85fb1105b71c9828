/** Draws a sine and cosine pair as a clock hand: the sine is its horizontal coordinate, the cosine its vertical one. */

import { arrow, circle, group, line } from "#figures/drawing.ts";
import type { Point } from "#figures/node-link.ts";

/** Gap between the tip of a hand and the rim, in drawing units. */
const gap = 3;

/** Tip of a hand at `angle`, in radians clockwise from upright. */
export const handTip = ({ x, y }: Point, length: number, angle: number): readonly [number, number] => [
  x + length * Math.sin(angle),
  y - length * Math.cos(angle),
];

/** Length of the hand on a face of that radius. */
export const handLength = (radius: number): number => radius - gap;

/** A face with a tick at the top and one hand; `behind` is drawn under the hand. */
export function clockFace(middle: Point, radius: number, angle: number, ...behind: readonly string[]): string {
  const { x, y } = middle;
  return group(
    {},
    circle(x, y, radius, { class: "rule" }),
    line(x, y - radius, x, y - radius + 4, { class: "rule" }),
    ...behind,
    arrow(x, y, ...handTip(middle, handLength(radius), angle), { class: "stroke-position thick" }),
    circle(x, y, 2, { class: "fill-ink" }),
  );
}
