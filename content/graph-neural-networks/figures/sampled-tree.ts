/** Draws the tree of states that GraphSAGE reads for one target, by depth and sample sizes (interactive). */

import { circle, drawing, formula, group, label, line, path, polygon, round } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { grouped } from "#figures/printed-numbers.ts";
import { nodesNeeded, nodesRead } from "../models/neighbour-samples.ts";

interface State {
  readonly depth: number;
  /** Sample size at depth 1, the last hop, and at every other depth. */
  readonly first: number;
  readonly others: number;
}

const [left, right, top] = [96, 392, 40] as const;
/** For all rows below the target, at most three; with fewer rows, each is higher. */
const treeHeight = 180;
/** Neighbours of every node, for the count without sampling. */
const averageDegree = 100;
/** Branches closer together than this are drawn as one area. */
const readable = 4;

export const figure: InteractiveFigure<State> = {
  initial: { depth: 2, first: 25, others: 10 },

  draw: (state) => drawing(400, 330, drawRows(state), drawTree(state), drawCount(state)),

  describe: (state) => {
    const { most, reused, all } = countsOf(state);
    const sizes = sizesByHop(state).map((size, hop) => `S${state.depth - hop} = ${size}`);
    return (
      `K = ${state.depth}, ${sizes.join(", ")}: the target reads at most ${grouped(most)} other nodes, ` +
      `${grouped(reused)} if it reuses samples; without sampling, at ${averageDegree} neighbours a node, ${grouped(all)}.`
    );
  },

  controls: [
    {
      kind: "slider",
      label: "Layers $K$",
      min: 1,
      max: 3,
      step: 1,
      get: ({ depth }) => depth,
      set: (state, depth) => ({ ...state, depth }),
    },
    {
      kind: "slider",
      label: "Sample $S_1$",
      min: 1,
      max: 25,
      step: 1,
      get: ({ first }) => first,
      set: (state, first) => ({ ...state, first }),
    },
    {
      kind: "slider",
      label: "Samples $S_2$, $S_3$",
      min: 1,
      max: 10,
      step: 1,
      get: ({ others }) => others,
      set: (state, others) => ({ ...state, others }),
    },
  ],
};

/** S_K, …, S_1: sample sizes at the first hop, the second, …. */
const sizesByHop = ({ depth, first, others }: State): readonly number[] =>
  Array.from({ length: depth }, (_, hop) => (hop === depth - 1 ? first : others));

function countsOf(state: State) {
  const sizes = sizesByHop(state);
  return { most: nodesNeeded(sizes), reused: nodesRead(sizes), all: nodesRead(sizes.map(() => averageDegree)) };
}

const rowHeight = ({ depth }: State): number => treeHeight / depth;

/** The states in a row, and the sample size between it and the row above. */
function drawRows(state: State): string {
  const { depth } = state;
  return group(
    {},
    label(12, 18, "the target", { class: "strong" }),
    ...Array.from({ length: depth + 1 }, (_, row) => {
      const y = top + row * rowHeight(state);
      return formula(12, y + 5, `h^{(${depth - row})}`, { class: row === 0 ? "ink-node" : "" });
    }),
    ...sizesByHop(state).map((size, hop) =>
      formula(12, top + (hop + 0.5) * rowHeight(state) + 5, `S_${depth - hop} = ${size}`, { class: "small soft" }),
    ),
  );
}

/** Every branch is as wide as its leaves; the node's own state first, then the sample. */
function drawTree(state: State): string {
  const sizes = sizesByHop(state);
  const draw = (row: number, start: number, width: number): string => {
    const size = sizes[row];
    if (size === undefined) return "";
    const [x, y] = [start + width / 2, top + row * rowHeight(state)];
    const below = y + rowHeight(state);
    const share = width / (size + 1);
    const child = (index: number): number => start + share * (index + 0.5);
    const isCrowded = share < readable;
    return group(
      {},
      isCrowded
        ? polygon(
            [
              [x, y],
              [start + share, below],
              [start + width, below],
            ],
            { class: "fill-message-pale" },
          )
        : path(
            Array.from(
              { length: size },
              (_, index) => `M${round(x)} ${round(y)}L${round(child(index + 1))} ${below}`,
            ).join(""),
            { class: "stroke-message" },
          ),
      width < readable ? "" : line(x, y, child(0), below, { class: "stroke-node" }),
      ...(row + 1 === sizes.length && isCrowded
        ? []
        : Array.from({ length: size + 1 }, (_, index) => draw(row + 1, start + share * index, share))),
      ...(isCrowded
        ? []
        : Array.from({ length: size + 1 }, (_, index) =>
            circle(child(index), below, Math.min(4.5, share / 2.6), {
              class: index === 0 ? "fill-node" : "fill-node-pale stroke-node",
            }),
          )),
    );
  };
  return group({}, draw(0, left, right - left), circle((left + right) / 2, top, 9, { class: "fill-node stroke-node" }));
}

/** The upper bound as a product, the count if samples are reused, and the count without sampling. */
function drawCount(state: State): string {
  const { most, reused, all } = countsOf(state);
  const product = sizesByHop(state).map((size) => `(1 + ${size})`);
  const y = top + treeHeight;
  const lines: readonly (readonly [words: string, value: string])[] = [
    ["read at most", `${product.join(" ")} − 1 = ${grouped(most)}`],
    ["if the own state reuses the sample", grouped(reused)],
    [`without sampling, ${averageDegree} neighbours each`, grouped(all)],
  ];
  return group(
    {},
    ...lines.flatMap(([words, value], index) => [
      label(12, y + 48 + 24 * index, words, { class: index === 0 ? "strong" : "small soft" }),
      formula(right, y + 48 + 24 * index, value, { class: index === 0 ? "end ink-node" : "end" }),
    ]),
    line(left, y + 22, left + 18, y + 22, { class: "stroke-node" }),
    label(left + 24, y + 26, "own state", { class: "small soft" }),
    line(left + 104, y + 22, left + 122, y + 22, { class: "stroke-message" }),
    label(left + 128, y + 26, "sampled neighbours", { class: "small soft" }),
  );
}
