/**
 * Adds a fifth node to the paw, which gets an embedding at once, and samples the neighbours of one node (interactive).
 */

import { at } from "#figures/at.ts";
import { arrow, circle, drawing, formula, group, label } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { sum } from "#figures/matrices.ts";
import { between, edgeLine, nodeDisc, type Point } from "#figures/node-link.ts";
import { printed } from "#figures/printed-numbers.ts";
import { drawArc } from "../models/embedding-arc.ts";
import { type Graph, neighbours, type Signal } from "../models/graph.ts";
import { combineSample, embed, pawWithNewcomer, samplesOf } from "../models/neighbour-samples.ts";

interface State {
  /** Those of nodes 2, 3, 4 that are joined to node 5. */
  readonly joined: readonly number[];
  readonly feature: number;
  /** The chosen node, from 0. */
  readonly node: number;
  /** Sample size: the maximum number of neighbours that it reads. */
  readonly size: number;
  /** Index of the sample among all possible ones. */
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

export const figure: InteractiveFigure<State> = {
  initial: { joined: [2], feature: 5, node: 2, size: 2, draw: 0, by: "mean" },

  draw: (state) =>
    drawing(
      400,
      366,
      drawGraph(state),
      drawArc(embeddingsOf(state), state.node, compute(state).possible),
      drawSum(state),
    ),

  describe: (state) => {
    const { all, sample, samples, gathered, own, embedding, averaged, whole } = compute(state);
    const read = sample.map((node) => node + 1).join(", ") || "none";
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

/** Embeddings of all nodes: the chosen one from its sample, the others from all their neighbours. */
function embeddingsOf(state: State) {
  const features = featuresOf(state);
  return places.map((_, node) => {
    if (node === state.node) return compute(state).embedding;
    return embed(at(features, node), combineSample(features, neighbours(graphOf(state), node), state.by));
  });
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

/** The chosen node's computation: read, aggregate, concatenate with its own feature, normalise to length 1. */
function drawSum(state: State): string {
  const { all, sample, samples, own, gathered, embedding, averaged, whole } = compute(state);
  const isSampled = samples.length > 1;
  const written = `a = ${writtenOut(state)}${printed(gathered, 4)}`;
  const isRight = Math.abs(averaged - whole) < 1e-9;
  const names = (nodes: readonly number[]): string => nodes.map((node) => node + 1).join(", ") || "none";
  const which =
    sample.length < all.length
      ? `node ${state.node + 1} reads ${names(sample)} of ${names(all)}`
      : `node ${state.node + 1} reads ${names(all)}`;
  return group(
    {},
    label(14, 302, which, { class: "strong" }),
    formula(386, 303, written, { class: written.length > 22 ? "end small" : "end" }),
    label(14, 328, "own and a, normalised", { class: "small soft" }),
    formula(386, 329, `(${own}, ${printed(gathered)}) → (${printed(embedding[0], 4)}, ${printed(embedding[1], 4)})`, {
      class: "end",
    }),
    label(
      14,
      354,
      isSampled ? `${samples.length} samples (ticks) averaged; all neighbours` : "it reads all its neighbours",
      {
        class: "small soft",
      },
    ),
    formula(386, 355, isSampled ? `${printed(averaged, 4)} ${isRight ? "=" : "<"} ${printed(whole, 4)}` : "", {
      class: "end",
    }),
  );
}

/** `(1 + 2) / 2 = `, `max(1, 2) = `; empty for fewer than two neighbours. */
function writtenOut(state: State): string {
  const read = compute(state).sample.map((node) => at(featuresOf(state), node));
  if (read.length < 2) return "";
  return state.by === "max" ? `max(${read.join(", ")}) = ` : `(${read.join(" + ")}) / ${read.length} = `;
}
