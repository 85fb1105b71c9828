/** A fifth node joins the paw and has an embedding at once; whoever is watched may read a sample of the neighbours only. */

import { at } from "../../at.ts";
import { arrow, circle, drawing, formula, group, label, line, path } from "../../drawing.ts";
import { type Graph, neighbours, type Signal } from "../../graph.ts";
import { handle } from "../../handles.ts";
import type { InteractiveFigure } from "../../interactive.ts";
import { sum } from "../../matrices.ts";
import { combineSample, embed, pawWithNewcomer, samplesOf } from "../../neighbour-samples.ts";
import { between, edgeLine, nodeDisc, type Point } from "../../node-link.ts";
import { printed } from "../../printed-numbers.ts";

interface State {
  /** Of nodes 2, 3, 4: which are joined to node 5. */
  readonly joined: readonly number[];
  readonly feature: number;
  /** The watched node; counts from 0. */
  readonly node: number;
  /** Neighbours that it reads at most. */
  readonly size: number;
  /** Which of the possible samples. */
  readonly draw: number;
  readonly by: "mean" | "max";
}

const places: readonly Point[] = [
  { x: 32, y: 62 },
  { x: 146, y: 62 },
  { x: 89, y: 150 },
  { x: 89, y: 244 },
  { x: 186, y: 178 },
];
const radius = 17;
const mostNeighbours = 4;
const ways = ["mean", "max"] as const;
const candidates = [1, 2, 3] as const;
const arc = { x: 232, y: 246, radius: 134 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { joined: [2], feature: 5, node: 4, size: mostNeighbours, draw: 0, by: "mean" },

  draw: (state) => drawing(400, 366, drawGraph(state), drawArc(state), drawSum(state)),

  describe: (state) => {
    const { all, sample, samples, gathered, own, embedding, averaged, whole } = compute(state);
    const read = sample.map((node) => node + 1).join(", ") || "nobody";
    const often =
      samples.length > 1
        ? ` Over all ${samples.length} samples the ${state.by} is ${printed(averaged, 4)} on average, of all neighbours it is ${printed(whole, 4)}.`
        : "";
    return `Node ${state.node + 1}, with feature ${own}, reads ${sample.length} of ${all.length} ${all.length === 1 ? "neighbour" : "neighbours"}, ${read}: ${state.by} ${printed(gathered, 4)}, embedding (${printed(embedding[0], 4)}, ${printed(embedding[1], 4)}).${often}`;
  },

  controls: [
    {
      kind: "slider",
      label: "Feature of node 5",
      min: 1,
      max: 9,
      step: 1,
      get: ({ feature }) => feature,
      set: (state, feature) => ({ ...state, feature }),
    },
    {
      kind: "slider",
      label: "Neighbours read",
      min: 1,
      max: mostNeighbours,
      step: 1,
      get: ({ size }) => size,
      set: (state, size) => ({ ...state, size, draw: 0 }),
      print: (size) => (size === mostNeighbours ? "all" : String(size)),
    },
    { kind: "button", label: "Another sample", press: (state) => ({ ...state, draw: state.draw + 1 }) },
    {
      kind: "choice",
      label: "Combine by",
      options: ways,
      get: ({ by }) => ways.indexOf(by),
      set: (state, way) => ({ ...state, by: at(ways, way) }),
    },
  ],

  handles: (state) => [
    ...places.map((_, node) => ({
      name: `node-${node + 1}`,
      label: `Watch node ${node + 1}, which has ${at(featuresOf(state), node)}`,
      pressed: state.node === node,
      press: () => ({ ...state, node, draw: 0 }),
    })),
    ...candidates.map((node) => ({
      name: `edge-${node + 1}`,
      label: `Edge between nodes ${node + 1} and 5`,
      pressed: state.joined.includes(node),
      press: () => ({
        ...state,
        draw: 0,
        joined: candidates.filter((other) => state.joined.includes(other) !== (other === node)),
      }),
    })),
  ],
};

const graphOf = ({ joined }: State): Graph => pawWithNewcomer(joined);

const featuresOf = ({ feature }: State): Signal => [1, 2, 3, 4, feature];

function compute(state: State) {
  const features = featuresOf(state);
  const all = neighbours(graphOf(state), state.node);
  const samples = samplesOf(all, state.size);
  const sample = at(samples, state.draw % samples.length);
  const own = at(features, state.node);
  const gatheredOf = (read: readonly number[]): number => combineSample(features, read, state.by);
  const possible = samples.map(gatheredOf);
  return {
    all,
    samples,
    sample,
    own,
    gathered: gatheredOf(sample),
    embedding: embed(own, gatheredOf(sample)),
    possible: possible.map((gathered) => embed(own, gathered)),
    averaged: sum(possible) / possible.length,
    whole: gatheredOf(all),
  };
}

function drawGraph(state: State): string {
  const { sample } = compute(state);
  const here = at(places, state.node);
  return group(
    {},
    ...graphOf(state).edges.map(([from, to]) => edgeLine(at(places, from), at(places, to), radius, { class: "line" })),
    group(
      {},
      ...candidates.map((node) => {
        return state.joined.includes(node)
          ? ""
          : edgeLine(at(places, node), at(places, 4), radius, { class: "ring dashed" });
      }),
    ),
    group(
      {},
      ...sample.map((node) => {
        const [a, b] = between(at(places, node), here, radius, 2);
        return arrow(a.x, a.y, b.x, b.y, { class: "stroke-message thick" });
      }),
    ),
    ...candidates.map((node) => {
      const middle = { x: (at(places, node).x + at(places, 4).x) / 2, y: (at(places, node).y + at(places, 4).y) / 2 };
      const look = state.joined.includes(node) ? "fill-ink" : "ring";
      return handle(
        `edge-${node + 1}`,
        middle,
        { kind: "tap", ring: 8, reach: 18 },
        circle(middle.x, middle.y, 3.4, { class: look }),
      );
    }),
    ...places.map((place, node) =>
      handle(
        `node-${node + 1}`,
        place,
        { kind: "tap", ring: radius + 4, reach: 24 },
        nodeDisc(place, String(at(featuresOf(state), node)), { radius, tone: node === state.node ? "solid" : "pale" }),
      ),
    ),
    ...places.map(({ x, y }, node) =>
      node === 2
        ? label(x - radius - 8, y + 4, "node 3", { class: "end small soft" })
        : label(x, node < 2 ? y - radius - 9 : y + radius + 17, `node ${node + 1}`, { class: "middle small soft" }),
    ),
  );
}

/** All embeddings have length 1, so they lie on a quarter of a circle; the closer two are, the greater their product. */
function drawArc(state: State): string {
  const { embedding, possible } = compute(state);
  const onArc = ([right, up]: readonly [number, number], distance: number): Point => ({
    x: arc.x + distance * right,
    y: arc.y - distance * up,
  });
  const features = featuresOf(state);
  const points = places.map((_, node) => {
    if (node === state.node) return embedding;
    return embed(at(features, node), combineSample(features, neighbours(graphOf(state), node), state.by));
  });
  const spots = spreadAngles(points.map(([right, up]) => Math.atan2(up, right)));
  const tip = onArc(embedding, arc.radius - 6);
  return group(
    {},
    label(arc.x - 8, 40, "embeddings", { class: "strong" }),
    label(arc.x - 8, 58, "of length 1, so on a circle", { class: "small soft" }),
    line(arc.x, arc.y, arc.x + arc.radius + 14, arc.y, { class: "rule" }),
    line(arc.x, arc.y, arc.x, arc.y - arc.radius - 14, { class: "rule" }),
    label(arc.x + arc.radius + 14, arc.y + 17, "own feature", { class: "end small soft" }),
    label(arc.x - 8, arc.y - arc.radius - 24, "neighbours", { class: "small soft" }),
    path(`M${arc.x + arc.radius} ${arc.y}A${arc.radius} ${arc.radius} 0 0 0 ${arc.x} ${arc.y - arc.radius}`, {
      class: "rule",
    }),
    group(
      {},
      ...possible.map((point) => {
        const [inner, outer] = [onArc(point, arc.radius - 15), onArc(point, arc.radius - 6)];
        return possible.length > 1 ? line(inner.x, inner.y, outer.x, outer.y, { class: "stroke-message thick" }) : "";
      }),
    ),
    arrow(arc.x, arc.y, tip.x, tip.y, { class: "stroke-node" }),
    ...points.map((point, node) => {
      const dot = onArc(point, arc.radius);
      const angle = at(spots, node);
      const spot = onArc([Math.cos(angle), Math.sin(angle)], arc.radius + 19);
      const isWatched = node === state.node;
      return group(
        {},
        line(dot.x, dot.y, (dot.x + 2 * spot.x) / 3, (dot.y + 2 * spot.y) / 3, { class: "rule" }),
        circle(dot.x, dot.y, isWatched ? 5.5 : 4, { class: isWatched ? "fill-node" : "fill-node-pale stroke-node" }),
        formula(spot.x, spot.y + 5, String(node + 1), { class: isWatched ? "middle ink-node" : "middle soft" }),
      );
    }),
  );
}

/** The same angles, moved apart until a number fits at each; between the two axes. */
function spreadAngles(angles: readonly number[]): readonly number[] {
  const gap = 0.125;
  const order = [...angles.keys()].sort((one, other) => at(angles, one) - at(angles, other) || one - other);
  const spread = [...angles];
  let least = 0.04;
  for (const node of order) {
    spread[node] = Math.max(at(angles, node), least);
    least = at(spread, node) + gap;
  }
  let most = Math.PI / 2 - 0.04;
  for (const node of order.reverse()) {
    spread[node] = Math.min(at(spread, node), most);
    most = at(spread, node) - gap;
  }
  return spread;
}

/** Read, combined, put beside the own feature, scaled to length 1. */
function drawSum(state: State): string {
  const { all, sample, samples, own, gathered, embedding, averaged, whole } = compute(state);
  const isSampled = samples.length > 1;
  const isRight = Math.abs(averaged - whole) < 1e-9;
  const names = (nodes: readonly number[]): string => nodes.map((node) => node + 1).join(", ") || "nobody";
  const which =
    sample.length < all.length
      ? `node ${state.node + 1} reads ${names(sample)} of ${names(all)}`
      : `node ${state.node + 1} reads ${names(all)}`;
  return group(
    {},
    label(14, 302, which, { class: "strong" }),
    formula(386, 303, `a = ${writtenOut(state)}${printed(gathered, 4)}`, { class: "end" }),
    label(14, 328, "own feature and this, at length 1", { class: "small soft" }),
    formula(386, 329, `(${own}, ${printed(gathered)}) → (${printed(embedding[0], 4)}, ${printed(embedding[1], 4)})`, {
      class: "end",
    }),
    label(
      14,
      354,
      isSampled ? `${samples.length} samples (ticks) on average, and all at once` : "no more neighbours than it reads",
      {
        class: "small soft",
      },
    ),
    formula(386, 355, isSampled ? `${printed(averaged, 4)} ${isRight ? "=" : "<"} ${printed(whole, 4)}` : "", {
      class: "end",
    }),
  );
}

/** `(1 + 2) / 2 = `, `max(1, 2) = `; nothing where there is nothing to combine. */
function writtenOut(state: State): string {
  const read = compute(state).sample.map((node) => at(featuresOf(state), node));
  if (read.length < 2) return "";
  return state.by === "max" ? `max(${read.join(", ")}) = ` : `(${read.join(" + ")}) / ${read.length} = `;
}
