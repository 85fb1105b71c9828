/**
 * Shows one node's weighted sum and many such products on all nodes: they smooth the signal, and one matrix also lets
 * it grow (interactive).
 */

import { at } from "#figures/at.ts";
import { arrow, drawing, formula, group, label, line, path, round } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { between, nodeDisc } from "#figures/node-link.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import { eigenpairs } from "../models/eigenpairs.ts";
import {
  drawEdgeHandle,
  drawEdges,
  edgeTaps,
  graphOf,
  type Joined,
  joinedAsPaw,
  pairs,
  placesFrom,
  radius,
} from "../models/four-nodes.ts";
import type { Edge, Signal } from "../models/graph.ts";
import { type Mixing, mixingMatrix, propagate, rescaled, symmetricSibling } from "../models/propagation.ts";
import { drawCurves, drawEigenvalues, drawGrowth } from "../models/smoothing-plot.ts";

interface State {
  readonly joined: Joined;
  /** The receiving node, from 0. */
  readonly node: number;
  /** Number of matrix products so far. */
  readonly step: number;
  readonly mixing: Mixing;
}

const start: Signal = [1, 2, 3, 4];
const steps = 16;
const mixings = ["renormalised", "mean", "single"] as const;
/** Title of the curves: the scale on which smoothing is compared. */
const scales: Readonly<Record<Mixing, string>> = {
  renormalised: "value of each node, divided by the root of degree + 1",
  mean: "value of each node",
  single: "each value, divided by the root of the degree and by the growth",
};
const places = placesFrom(24, 172);
const table = { left: 222, weightEnd: 321, right: 396, top: 66, row: 27 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { joined: joinedAsPaw, node: 2, step: 1, mixing: "renormalised" },

  draw: (state) =>
    drawing(
      400,
      488,
      drawGraph(state),
      drawSum(state),
      drawCurves(curvesOf(state), state.step, state.node, scales[state.mixing]),
      drawGrowth(growthOf(state)),
      drawEigenvalues(eigenvaluesOf(state), state.step),
    ),

  describe: (state) => {
    const { node, step } = state;
    const weights = weightsOf(state).map((weight) => printed(weight, 4));
    const now = at(valuesOf(state), step);
    const values = at(curvesOf(state), step);
    const eigenvalues = eigenvaluesOf(state);
    return (
      `Node ${node + 1} takes ${weights.join(", ")} of nodes 1 to 4 and holds ${print(at(now, node))} after step ${step}; ` +
      `the curves lie between ${print(Math.min(...values))} and ${print(Math.max(...values))}, growth is ${grouped(growthOf(state))}, ` +
      `the eigenvalues between ${printed(at(eigenvalues, 0), 4)} and ${printed(at(eigenvalues, 3), 4)}.`
    );
  },

  controls: [
    {
      kind: "slider",
      label: "Steps $k$",
      min: 1,
      max: steps,
      step: 1,
      get: ({ step }) => step,
      set: (state, step) => ({ ...state, step }),
    },
    {
      kind: "choice",
      label: "Matrix",
      options: ["renormalised", "mean", "before the trick"],
      get: ({ mixing }) => mixings.indexOf(mixing),
      set: (state, option) => ({ ...state, mixing: at(mixings, option) }),
    },
  ],

  handles: (state) => [
    ...places.map((_, node) => ({
      name: `node-${node}`,
      label: `What node ${node + 1} takes in`,
      pressed: state.node === node,
      press: (): State => ({ ...state, node }),
    })),
    ...edgeTaps(
      state.joined,
      (one, other) => {
        const weight = edgeWeight(state, one, other);
        return `Edge between nodes ${one + 1} and ${other + 1}${weight === "" ? "" : `, weight ${weight}`}`;
      },
      (joined) => ({ ...state, joined }),
    ),
  ],
};

const weightsOf = ({ joined, mixing, node }: State): Signal => at(mixingMatrix(graphOf(joined), mixing), node);

const valuesOf = ({ joined, mixing }: State): readonly Signal[] =>
  propagate(mixingMatrix(graphOf(joined), mixing), start, steps);

/** |λ| of the eigenvector that grows most, or decays least. */
const strongestOf = (state: State): number => Math.max(...eigenvaluesOf(state).map(Math.abs));

/** Amplitude of that eigenvector after the products so far, relative to the start. */
const growthOf = (state: State): number => strongestOf(state) ** state.step;

/** The signals by step, on the scale on which the nodes converge to one value. */
function curvesOf(state: State): readonly Signal[] {
  const strongest = strongestOf(state);
  return valuesOf(state).map((signal, step) =>
    rescaled(graphOf(state.joined), state.mixing, signal, strongest ** step),
  );
}

const eigenvaluesOf = ({ joined, mixing }: State): Signal =>
  eigenpairs(symmetricSibling(graphOf(joined), mixing)).map(({ value }) => value);

/** As many digits as fit. */
const print = (value: number): string => printed(value, value < 10 ? 4 : value < 1000 ? 2 : 0);

/** The weight of an edge into the chosen node; empty for other edges. */
function edgeWeight(state: State, one: number, other: number): string {
  const { joined, node } = state;
  const sender = one === node ? other : other === node ? one : undefined;
  const pair = pairs.findIndex((ends) => ends.includes(one) && ends.includes(other));
  return sender === undefined || !at(joined, pair) ? "" : printed(at(weightsOf(state), sender), 4);
}

/** The graph, with weighted arrows into the chosen node. */
function drawGraph(state: State): string {
  const { joined, node } = state;
  const isTowards = ([one, other]: Edge): boolean => one === node || other === node;
  return group(
    {},
    drawEdges(places, joined, (pair) => (isTowards(at(pairs, pair)) ? "rule" : "line")),
    ...pairs.map(([one, other], pair) => {
      if (!isTowards([one, other]) || !at(joined, pair)) return "";
      const [from, to] = between(at(places, one === node ? other : one), at(places, node), radius, 3);
      return arrow(from.x, from.y, to.x, to.y, { class: "stroke-message" });
    }),
    drawLoop(node),
    ...places.map((place, index) =>
      handle(
        `node-${index}`,
        place,
        { kind: "tap", ring: radius + 4, reach: 22 },
        nodeDisc(place, String(index + 1), { radius, tone: index === node ? "solid" : "pale" }),
      ),
    ),
    ...pairs.map(([one, other], pair) => drawEdgeHandle(places, joined, pair, edgeWeight(state, one, other))),
  );
}

/** The chosen node's self-loop, on a side without edges. */
function drawLoop(node: number): string {
  const { x, y } = at(places, node);
  const middle = at([-0.5, -0.5, 0.15, 0.02], node) * Math.PI;
  const point = (aside: number, far: number): string =>
    `${round(x + far * Math.cos(middle + aside))} ${round(y + far * Math.sin(middle + aside))}`;
  return path(`M${point(-0.5, radius)}C${point(-0.62, 40)} ${point(0.62, 40)} ${point(0.5, radius)}`, {
    class: "stroke-message",
  });
}

/** The chosen node's sum, one term per line. */
function drawSum(state: State): string {
  const { node, step } = state;
  const { left, weightEnd, right, top, row } = table;
  const before = at(valuesOf(state), step - 1);
  const bottom = top + 4 * row;
  return group(
    {},
    label(left, top - row - 2, `node ${node + 1} in step ${step}`, { class: "strong" }),
    ...weightsOf(state).flatMap((weight, sender) => {
      const y = top + sender * row;
      const soft = weight === 0 ? " soft" : "";
      return [
        label(left, y, sender === node ? "itself" : `node ${sender + 1}`, { class: "small soft" }),
        formula(weightEnd, y, weight === 0 ? "0" : printed(weight, 4), {
          class: weight === 0 ? "end soft" : "end ink-message",
        }),
        formula(weightEnd + 10, y, "×", { class: `middle${soft}` }),
        formula(right, y, print(at(before, sender)), { class: `end${soft}` }),
      ];
    }),
    line(weightEnd - 48, bottom - 16, right, bottom - 16, { class: "rule" }),
    formula(right, bottom + 6, print(at(at(valuesOf(state), step), node)), { class: "end ink-node" }),
    label(left, bottom + 6, "together", { class: "small soft" }),
  );
}
