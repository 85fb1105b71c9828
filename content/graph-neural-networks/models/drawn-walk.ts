/** Draws a walk on a graph as numbered arrows beside the edges. */

import { at } from "#figures/at.ts";
import { arrow, formula, group, path, round } from "#figures/drawing.ts";

import { between, type Point } from "#figures/node-link.ts";
import type { Walk } from "./walks.ts";

/** Each step is on one side of its edge, further out each time the walk repeats it. */
export function drawWalk(walk: Walk, places: readonly Point[], radius: number): string {
  const used = new Map<string, number>();
  const steps = walk.slice(1).map((to, step) => {
    const way = `${at(walk, step)} ${to}`;
    const times = used.get(way) ?? 0;
    used.set(way, times + 1);
    return bend(at(places, at(walk, step)), at(places, to), radius, times);
  });
  // Numbers after all curves, so no curve crosses them.
  return group(
    {},
    ...steps.map(({ curve, tip, end }) =>
      group(
        {},
        path(curve, { class: "stroke-message" }),
        arrow(tip.x, tip.y, end.x, end.y, { class: "stroke-message" }),
      ),
    ),
    ...steps.map(({ early }, step) =>
      formula(early.x, early.y + 4, String(step + 1), { class: "middle small halo ink-message" }),
    ),
  );
}

/** A curve beside the edge. The number is on its first half, because a handle may be in the middle. */
function bend(from: Point, to: Point, radius: number, times: number) {
  const bulge = 10 + 12 * times;
  const t = times % 2 === 0 ? 0.27 : 0.5;
  const [first, last] = between(from, to, radius, 3);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [sideX, sideY] = [(from.y - to.y) / length, (to.x - from.x) / length];
  const aside = ({ x, y }: Point, distance: number): Point => ({ x: x + sideX * distance, y: y + sideY * distance });
  const start = aside(first, bulge * 0.55);
  const pull = aside({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, bulge * 1.45);
  const end = aside(last, bulge * 0.55);
  const [tip] = between(end, pull, 8);
  const mix = (t: number, axis: "x" | "y"): number =>
    (1 - t) ** 2 * start[axis] + 2 * t * (1 - t) * pull[axis] + t ** 2 * tip[axis];
  return {
    curve: `M${round(start.x)} ${round(start.y)}Q${round(pull.x)} ${round(pull.y)} ${round(tip.x)} ${round(tip.y)}`,
    tip,
    end,
    early: { x: mix(t, "x"), y: mix(t, "y") },
  };
}
