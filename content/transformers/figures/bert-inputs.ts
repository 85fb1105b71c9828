/**
 * Draws BERT from input to output: the sum of three embedding tables, an encoder without a mask, and a small output
 * layer.
 */

import { arrow, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";

/** Two segments; each ends with `[SEP]`, which belongs to it. */
const tokens = [
  { word: "[CLS]", segment: "A" },
  { word: "cat", segment: "A" },
  { word: "ate", segment: "A" },
  { word: "[MASK]", segment: "A" },
  { word: "[SEP]", segment: "A" },
  { word: "it", segment: "B" },
  { word: "slept", segment: "B" },
  { word: "[SEP]", segment: "B" },
] as const;

const columnX = (place: number): number => 28 + 49.2 * place;
const cell = { width: 45, height: 25 } as const;
const rows = { states: 104, stack: 148, sum: 214, token: 263, segment: 309, position: 355 } as const;
/** Positions of the two tokens that pre-training predicts from. */
const [first, hidden] = [0, 3] as const;

export const figure = (): string => drawing(400, 384, drawAnswers(), drawStates(), drawStack(), drawSum());

function drawAnswers(): string {
  return group(
    {},
    label(columnX(first) - 22, 16, "does B follow A?", { class: "strong" }),
    label(columnX(hidden), 16, "mouse", { class: "middle strong ink-query" }),
    answer(columnX(first), 68, "2 scores", "stroke-key fill-key-pale"),
    answer(columnX(hidden), 82, "30,522 scores", "stroke-query fill-query-pale"),
    rectangle(columnX(5) - 22, 30, 143, 42, { rx: 4, class: "rule dashed" }),
    label(columnX(6), 48, "later: in their place", { class: "middle small soft" }),
    label(columnX(6), 63, "a layer for your task", { class: "middle small soft" }),
  );
}

/** A small output layer on the vector of one token. */
const answer = (x: number, width: number, words: string, look: string): string =>
  group(
    {},
    arrow(x, rows.states, x, 67),
    rectangle(x - 22, 38, width, 26, { rx: 4, class: "box" }),
    rectangle(x - 22, 38, width, 26, { rx: 4, class: look }),
    label(x - 22 + width / 2, 55, words, { class: "middle small" }),
    arrow(x, 38, x, 23),
  );

function drawStates(): string {
  return group(
    {},
    ...tokens.map((_, place) => box(columnX(place), rows.states, "shade rule", "")),
    formula(396, rows.states - 6, "H", { class: "end" }),
    ...tokens.map((_, place) => line(columnX(place), rows.stack, columnX(place), rows.states + cell.height)),
  );
}

const drawStack = (): string =>
  group(
    {},
    rectangle(4, rows.stack, 392, 46, { rx: 5, class: "box" }),
    label(200, rows.stack + 20, "12 layers, or 24", { class: "middle strong" }),
    label(200, rows.stack + 37, "every token reads every token, both sides at once", { class: "middle small soft" }),
    ...tokens.map((_, place) => arrow(columnX(place), rows.sum + 2, columnX(place), rows.stack + 49)),
  );

/** The three tables, from token at the top to position at the bottom; arrows take their sum up. */
function drawSum(): string {
  return group(
    {},
    rectangle(4, rows.sum + 2, 392, 22, { rx: 4, class: "shade" }),
    label(200, rows.sum + 17, "sum, LayerNorm, dropout", { class: "middle small" }),
    ...tokens.map(({ word }, place) =>
      box(columnX(place), rows.token, place === hidden ? "fill-query-pale stroke-query" : "box", word),
    ),
    ...tokens.map(({ segment }, place) => box(columnX(place), rows.segment, "fill-key-pale stroke-key", segment)),
    ...tokens.map((_, place) =>
      group(
        {},
        box(columnX(place), rows.position, "fill-position-pale stroke-position", ""),
        formula(columnX(place), rows.position + 17.5, String(place), { class: "middle" }),
      ),
    ),
    ...(["token", "segment", "position"] as const).map((name) =>
      label(4, rows[name] - 6, name === "token" ? name : `+ ${name}`, { class: "small soft" }),
    ),
  );
}

const box = (x: number, y: number, look: string, words: string): string =>
  group(
    {},
    rectangle(x - cell.width / 2, y, cell.width, cell.height, { rx: 3, class: "box" }),
    rectangle(x - cell.width / 2, y, cell.width, cell.height, { rx: 3, class: look }),
    label(x, y + 17, words, { class: "middle small" }),
  );
