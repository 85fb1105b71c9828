/** Draws one row of the paw's adjacency matrix three ways: as edges, as a row, as the sum of the neighbours. */

import { at } from "#figures/at.ts";
import { drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import { transform } from "#figures/matrices.ts";
import { edgeLine, nodeDisc, pawPlaces } from "#figures/node-link.ts";
import { adjacencyMatrix, paw, type Signal } from "../models/graph.ts";

const radius = 15;
const cell = 28;
const top = 62;
const columns = { matrix: 168, signal: 302, product: 362 } as const;

/** `node` counts from 0. */
export function figure({ node = 2, signal = [1, 2, 3, 4] }: { node?: number; signal?: Signal } = {}): string {
  const adjacency = adjacencyMatrix(paw);
  const middle = top + 2 * cell;
  return drawing(
    400,
    212,
    drawGraph(node),
    heading(columns.matrix + 2 * cell, "A"),
    heading(columns.signal + cell / 2, "x"),
    heading(columns.product + cell / 2, "Ax"),
    formula((columns.matrix + 4 * cell + columns.signal) / 2, middle + 5, "⋅", { class: "middle" }),
    formula((columns.signal + cell + columns.product) / 2, middle + 5, "=", { class: "middle" }),
    ...adjacency.flatMap((row, i) => [
      label(columns.matrix - 12, top + (i + 0.5) * cell + 4, String(i + 1), { class: "end small soft" }),
      label(columns.matrix + (i + 0.5) * cell, top - 9, String(i + 1), { class: "middle small soft" }),
      ...row.map((value, j) => drawCell(columns.matrix + j * cell, i, value, i === node && value !== 0)),
    ]),
    ...signal.map((value, j) => drawCell(columns.signal, j, value, at(at(adjacency, node), j) !== 0)),
    ...transform(adjacency, signal).map((value, i) => drawCell(columns.product, i, value, i === node)),
    rectangle(columns.matrix, top + node * cell, 4 * cell, cell, { class: "line" }),
    formula(400 - 10, top + 4 * cell + 25, sumOfNeighbours(node, signal), { class: "end ink-message" }),
  );
}

const heading = (x: number, letter: string): string => formula(x, 30, letter, { class: "middle" });

function drawGraph(node: number): string {
  const places = pawPlaces(68, 44, 92);
  return group(
    {},
    ...paw.edges.map(([from, to]) => {
      const own = from === node || to === node;
      return edgeLine(at(places, from), at(places, to), radius, { class: own ? "stroke-message thick" : "line" });
    }),
    ...places.map((place, index) =>
      nodeDisc(place, String(index + 1), { radius, tone: index === node ? "solid" : "pale" }),
    ),
  );
}

const drawCell = (x: number, row: number, value: number, isChosen: boolean): string =>
  group(
    {},
    isChosen ? rectangle(x, top + row * cell, cell, cell, { class: "fill-message-pale" }) : "",
    rectangle(x, top + row * cell, cell, cell, { class: "rule" }),
    formula(x + cell / 2, top + (row + 0.5) * cell + 5, String(value), {
      class: isChosen ? "middle ink-message" : "middle",
    }),
  );

/** `1 + 2 + 4 = 7`. */
function sumOfNeighbours(node: number, signal: Signal): string {
  const adjacency = adjacencyMatrix(paw);
  const terms = signal.filter((_, j) => at(at(adjacency, node), j) !== 0);
  return `${terms.join(" + ")} = ${at(transform(adjacency, signal), node)}`;
}
