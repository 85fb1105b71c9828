/**
 * Compares five architectures at T5's base size: attention masks, costs, and scores under two objectives (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { type Architecture, architectures, benchmarks, inputs, objectives, tokens } from "../models/architectures.ts";

interface State {
  /** Index into `objectives`. */
  readonly objective: number;
  /** Index into `benchmarks`. */
  readonly benchmark: number;
}

const rows = { top: 46, step: 76 } as const;
const mask = { left: 6, cell: 9 } as const;
const textX = 76;
const axis = { left: 232, right: 380 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { objective: 0, benchmark: 0 },

  draw: (state) => drawing(400, 452, drawAxis(state), ...architectures.map((_, row) => drawRow(state, row))),

  describe: ({ objective, benchmark }) => {
    const { name: test, measure } = at(benchmarks, benchmark);
    const list = architectures.map(({ name, scores }) => `${name} ${printed(at(at(scores, benchmark), objective))}`);
    return `Trained to ${objectives[objective]}, ${test} ${measure} (validation): ${list.join("; ")}.`;
  },

  controls: [
    {
      kind: "toggle",
      label: "Train to predict the next token instead of filling gaps",
      get: ({ objective }) => objective === 1,
      set: (state, isNextToken) => ({ ...state, objective: isNextToken ? 1 : 0 }),
    },
    {
      kind: "choice",
      label: "Score on",
      options: benchmarks.map(({ name }) => name),
      get: ({ benchmark }) => benchmark,
      set: (state, benchmark) => ({ ...state, benchmark }),
    },
  ],
};

const across = (score: number, { benchmark }: State): number => {
  const { lowest, highest } = at(benchmarks, benchmark);
  return axis.left + ((axis.right - axis.left) * (score - lowest)) / (highest - lowest);
};

const bottom = rows.top + architectures.length * rows.step - 12;

const drawAxis = (state: State): string => {
  const { name, measure, ticks } = at(benchmarks, state.benchmark);
  return group(
    {},
    label(mask.left, 16, "each row reads the filled columns", { class: "small soft" }),
    label(mask.left + (inputs * mask.cell) / 2, 38, "in", { class: "middle small soft" }),
    label(mask.left + ((inputs + tokens) * mask.cell) / 2, 38, "out", { class: "middle small soft" }),
    label(axis.right, 16, `${name}, ${measure}`, { class: "end small soft" }),
    ...ticks.flatMap((score) => [
      line(across(score, state), 30, across(score, state), bottom, { class: "rule", "stroke-opacity": 0.6 }),
      formula(across(score, state), bottom + 16, String(score), { class: "middle small soft" }),
    ]),
  );
};

function drawRow(state: State, row: number): string {
  const architecture = at(architectures, row);
  const { name, weights, work, scores } = architecture;
  const top = rows.top + row * rows.step;
  const middle = top + (tokens * mask.cell) / 2;
  const pair = at(scores, state.benchmark);
  const [now, other] = [at(pair, state.objective), at(pair, 1 - state.objective)];
  return group(
    {},
    drawMask(architecture, top),
    ...wrapped(name).map((words, index) => label(textX, top + 13 + 15 * index, words, { class: "strong" })),
    label(textX, top + 13 + 15 * wrapped(name).length, `${110 * weights} million weights,`, { class: "small soft" }),
    label(textX, top + 28 + 15 * wrapped(name).length, work === 1 ? "equal work" : "half the work", {
      class: "small soft",
    }),
    line(axis.left, middle, axis.right, middle, { class: "rule" }),
    circle(across(other, state), middle, 4, { class: "stroke-query", "stroke-opacity": 0.45, "fill-opacity": 0 }),
    circle(across(now, state), middle, 6, { class: "fill-query" }),
    formula(across(now, state), middle - 12, printed(now), { class: "middle halo" }),
  );
}

/** Breaks a name after a comma, into at most two lines. */
const wrapped = (name: string): readonly string[] => {
  const [first = "", second] = name.split(", ");
  return second === undefined ? [first] : [`${first},`, second];
};

/** One row for each token that attends, one column for each attended token. */
function drawMask({ reads }: Architecture, top: number): string {
  const { left, cell } = mask;
  const places = Array.from({ length: tokens }, (_, index) => index);
  const edge = inputs * cell;
  return group(
    {},
    ...places.flatMap((row) =>
      places.map((column) => {
        const read = reads(row, column);
        return read === "none"
          ? ""
          : rectangle(left + column * cell + 0.5, top + row * cell + 0.5, cell - 1, cell - 1, {
              class: read === "cross" ? "fill-key" : "fill-query",
              "fill-opacity": 0.6,
            });
      }),
    ),
    rectangle(left, top, tokens * cell, tokens * cell, { class: "rule" }),
    line(left + edge, top, left + edge, top + tokens * cell, { class: "rule" }),
    line(left, top + edge, left + tokens * cell, top + edge, { class: "rule" }),
  );
}
