/**
 * Shows a signal on two joined triangles with its roughness per edge and its place in the Laplacian spectrum
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, line } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { sum } from "#figures/matrices.ts";
import { bar } from "#figures/node-link.ts";
import { printed } from "#figures/printed-numbers.ts";
import { eigenpairs } from "../models/eigenpairs.ts";
import { laplacian, roughness, type Signal, squaredDifferences, twoTriangles } from "../models/graph.ts";

interface State {
  /** Weight of the edge between nodes 3 and 4. */
  readonly weight: number;
  /** Index of the eigenvector shown; −1 once the reader has changed a value. */
  readonly wave: number;
  /** One number per node, used only if no eigenvector is shown. */
  readonly values: Signal;
}

/** Positions of the nodes, seen slightly from above. */
const ground = [
  { x: 28, y: 112 },
  { x: 94, y: 196 },
  { x: 160, y: 128 },
  { x: 240, y: 128 },
  { x: 306, y: 196 },
  { x: 372, y: 112 },
] as const;
const unit = 62;
const axis = { left: 40, right: 376, y: 340, last: 9 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { weight: 1, wave: 1, values: [0, 0, 0, 0, 0, 0] },

  draw: (state) => drawing(400, 368, drawNet(state), drawSpectrum(state)),

  describe: (state) => {
    const signal = signalOf(state);
    const list = signal.map((value) => printed(value, 2)).join(", ");
    return `Joining edge of weight ${state.weight}, values ${list}: the roughness is ${printed(roughness(twoTriangles(state.weight), signal), 4)}, at length 1 it would be ${printed(quotient(state), 4)}. The second eigenvalue is ${printed(at(pairsOf(state), 1).value, 4)}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Wave",
      options: ground.map((_, index) => `$u_${index + 1}$`),
      get: ({ wave }) => wave,
      set: (state, wave) => ({ ...state, wave }),
    },
    {
      kind: "slider",
      label: "Weight $w_{34}$",
      min: 0,
      max: 3,
      step: 0.25,
      get: ({ weight }) => weight,
      set: (state, weight) => ({ ...state, weight }),
      print: (weight) => printed(weight, 2),
    },
  ],

  handles: (state) =>
    signalOf(state).map((value, node) => {
      const put = (wanted: number): State => ({
        weight: state.weight,
        wave: -1,
        values: signalOf(state).map((other, place) =>
          place === node ? clamp(Math.round(wanted * 20) / 20, -1, 1) : other,
        ),
      });
      return {
        name: `node-${node + 1}`,
        label: `Value of node ${node + 1}`,
        value: printed(value, 2),
        range: { now: value, min: -1, max: 1 },
        move: (_, y) => put((at(ground, node).y - y) / unit),
        step: (right, up) => put(value + (right + up) / 20),
      };
    }),
};

const pairsOf = ({ weight }: State) => eigenpairs(laplacian(twoTriangles(weight)));

const signalOf = (state: State): Signal => (state.wave === -1 ? state.values : at(pairsOf(state), state.wave).vector);

function drawNet(state: State): string {
  const graph = twoTriangles(state.weight);
  const signal = signalOf(state);
  const squares = squaredDifferences(graph, signal);
  const tips = signal.map((value, node) => ({ x: at(ground, node).x, y: at(ground, node).y - unit * value }));
  return group(
    {},
    ...graph.edges.map(([from, to]) =>
      line(at(ground, from).x, at(ground, from).y, at(ground, to).x, at(ground, to).y, { class: "rule" }),
    ),
    ...tips.map(({ x, y }, node) => line(x, at(ground, node).y, x, y, { class: "stroke-node dashed" })),
    ...ground.map(({ x, y }) => circle(x, y, 3, { class: "fill-ink" })),
    // Edges are thicker the greater the difference of their ends.
    ...graph.edges.map(([from, to], edge) =>
      bar(at(tips, from), at(tips, to), 1 + 3.2 * Math.sqrt(at(squares, edge)), { class: "fill-ink" }),
    ),
    ...graph.edges.map(([from, to], edge) =>
      formula(
        (at(tips, from).x + at(tips, to).x) / 2,
        (at(tips, from).y + at(tips, to).y) / 2 + (edge === 2 || edge === 4 || edge === 6 ? -6 : 4),
        printed(at(squares, edge), 2),
        { class: "middle small halo" },
      ),
    ),
    ...tips.map((tip, node) =>
      handle(
        `node-${node + 1}`,
        tip,
        { kind: "grip", ring: 24, reach: 25 },
        circle(tip.x, tip.y, 20, { class: "fill-node-pale stroke-node" }),
        formula(tip.x, tip.y + 4, printed(at(signal, node), 2), { class: "middle small" }),
      ),
    ),
    formula(200, 24, `x^⊤Lx = ${printed(roughness(graph, signal), 4)}`, { class: "middle" }),
  );
}

/** The Rayleigh quotient xᵀLx / xᵀx: the roughness of the signal scaled to length 1; 0 for the zero signal. */
function quotient(state: State): number {
  const signal = signalOf(state);
  const squaredLength = sum(signal.map((value) => value ** 2));
  return squaredLength < 1e-12 ? 0 : roughness(twoTriangles(state.weight), signal) / squaredLength;
}

/** The eigenvalues on an axis, repeated ones stacked, with a mark at the signal's Rayleigh quotient. */
function drawSpectrum(state: State): string {
  const own = quotient(state);
  const across = (value: number): number => axis.left + ((axis.right - axis.left) * value) / axis.last;
  const pairs = pairsOf(state);
  return group(
    {},
    line(axis.left, axis.y, axis.right, axis.y, { class: "rule" }),
    ...[0, 3, 6, 9].map((value) => formula(across(value), axis.y + 20, String(value), { class: "middle small soft" })),
    formula(axis.left - 12, axis.y + 5, "λ", { class: "end" }),
    ...pairs.map(({ value }, index) => {
      const below = pairs.slice(0, index).filter((other) => Math.abs(other.value - value) < 0.12).length;
      return circle(across(value), axis.y - 11 * below, 4.6, { class: index === state.wave ? "fill-node" : "box" });
    }),
    line(across(own), axis.y + 4, across(own), axis.y - 34, { class: "stroke-node" }),
    formula(Math.min(across(own), axis.right - 110), axis.y - 39, `x^⊤Lx / x^⊤x = ${printed(own, 4)}`, {
      class: "ink-node",
    }),
  );
}
