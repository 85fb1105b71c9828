/**
 * Shows over-squashing on two triangles: how strongly each node can influence node 6 as the bridge narrows
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { arrow, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { bar, between, edgeLine, nodeDisc, type Point } from "#figures/node-link.ts";
import { printed } from "#figures/printed-numbers.ts";
import { type Edge, type Graph, neighbours, twoTriangles } from "../models/graph.ts";
import { type Influence, influencesOn } from "../models/influence.ts";
import { mixingMatrix } from "../models/propagation.ts";

interface State {
  /** Weight of the edge between nodes 3 and 4. */
  readonly weight: number;
  /** Whether nodes 1 and 5 are also joined. */
  readonly isRewired: boolean;
}

const places: readonly Point[] = [
  { x: 44, y: 44 },
  { x: 44, y: 164 },
  { x: 138, y: 104 },
  { x: 262, y: 104 },
  { x: 356, y: 44 },
  { x: 356, y: 164 },
];
const radius = 15;
const [sender, receiver] = [0, 5] as const;
const secondBridge: Edge = [0, 4];
const table = { top: 214, row: 25, left: 118, right: 330, greatest: 0.35 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { weight: 1, isRewired: false },

  draw: (state) => drawing(400, 352, drawGraph(state), drawBars(state)),

  describe: (state) => {
    const list = influencesOn(graphOf(state), receiver)
      .map((influence, node) => `${printed(influence.factor, 4)} for node ${node + 1}${hopsOf(influence)}`)
      .filter((_, node) => node !== receiver);
    return `Bridge of weight ${printed(state.weight, 2)}${state.isRewired ? ", with a second bridge" : ""}: the factors of the bound for node 6 are ${list.join(", ")}.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Bridge $w_{34}$",
      min: 0,
      max: 1,
      step: 0.05,
      get: ({ weight }) => weight,
      set: (state, weight) => ({ ...state, weight }),
      print: (weight) => printed(weight, 2),
    },
    {
      kind: "toggle",
      label: "Second bridge, between nodes 1 and 5",
      get: ({ isRewired }) => isRewired,
      set: (state, isRewired) => ({ ...state, isRewired }),
    },
  ],
};

function graphOf({ weight, isRewired }: State): Graph {
  const { nodeCount, edges } = twoTriangles(weight);
  return { nodeCount, edges: isRewired ? [...edges, secondBridge] : edges };
}

const hopsOf = ({ hops }: Influence): string =>
  hops === undefined ? " (no path)" : ` (${hops} ${hops === 1 ? "hop" : "hops"})`;

/** Edges of the shortest paths from the sender to the receiver, each towards the receiver. */
function shortestPaths(graph: Graph): readonly (readonly [from: number, to: number])[] {
  const distances = influencesOn(graph, receiver).map(({ hops }) => hops ?? Number.POSITIVE_INFINITY);
  const onward = (node: number): (readonly [number, number])[] =>
    node === receiver || at(distances, node) === Number.POSITIVE_INFINITY
      ? []
      : neighbours(graph, node)
          .filter((next) => at(distances, next) === at(distances, node) - 1)
          .flatMap((next) => [[node, next] as const, ...onward(next)]);
  return onward(sender);
}

function drawGraph(state: State): string {
  const graph = graphOf(state);
  const mixing = mixingMatrix(graph, "renormalised");
  const steps = shortestPaths(graph);
  const isTaken = (from: number, to: number): boolean =>
    steps.some(([a, b]) => (a === from && b === to) || (a === to && b === from));
  return group(
    {},
    label(200, 26, "from node 1 to node 6", { class: "middle small soft" }),
    ...graph.edges.map(([from, to, weight = 1]) => {
      if (isTaken(from, to)) return "";
      if (weight === 1) return edgeLine(at(places, from), at(places, to), radius, { class: "line" });
      const [start, end] = between(at(places, from), at(places, to), radius);
      return bar(start, end, 1.4 * weight, { class: "fill-ink" });
    }),
    state.weight === 0 ? edgeLine(at(places, 2), at(places, 3), radius, { class: "rule dashed" }) : "",
    ...steps.map(([from, to]) => {
      const [start, end] = between(at(places, from), at(places, to), radius, 3);
      return arrow(start.x, start.y, end.x, end.y, { class: "stroke-message" });
    }),
    ...steps.map(([from, to]) => {
      const [one, other] = [at(places, from), at(places, to)];
      return formula((one.x + other.x) / 2, (one.y + other.y) / 2 + 4, printed(at(at(mixing, to), from), 4), {
        class: "middle small halo ink-message",
      });
    }),
    ...places.map((place, node) =>
      nodeDisc(place, String(node + 1), { radius, tone: node === receiver ? "solid" : "pale" }),
    ),
  );
}

/** The factor of the bound for every other node, nearest first. */
function drawBars(state: State): string {
  const influences = influencesOn(graphOf(state), receiver);
  const { top, row, left, right, greatest } = table;
  return group(
    {},
    label(12, top, "what can reach node 6", { class: "strong" }),
    label(388, top, "factor", { class: "end strong" }),
    ...[4, 3, 2, 1, 0].map((node, place) => {
      const { hops, factor } = at(influences, node);
      const y = top + 12 + row * place;
      return group(
        {},
        label(12, y + 14, `node ${node + 1}`, { class: "small" }),
        label(56, y + 14, hops === undefined ? "no path" : `${hops} ${hops === 1 ? "hop" : "hops"}`, {
          class: "small soft",
        }),
        rectangle(left, y + 3, right - left, row - 11, { class: "shade" }),
        rectangle(left, y + 3, ((right - left) * factor) / greatest, row - 11, { class: "fill-message" }),
        formula(388, y + 15, printed(factor, 4), { class: "end" }),
      );
    }),
  );
}
