/** Draws a graph of four nodes whose six possible edges the reader can toggle; it starts as the paw. */

import { at } from "#figures/at.ts";
import { circle, formula, group } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { Tap } from "#figures/interactive.ts";
import { edgeLine, type Point } from "#figures/node-link.ts";
import { type Edge, type Graph, paw } from "./graph.ts";

/** The renumbering of the book's overview: 1 becomes 3, 2 becomes 1, 3 becomes 4, 4 becomes 2. */
export const nextNumber = [2, 0, 3, 1] as const;

/** Whether each of the six pairs is joined. */
export type Joined = readonly boolean[];

/** The pairs of nodes; the paw's edges come first. */
export const pairs: readonly Edge[] = [...paw.edges, [0, 3], [1, 3]];

export const joinedAsPaw: Joined = pairs.map((_, pair) => pair < paw.edges.length);

/** Radius of the discs at the nodes. */
export const radius = 15;

/** Node 3 is between the others, far enough from them that the middles of all six edges can be tapped. */
export const placesFrom = (left: number, width: number): readonly Point[] => [
  { x: left, y: 46 },
  { x: left + width, y: 46 },
  { x: left + width / 2, y: 136 },
  { x: left + width / 2, y: 234 },
];

export const graphOf = (joined: Joined): Graph => ({
  nodeCount: 4,
  edges: pairs.filter((_, pair) => at(joined, pair)),
});

const middleOf = (places: readonly Point[], pair: number): Point => {
  const [one, other] = at(pairs, pair);
  return { x: (at(places, one).x + at(places, other).x) / 2, y: (at(places, one).y + at(places, other).y) / 2 };
};

/** Draws the existing edges; `look` returns the class of each. */
export const drawEdges = (places: readonly Point[], joined: Joined, look = (_pair: number): string => "line"): string =>
  group({}, ...pairs.map((_, pair) => (at(joined, pair) ? drawEdge(places, pair, look(pair)) : "")));

/**
 * The control that toggles edge `pair`: a dot, or the number shown on the edge. A missing edge is drawn dashed with an
 * open dot, and only where it can be tapped.
 */
export function drawEdgeHandle(places: readonly Point[], joined: Joined, pair: number, number = ""): string {
  const middle = middleOf(places, pair);
  const isNumbered = at(joined, pair) && number !== "";
  const mark = isNumbered
    ? formula(middle.x, middle.y + 4, number, { class: "middle small halo ink-message" })
    : at(joined, pair)
      ? circle(middle.x, middle.y, 3.4, { class: "fill-ink" })
      : drawMissing(places, pair);
  return handle(`edge-${pair}`, middle, { kind: "tap", ring: isNumbered ? [46, 20] : 8, reach: 22 }, mark);
}

/** `describe` names an edge and the number on it; `press` receives the edges after the change. */
export const edgeTaps = <State extends object>(
  joined: Joined,
  describe: (one: number, other: number) => string,
  press: (joined: Joined) => State,
): readonly Tap<State>[] =>
  pairs.map(([one, other], pair) => ({
    name: `edge-${pair}`,
    label: describe(one, other),
    pressed: at(joined, pair),
    press: () => press(joined.map((is, index) => (index === pair ? !is : is))),
  }));

function drawEdge(places: readonly Point[], pair: number, look: string): string {
  const [one, other] = at(pairs, pair);
  return edgeLine(at(places, one), at(places, other), radius, { class: look });
}

/** Uses the class `ring`, like the rings of `handle()`, so print and email do not show it. */
function drawMissing(places: readonly Point[], pair: number): string {
  const { x, y } = middleOf(places, pair);
  return group({}, drawEdge(places, pair, "ring dashed"), circle(x, y, 3.4, { class: "ring" }));
}
