/** A pair of waves as a clock: its hand is as far right as the sine says, and as far up as the cosine. */

import { arrow, circle, group, line } from "#figures/drawing.ts";
import type { Point } from "#figures/node-link.ts";

/** Between the tip of a hand and the rim, in units. */
const gap = 3;

/** Where a hand ends that has turned by `angle`, in radians from upright, clockwise. */
export const handTip = ({ x, y }: Point, length: number, angle: number): readonly [number, number] => [
  x + length * Math.sin(angle),
  y - length * Math.cos(angle),
];

/** Of a hand on a face with that radius. */
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
