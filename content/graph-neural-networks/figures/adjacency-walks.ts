/** Shows a graph beside a power of its adjacency matrix and the walks that a chosen entry counts (interactive). */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { sum } from "#figures/matrices.ts";
import { nodeDisc } from "#figures/node-link.ts";
import { printed } from "#figures/printed-numbers.ts";
import { drawWalk } from "../models/drawn-walk.ts";
import {
  drawEdgeHandle,
  drawEdges,
  edgeTaps,
  graphOf,
  type Joined,
  joinedAsPaw,
  nextNumber,
  pairs,
  placesFrom,
  radius,
} from "../models/four-nodes.ts";
import { renumbered } from "../models/graph.ts";
import { adjacencyPower, countTriangles, trace, type Walk, walksBetween } from "../models/walks.ts";

interface State {
  readonly joined: Joined;
  /** The number, from 0, of the node at each place. */
  readonly numbering: readonly number[];
  readonly k: number;
  /** Places, not numbers, so that the choice survives renumbering. */
  readonly from: number;
  readonly to: number;
  /** Index of the walk that is drawn. */
  readonly shown: number;
}

const places = placesFrom(24, 152);
const grid = { x: 240, y: 78, cell: 38 } as const;
const mostSteps = 4;

export const figure: InteractiveFigure<State> = {
  initial: { joined: joinedAsPaw, numbering: [0, 1, 2, 3], k: 2, from: 0, to: 3, shown: 0 },

  draw: (state) =>
    drawing(
      400,
      322,
      drawEdges(places, state.joined),
      drawWalk(walkOf(state), places, radius),
      ...places.map((place, node) =>
        nodeDisc(place, name(state, node), { radius, tone: node === state.from ? "solid" : "pale" }),
      ),
      circle(at(places, state.to).x, at(places, state.to).y, radius + 3, { class: "stroke-message" }),
      ...pairs.map((_, pair) => drawEdgeHandle(places, state.joined, pair)),
      drawMatrix(state),
      label(at(places, 3).x, 278, whichWalk(state), { class: "middle ink-message" }),
      formula(grid.x + 2 * grid.cell, 278, printEntry(state), { class: "middle ink-message" }),
      label(200, 309, remark(state), { class: "middle soft" }),
    ),

  describe: (state) => {
    const count = walksOf(state).length;
    const way = `from node ${name(state, state.from)} to node ${name(state, state.to)}`;
    const steps = state.k === 1 ? "1 step" : `${state.k} steps`;
    if (count === 0) return `There is no walk ${way} with exactly ${steps}: the entry is 0.`;
    const many = count === 1 ? "1 walk leads" : `${count} walks lead`;
    return `${many} ${way} in exactly ${steps}; number ${state.shown + 1} is ${written(state)}.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Steps $k$",
      min: 1,
      max: mostSteps,
      step: 1,
      get: ({ k }) => k,
      set: (state, k) => ({ ...state, k, shown: 0 }),
    },
    {
      kind: "button",
      label: "Next walk",
      press: (state) => ({ ...state, shown: (state.shown + 1) % Math.max(1, walksOf(state).length) }),
    },
    {
      kind: "button",
      label: "Renumber the nodes",
      press: (state) => ({ ...state, numbering: state.numbering.map((number) => at(nextNumber, number)), shown: 0 }),
    },
  ],

  handles: (state) => {
    const [row, column] = cellOf(state);
    const last = places.length - 1;
    const choose = (i: number, j: number): State => ({
      ...state,
      from: state.numbering.indexOf(clamp(i, 0, last)),
      to: state.numbering.indexOf(clamp(j, 0, last)),
      shown: 0,
    });
    return [
      {
        name: "entry",
        label: "Entry of the matrix",
        value: `row ${row + 1}, column ${column + 1}`,
        range: { now: row * places.length + column, min: 0, max: places.length ** 2 - 1 },
        move: (x, y) => choose(Math.floor((y - grid.y) / grid.cell), Math.floor((x - grid.x) / grid.cell)),
        step: (right, up) => choose(row - up, column + right),
      },
      ...edgeTaps(
        state.joined,
        (one, other) => `Edge between nodes ${name(state, one)} and ${name(state, other)}`,
        (joined) => ({ ...state, joined, shown: 0 }),
      ),
    ];
  },
};

const name = ({ numbering }: State, node: number): string => String(at(numbering, node) + 1);

/** Row and column of the chosen entry, from 0. */
const cellOf = ({ numbering, from, to }: State): readonly [row: number, column: number] => [
  at(numbering, from),
  at(numbering, to),
];

const walksOf = ({ joined, from, to, k }: State): readonly Walk[] => walksBetween(graphOf(joined), from, to, k);

const walkOf = (state: State): Walk => walksOf(state)[state.shown] ?? [];

const powerOf = ({ joined, numbering, k }: State) => adjacencyPower(renumbered(graphOf(joined), numbering), k);

const written = (state: State): string =>
  walkOf(state)
    .map((node) => name(state, node))
    .join("–");

/** A^k, darker the greater the entry, with the chosen entry framed. */
function drawMatrix(state: State): string {
  const { x, y, cell } = grid;
  const power = powerOf(state);
  const [row, column] = cellOf(state);
  const greatest = Math.max(1, ...power.flat());
  const corner = { x: x + column * cell, y: y + row * cell };
  return group(
    {},
    formula(x + 2 * cell, 34, state.k === 1 ? "A" : `A^${state.k}`, { class: "middle" }),
    ...power.flatMap((values, i) => [
      formula(x - 16, y + (i + 0.5) * cell + 4, String(i + 1), { class: i === row ? "middle" : "middle soft" }),
      formula(x + (i + 0.5) * cell, y - 13, String(i + 1), { class: i === column ? "middle" : "middle soft" }),
      ...values.flatMap((value, j) => [
        rectangle(x + j * cell, y + i * cell, cell, cell, {
          class: "fill-node",
          "fill-opacity": (0.45 * value) / greatest,
        }),
        rectangle(x + j * cell, y + i * cell, cell, cell, { class: "rule" }),
        formula(x + (j + 0.5) * cell, y + (i + 0.5) * cell + 5, printed(value, 0), { class: "middle" }),
      ]),
    ]),
    handle(
      "entry",
      { x: corner.x + cell / 2, y: corner.y + cell / 2 },
      { kind: "grip", ring: [cell + 12, cell + 12], reach: 24 },
      rectangle(corner.x, corner.y, cell, cell, { class: "stroke-message thick" }),
    ),
  );
}

const whichWalk = (state: State): string => {
  const count = walksOf(state).length;
  return count === 0 ? "no walk" : `walk ${state.shown + 1} of ${count}: ${written(state)}`;
};

/** `(A^2)_{14} = 1`. */
const printEntry = (state: State): string => {
  const place = name(state, state.from) + name(state, state.to);
  return `${state.k === 1 ? `A_{${place}}` : `(A^${state.k})_{${place}}`} = ${walksOf(state).length}`;
};

/** What the matrix shows at this power. */
function remark(state: State): string {
  const power = powerOf(state);
  switch (state.k) {
    case 1:
      return `All entries add up to ${sum(power.map(sum))}, two for each edge.`;
    case 2:
      return `The diagonal holds the degrees: ${power.map((row, i) => at(row, i)).join(", ")}.`;
    case 3: {
      const triangles = countTriangles(graphOf(state.joined));
      return `The diagonal adds up to ${trace(power)}, six for each triangle: there ${triangles === 1 ? "is" : "are"} ${triangles}.`;
    }
    default:
      return `All entries add up to ${sum(power.map(sum))} walks of ${state.k} steps.`;
  }
}
