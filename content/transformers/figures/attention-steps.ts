/** Draws self-attention of three tokens from left to right: scores, weights, and weighted values. */

import { arrow, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import { entry, type Matrix } from "#figures/matrices.ts";
import { printed } from "#figures/printed-numbers.ts";
import { catAteMouse, selfAttention } from "../models/attention.ts";

const cell = 36;
const { words } = catAteMouse;

/** Queries and keys above the heat map of the scores; below, the weights and the values they average. */
export function figure(): string {
  const { query, key, value, scores, weights, output } = selfAttention();
  const [mapX, valueX, outputX] = [112, 250, 324];
  const [scoreY, weightY] = [66, 222];
  return drawing(
    400,
    360,
    formula(mapX + 1.5 * cell, 16, "K^⊤", { class: "middle ink-key" }),
    ...words.map((word, column) => label(mapX + (column + 0.5) * cell, 38, word, { class: "middle small soft" })),
    ...words.map((_, column) =>
      formula(mapX + (column + 0.5) * cell, 56, row(key, column), { class: "middle small ink-key" }),
    ),
    formula(70, scoreY - 10, "Q", { class: "middle ink-query" }),
    ...words.flatMap((word, index) => [
      label(44, scoreY + (index + 0.62) * cell, word, { class: "end small soft" }),
      formula(70, scoreY + (index + 0.62) * cell, row(query, index), { class: "middle small ink-query" }),
    ]),
    heatMap(mapX, scoreY, scores, (score) => score / 3, 0),
    label(mapX + 3 * cell + 16, scoreY + 1.35 * cell, "scores: how well", { class: "small soft" }),
    label(mapX + 3 * cell + 16, scoreY + 1.35 * cell + 16, "each key matches each query", { class: "small soft" }),
    arrow(mapX + 1.5 * cell, scoreY + 3 * cell + 6, mapX + 1.5 * cell, weightY - 6),
    formula(mapX + 1.5 * cell + 12, (scoreY + 3 * cell + weightY) / 2 + 4, "÷√2", { class: "small" }),
    label(mapX + 1.5 * cell + 46, (scoreY + 3 * cell + weightY) / 2 + 4, "then softmax along each row", {
      class: "small soft",
    }),
    ...words.map((word, index) => label(mapX - 14, weightY + (index + 0.62) * cell, word, { class: "end small soft" })),
    heatMap(mapX, weightY, weights, (weight) => weight, 2),
    formula(mapX + 1.5 * cell, weightY + 3 * cell + 22, "A", { class: "middle" }),
    formula((mapX + 3 * cell + valueX) / 2, weightY + 1.65 * cell, "×", { class: "middle" }),
    column(valueX, weightY, value, 0, "fill-value-pale stroke-value"),
    formula(valueX + 26, weightY + 3 * cell + 22, "V", { class: "middle ink-value" }),
    formula((valueX + 52 + outputX) / 2, weightY + 1.65 * cell, "=", { class: "middle" }),
    column(outputX, weightY, output, 2, "shade rule"),
    label(outputX + 35, weightY + 3 * cell + 21, "output", { class: "middle small soft" }),
  );
}

const row = (matrix: Matrix, index: number): string => `(${entry(matrix, index, 0)}, ${entry(matrix, index, 1)})`;

/** Squares with their numbers, as saturated as `depth` (0 to 1) returns. */
function heatMap(x: number, y: number, matrix: Matrix, depth: (value: number) => number, digits: number): string {
  return group(
    {},
    ...matrix.flatMap((values, i) =>
      values.flatMap((value, j) => [
        rectangle(x + j * cell, y + i * cell, cell, cell, {
          class: "fill-query",
          "fill-opacity": 0.06 + 0.5 * depth(value),
        }),
        rectangle(x + j * cell, y + i * cell, cell, cell, { class: "rule" }),
        formula(x + (j + 0.5) * cell, y + (i + 0.5) * cell + 4, printed(value, digits), { class: "middle small" }),
      ]),
    ),
  );
}

/** A matrix of two columns, one box per row. */
function column(x: number, y: number, matrix: Matrix, digits: number, look: string): string {
  const width = digits === 0 ? 52 : 70;
  return group(
    {},
    ...matrix.flatMap((values, i) => [
      rectangle(x, y + i * cell, width, cell, { class: look }),
      formula(x + width / 2, y + (i + 0.5) * cell + 4, values.map((value) => printed(value, digits)).join(",  "), {
        class: "middle small",
      }),
    ]),
  );
}
