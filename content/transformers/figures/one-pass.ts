/** Draws one forward pass with a prediction at each token: which tokens a causal mask lets each of them read. */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { printed } from "#figures/printed-numbers.ts";
import { meanLoss, perplexity } from "../models/cross-entropy.ts";

const inputs = ["start", "cat", "ate"] as const;
const targets = ["cat", "ate", "mouse"] as const;
/** The model's probabilities of the true words, as in the worked example. */
export const givenProbabilities = [0.5, 0.25, 0.8] as const;

const grid = { left: 74, top: 48, cell: 44 } as const;
const columns = { target: 246, probability: 305, loss: 369 } as const;
const middle = (index: number, from: number): number => from + grid.cell * (index + 0.5);

const pairs = inputs.flatMap((_, row) => inputs.map((__, column) => [row, column] as const));

export const figure = (): string =>
  drawing(
    400,
    238,
    label(4, 14, "what is read", { class: "small soft" }),
    ...inputs.map((word, column) => label(middle(column, grid.left), grid.top - 12, word, { class: "middle" })),
    ...inputs.map((word, row) => label(grid.left - 10, middle(row, grid.top) + 4.5, word, { class: "end" })),
    // Masked pairs first, otherwise they would cover the edges of the others.
    ...pairs.filter(([row, column]) => column > row).map(drawPair),
    ...pairs.filter(([row, column]) => column <= row).map(drawPair),
    label(columns.target, grid.top - 12, "must say", { class: "middle small soft" }),
    label(columns.probability, grid.top - 12, "gives it", { class: "middle small soft" }),
    label(columns.loss, grid.top - 12, "loss", { class: "middle small soft" }),
    ...targets.map((word, row) => drawPrediction(word, row)),
    line(columns.target - 26, 190, 398, 190, { class: "rule" }),
    label(columns.loss - 34, 208, "mean", { class: "end small soft" }),
    formula(columns.loss, 209, printed(meanLoss(givenProbabilities), 4), { class: "middle" }),
    label(columns.loss - 34, 230, "perplexity", { class: "end small soft" }),
    formula(columns.loss, 231, printed(perplexity(givenProbabilities), 4), { class: "middle" }),
  );

function drawPair([row, column]: readonly [number, number]): string {
  const isRead = column <= row;
  return group(
    {},
    rectangle(grid.left + grid.cell * column, grid.top + grid.cell * row, grid.cell, grid.cell, {
      class: isRead ? "fill-query-pale stroke-query" : "shade",
    }),
    isRead
      ? circle(middle(column, grid.left), middle(row, grid.top), 4, { class: "fill-query" })
      : formula(middle(column, grid.left), middle(row, grid.top) + 5, "−∞", { class: "middle soft" }),
  );
}

function drawPrediction(word: string, row: number): string {
  const y = middle(row, grid.top) + 4.5;
  const probability = at(givenProbabilities, row);
  return group(
    {},
    label(columns.target, y, word, { class: "middle strong" }),
    formula(columns.probability, y, printed(probability, 2), { class: "middle" }),
    formula(columns.loss, y, printed(meanLoss([probability]), 4), { class: "middle" }),
  );
}
