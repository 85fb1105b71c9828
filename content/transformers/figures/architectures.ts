/** Five architectures at T5's base size: which tokens read which, what they cost, and what they score under two objectives. */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { type Architecture, architectures, inputs, objectives, tokens } from "../models/architectures.ts";

interface State {
  /** Index into `objectives`. */
  readonly objective: number;
}

const rows = { top: 46, step: 76 } as const;
const mask = { left: 6, cell: 9 } as const;
const textX = 76;
const axis = { left: 232, right: 380, lowest: 72, highest: 86 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { objective: 0 },

  draw: (state) => drawing(400, 452, drawAxis(), ...architectures.map((_, row) => drawRow(state, row))),

  describe: ({ objective }) => {
    const list = architectures.map(({ name, glue }) => `${name} ${printed(at(glue, objective))}`).join("; ");
    return `Trained to ${objectives[objective]}, GLUE average (validation): ${list}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Trained to",
      options: objectives,
      get: ({ objective }) => objective,
      set: (_, objective) => ({ objective }),
    },
  ],
};

const across = (score: number): number =>
  axis.left + ((axis.right - axis.left) * (score - axis.lowest)) / (axis.highest - axis.lowest);

const bottom = rows.top + architectures.length * rows.step - 12;

const drawAxis = (): string =>
  group(
    {},
    label(mask.left, 16, "each row reads the filled columns", { class: "small soft" }),
    label(mask.left + (inputs * mask.cell) / 2, 38, "in", { class: "middle small soft" }),
    label(mask.left + ((inputs + tokens) * mask.cell) / 2, 38, "out", { class: "middle small soft" }),
    label(axis.right, 16, "GLUE, average", { class: "end small soft" }),
    ...[75, 80, 85].flatMap((score) => [
      line(across(score), 30, across(score), bottom, { class: "rule", "stroke-opacity": 0.6 }),
      formula(across(score), bottom + 16, String(score), { class: "middle small soft" }),
    ]),
  );

function drawRow({ objective }: State, row: number): string {
  const architecture = at(architectures, row);
  const { name, weights, work, glue } = architecture;
  const top = rows.top + row * rows.step;
  const middle = top + (tokens * mask.cell) / 2;
  const [now, other] = [at(glue, objective), at(glue, 1 - objective)];
  return group(
    {},
    drawMask(architecture, top),
    ...wrapped(name).map((words, index) => label(textX, top + 13 + 15 * index, words, { class: "strong" })),
    label(textX, top + 13 + 15 * wrapped(name).length, `${110 * weights} million weights,`, { class: "small soft" }),
    label(textX, top + 28 + 15 * wrapped(name).length, work === 1 ? "equal work" : "half the work", {
      class: "small soft",
    }),
    line(axis.left, middle, axis.right, middle, { class: "rule" }),
    circle(across(other), middle, 4, { class: "stroke-query", "stroke-opacity": 0.45, "fill-opacity": 0 }),
    circle(across(now), middle, 6, { class: "fill-query" }),
    formula(across(now), middle - 12, printed(now), { class: "middle halo" }),
  );
}

/** Over at most two lines: a comma is a place to break. */
const wrapped = (name: string): readonly string[] => {
  const [first = "", second] = name.split(", ");
  return second === undefined ? [first] : [`${first},`, second];
};

/** One row for each token that reads, one column for each that is read. */
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
