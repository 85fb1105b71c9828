/**
 * Plots a loop trained for some iterations and run for more: its error on new tasks keeps falling, then rises
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, path, through } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { layersError, loopError, trainLayers, trainLoop } from "../models/trained-loop.ts";

interface State {
  /** Iterations the loop is trained for. */
  readonly trained: number;
}

const most = 20;
const longest = 6;
const plot = { left: 46, right: 388, top: 60, bottom: 268, lowest: -2, highest: 0.1 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { trained: 4 },

  draw: ({ trained }) => drawing(400, 312, drawAxes(trained), drawSingle(), drawLayers(trained), drawLoop(trained)),

  describe: ({ trained }) => {
    const errors = errorsOf(trained);
    const best = bestOf(errors);
    return `Trained for ${count(trained)}, the loop leaves an error of ${printed(at(errors, trained), 3)} after ${trained}, its least, ${printed(at(errors, best), 3)}, after ${best}, and ${printed(at(errors, most), 3)} after ${most}. ${trained} separate ${trained === 1 ? "layer leaves" : "layers leave"} ${printed(errorOfLayers(trained), 3)}.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Trained for $T$ iterations",
      min: 1,
      max: longest,
      step: 1,
      get: ({ trained }) => trained,
      set: (_, trained) => ({ trained }),
    },
  ],
};

const count = (iterations: number): string => `${iterations} ${iterations === 1 ? "iteration" : "iterations"}`;

/** Errors after 0, 1, … iterations, cached because training takes a moment. */
const trainedErrors = new Map<number, readonly number[]>();
function errorsOf(trained: number): readonly number[] {
  const known = trainedErrors.get(trained);
  if (known) return known;
  const step = trainLoop(trained);
  const errors = Array.from({ length: most + 1 }, (_, iterations) => loopError(step, iterations));
  trainedErrors.set(trained, errors);
  return errors;
}

const trainedLayers = new Map<number, number>();
function errorOfLayers(layers: number): number {
  const error = trainedLayers.get(layers) ?? layersError(trainLayers(layers));
  trainedLayers.set(layers, error);
  return error;
}

const bestOf = (errors: readonly number[]): number => errors.indexOf(Math.min(...errors));

const across = (iterations: number): number => plot.left + ((plot.right - plot.left) * iterations) / most;
const down = (error: number): number =>
  plot.bottom - ((plot.bottom - plot.top) * (Math.log10(error) - plot.lowest)) / (plot.highest - plot.lowest);

const drawAxes = (trained: number): string =>
  group(
    {},
    label(4, 14, "squared error left on new tasks", { class: "small soft" }),
    ...[1, 0.1, 0.01].flatMap((error) => [
      line(plot.left, down(error), plot.right, down(error), { class: "rule", "stroke-opacity": 0.5 }),
      formula(plot.left - 8, down(error) + 4, String(error), { class: "end small soft" }),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, { class: "rule" }),
    ...[0, 4, 8, 12, 16, 20].map((iterations) =>
      formula(across(iterations), plot.bottom + 18, String(iterations), { class: "middle small soft" }),
    ),
    label(plot.right, plot.bottom + 36, "iterations", { class: "end small soft" }),
    line(across(trained), plot.top - 14, across(trained), plot.bottom, { class: "rule dashed" }),
    label(across(trained), plot.top - 22, `trained for T = ${trained}`, {
      class: `${trained < 3 ? "" : "middle "}small`,
    }),
  );

/** Error of a single layer: a loop trained and run for one iteration. */
const drawSingle = (): string => {
  const error = at(errorsOf(1), 1);
  return group(
    {},
    line(plot.left, down(error), plot.right, down(error), { class: "stroke-key dashed" }),
    label(plot.right, down(error) - 7, `one layer, once: ${printed(error, 3)}`, { class: "end small ink-key halo" }),
  );
};

/** Error of separate layers, as many as the loop's training iterations. */
const drawLayers = (trained: number): string => {
  const error = errorOfLayers(trained);
  return group(
    {},
    line(plot.left, down(error), plot.right, down(error), { class: "stroke-value dashed" }),
    label(plot.right, down(error) + 16, trained === 1 ? "" : `${trained} separate layers: ${printed(error, 3)}`, {
      class: "end small ink-value halo",
    }),
  );
};

/** The curve up to where it leaves the frame. */
function drawLoop(trained: number): string {
  const errors = errorsOf(trained);
  const leaves = errors.findIndex((error) => Math.log10(error) > plot.highest);
  const shown = leaves < 0 ? errors : errors.slice(0, leaves);
  const points = shown.map((error, iterations): [number, number] => [across(iterations), down(error)]);
  const now = at(errors, trained);
  return group(
    {},
    path(through(points), { class: "stroke-query thick" }),
    ...errors.map((_, iterations) => {
      const [x, y] = points[iterations] ?? [across(iterations), plot.top];
      return circle(x, y, 2.8, { class: "fill-query", "fill-opacity": iterations < shown.length ? 1 : 0 });
    }),
    circle(across(trained), down(now), 6, { class: "fill-query" }),
    formula(across(trained) + 9, down(now) - 8, printed(now, 3), { class: "halo ink-query" }),
  );
}
