/** Draws the computation tree of one node of the paw: the messages behind its state, round by round. */

import { arrow, drawing, label } from "#figures/drawing.ts";
import { between, nodeDisc, type Point } from "#figures/node-link.ts";
import { neighbours, paw } from "../models/graph.ts";

interface Listener extends Point {
  readonly node: number;
  readonly parent: Listener | undefined;
}

const radius = 15;
const levelHeight = 72;
const left = 104;
const right = 384;

/** `root` counts from 0; every level down is one round earlier. */
export function figure({ root = 3, rounds = 3 }: { root?: number; rounds?: number } = {}): string {
  const leaves = countWalks(root, rounds);
  const places = placeLevels(root, rounds, (right - left) / leaves);
  return drawing(
    400,
    rounds * levelHeight + 2 * radius + 16,
    ...Array.from({ length: rounds + 1 }, (_, level) =>
      label(12, 27 + level * levelHeight, level === rounds ? "at the start" : `after round ${rounds - level}`, {
        class: "small soft",
      }),
    ),
    ...places.flatMap((place) => {
      if (place.parent === undefined) return [];
      const [start, end] = between(place, place.parent, radius, 2);
      return [arrow(start.x, start.y, end.x, end.y, { class: "stroke-message" })];
    }),
    ...places.map((place) =>
      nodeDisc(place, String(place.node + 1), { radius, tone: place.node === root ? "solid" : "pale" }),
    ),
  );
}

/** Number of walks of that length from a node: the leaves of its tree. */
const countWalks = (node: number, length: number): number =>
  length === 0 ? 1 : neighbours(paw, node).reduce((count, next) => count + countWalks(next, length - 1), 0);

/** Places every node above the middle of its leaves. */
function placeLevels(root: number, rounds: number, leafWidth: number): Listener[] {
  const place = (node: number, depth: number, start: number, parent: Listener | undefined): Listener[] => {
    const width = countWalks(node, rounds - depth) * leafWidth;
    const here = { node, parent, x: start + width / 2, y: 23 + depth * levelHeight };
    if (depth === rounds) return [here];
    let childStart = start;
    const below = neighbours(paw, node).flatMap((next) => {
      const placed = place(next, depth + 1, childStart, here);
      childStart += countWalks(next, rounds - depth - 1) * leafWidth;
      return placed;
    });
    return [here, ...below];
  };
  return place(root, 0, left, undefined);
}
