/**
 * Shows the attention weights on the paw and the ranking of all keys by each query: the same for all in GAT, separate
 * in GATv2 (interactive).
 */

import { at } from "#figures/at.ts";
import { drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure, Slider } from "#figures/interactive.ts";
import { transform } from "#figures/matrices.ts";
import { bar, between, edgeLine, nodeDisc, pawNames, pawPlaces } from "#figures/node-link.ts";
import { printed, printedShort } from "#figures/printed-numbers.ts";
import { neighbours, paw, type Signal } from "../models/graph.ts";
import { allScores, attentionAlongEdges, gatScore, gatv2Score, ranking } from "../models/graph-attention.ts";
import { mixingMatrix } from "../models/propagation.ts";

interface State {
  /** The receiving node, from 0. */
  readonly node: number;
  readonly features: Signal;
  readonly isSecond: boolean;
  /** The vector a: two entries each for GAT and for GATv2. */
  readonly a: readonly [first: Signal, second: Signal];
}

const places = pawPlaces(92, 64, 116);
const radius = 17;
const bars = { x: 236, y: 52, step: 34, unit: 88 } as const;
const table = { x: 62, y: 332, width: 50, height: 28 } as const;
const fixedByDegree = mixingMatrix(paw, "renormalised");
/** GATv2's W: both differences of the pair, so that two LeakyReLUs together can measure a distance. */
const differences = [
  [1, -1],
  [-1, 1],
];

export const figure: InteractiveFigure<State> = {
  initial: {
    node: 2,
    features: [1, 2, 3, 4],
    isSecond: false,
    a: [
      [1, -1],
      [-1.25, -1.25],
    ],
  },

  draw: (state) => drawing(400, 458, drawPaw(state), drawBars(state), drawTable(state)),

  describe: (state) => {
    const { alpha, output, scores } = compute(state);
    const heard = [...alpha.keys()].filter((key) => isHeard(state.node, key));
    const list = heard.map((key) => `${printed(at(alpha, key), 4)} to node ${key + 1}`).join(", ");
    const orders = new Set(scores.map(written));
    const many =
      orders.size === 1
        ? `all 4 rows rank the nodes ${[...orders].join()}`
        : `the rows rank the nodes in ${orders.size} orders, row ${state.node + 1}: ${written(at(scores, state.node))}`;
    return `${state.isSecond ? "GATv2" : "GAT"}: node ${state.node + 1}, with feature ${short(at(state.features, state.node))}, gives ${list}, and becomes ${printed(output, 4)}; ${many}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Score",
      options: ["GAT", "GATv2"],
      get: ({ isSecond }) => Number(isSecond),
      set: (state, option) => ({ ...state, isSecond: option === 1 }),
    },
    {
      kind: "slider",
      label: "Feature of the node",
      min: 0,
      max: 5,
      step: 0.5,
      get: ({ features, node }) => at(features, node),
      set: (state, value) => ({
        ...state,
        features: state.features.map((feature, node) => (node === state.node ? value : feature)),
      }),
    },
    entrySlider(0),
    entrySlider(1),
  ],

  handles: (state) =>
    places.map((_, node) => ({
      name: `node-${node + 1}`,
      label: `Let node ${node + 1}, which has ${short(at(state.features, node))}, listen`,
      pressed: state.node === node,
      press: () => ({ ...state, node }),
    })),
};

function entrySlider(entry: 0 | 1): Slider<State> {
  return {
    kind: "slider",
    label: `Entry $a_${entry + 1}$`,
    min: -2,
    max: 2,
    step: 0.25,
    get: ({ a, isSecond }) => at(at(a, Number(isSecond)), entry),
    set: (state, value) => {
      const changed = at(state.a, Number(state.isSecond)).map((old, index) => (index === entry ? value : old));
      return { ...state, a: state.isSecond ? [state.a[0], changed] : [changed, state.a[1]] };
    },
    print: (value) => printed(value),
  };
}

function compute({ node, features, isSecond, a }: State) {
  const score = isSecond ? gatv2Score(differences, a[1]) : gatScore([[1]], a[0]);
  const scores = allScores(
    features.map((feature) => [feature]),
    score,
  );
  const weights = attentionAlongEdges(paw, scores);
  return { scores, alpha: at(weights, node), output: at(transform(weights, features), node) };
}

const isHeard = (node: number, key: number): boolean => node === key || neighbours(paw, node).includes(key);

/** `1 > 2 = 3 > 4`. */
const written = (row: Signal): string =>
  ranking(row)
    .map((keys) => keys.map((key) => key + 1).join(" = "))
    .join(" > ");

const short = (value: number): string => printedShort(value, 1);

/** The messages, as thick as their attention weights. */
function drawPaw(state: State): string {
  const { alpha } = compute(state);
  return group(
    {},
    ...paw.edges.map(([from, to]) => edgeLine(at(places, from), at(places, to), radius, { class: "rule" })),
    ...places.map((place, key) => {
      if (key === state.node || !isHeard(state.node, key)) return group({});
      const [start, end] = between(place, at(places, state.node), radius, 1);
      return bar(start, end, 1 + 17 * at(alpha, key), { class: "fill-message" });
    }),
    ...places.map((place, node) =>
      handle(
        `node-${node + 1}`,
        place,
        { kind: "tap", ring: radius + 4, reach: 24 },
        nodeDisc(place, short(at(state.features, node)), { radius, tone: node === state.node ? "solid" : "pale" }),
      ),
    ),
    ...pawNames(places, radius),
  );
}

/** The same weights as bars, with a tick at GCN's weight. */
function drawBars(state: State): string {
  const { x, y, step, unit } = bars;
  const { alpha, output } = compute(state);
  return group(
    {},
    label(x - 18, 22, `node ${state.node + 1} listens to`, { class: "strong" }),
    ...[...alpha.entries()].map(([key, weight]) => {
      const top = y + key * step;
      const heard = isHeard(state.node, key);
      const tick = x + unit * at(at(fixedByDegree, state.node), key);
      return group(
        {},
        formula(x - 18, top + 5, String(key + 1), { class: heard ? "" : "soft" }),
        rectangle(x, top - 8, unit * weight, 16, { class: "fill-message" }),
        heard ? line(tick, top - 12, tick, top + 12, { class: "line" }) : "",
        heard
          ? formula(392, top + 5, printed(weight, 4), { class: "end" })
          : label(x, top + 4, "no edge", { class: "small soft" }),
      );
    }),
    line(x + 4, y + 4 * step - 12, x + 4, y + 4 * step + 4, { class: "line" }),
    label(x + 13, y + 4 * step, "GCN, by degree alone", { class: "small soft" }),
    label(x - 18, y + 5 * step + 2, "so it becomes", { class: "soft" }),
    formula(392, y + 5 * step + 2, printed(output, 4), { class: "end" }),
  );
}

/** Scores of all pairs, with or without an edge: darker the higher the rank in the row. */
function drawTable(state: State): string {
  const { x, y, width, height } = table;
  const { scores } = compute(state);
  return group(
    {},
    label(12, y - 36, state.isSecond ? "scores of GATv2" : "scores of GAT", { class: "strong" }),
    label(112, y - 36, "in brackets: no edge between them", { class: "small soft" }),
    label(x + 4 * width + 14, y - 10, "order of the row", { class: "small soft" }),
    ...scores.flatMap((row, i) => {
      const ranks = ranking(row);
      const middle = y + (i + 0.5) * height + 5;
      const isChosen = i === state.node;
      return [
        label(12, middle - 1, `node ${i + 1}`, { class: isChosen ? "small strong" : "small soft" }),
        formula(x + (i + 0.5) * width, y - 10, String(i + 1), { class: "middle soft" }),
        ...row.flatMap((score, j) => {
          const rank = ranks.findIndex((keys) => keys.includes(j));
          return [
            rectangle(x + j * width, y + i * height, width, height, {
              class: "fill-key",
              "fill-opacity": 0.38 - 0.12 * rank,
            }),
            rectangle(x + j * width, y + i * height, width, height, { class: "rule" }),
            formula(x + (j + 0.5) * width, middle, isHeard(i, j) ? printed(score) : `(${printed(score)})`, {
              class: "middle small",
            }),
          ];
        }),
        formula(x + 4 * width + 14, middle, written(row), { class: isChosen ? "ink-key" : "soft" }),
      ];
    }),
    rectangle(x, y + state.node * height, 4 * width, height, { class: "stroke-key thick" }),
  );
}
