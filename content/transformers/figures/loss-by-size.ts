/**
 * Plots perplexity against parameters for four sizes of GPT-2 on four datasets, beside specialised models
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, path, through } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { grouped, printed, printedShort } from "#figures/printed-numbers.ts";
import { type Dataset, datasets, factorPerTen, gpt2Sizes } from "../models/gpt2-results.ts";

interface State {
  /** Index into `datasets`. */
  readonly dataset: number;
}

const plot = { left: 40, right: 344, top: 40, bottom: 300 } as const;
const [smallest, largest] = [1e8, 2.3e9];
const [lowest, highest] = [7, 115];

export const figure: InteractiveFigure<State> = {
  initial: { dataset: 0 },

  draw: (state) =>
    drawing(
      400,
      352,
      drawAxes(),
      ...datasets.map((dataset, index) => drawOther(dataset, index === state.dataset)),
      drawChosen(at(datasets, state.dataset)),
    ),

  describe: ({ dataset }) => {
    const { name, perplexities, best } = at(datasets, dataset);
    const list = perplexities.map(
      (perplexity, index) => `${printed(perplexity)} with ${millions(at(gpt2Sizes, index))}`,
    );
    return `${name}: perplexity ${list.join(", ")} million parameters; the best model trained for it had ${printedShort(best)}. Ten times the parameters multiply it by ${printed(factorPerTen(at(datasets, dataset)))}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Dataset",
      options: datasets.map(({ name }) => name),
      get: ({ dataset }) => dataset,
      set: (_, dataset) => ({ dataset }),
    },
  ],
};

const millions = (parameters: number): string => grouped(Math.round(parameters / 1e6));

const share = (value: number, from: number, to: number): number => Math.log(value / from) / Math.log(to / from);
const across = (parameters: number): number =>
  plot.left + (plot.right - plot.left) * share(parameters, smallest, largest);
const down = (perplexity: number): number =>
  plot.bottom - (plot.bottom - plot.top) * share(perplexity, lowest, highest);

const pointsOf = ({ perplexities }: Dataset): [number, number][] =>
  perplexities.map((perplexity, index) => [across(at(gpt2Sizes, index)), down(perplexity)]);

/** Perplexity on the left axis; its logarithm, the loss, on the right. */
const drawAxes = (): string =>
  group(
    {},
    label(4, 16, "perplexity", { class: "small soft" }),
    label(396, 16, "loss in nats", { class: "end small soft" }),
    ...[10, 20, 50, 100].flatMap((perplexity) => [
      line(plot.left, down(perplexity), plot.right, down(perplexity), { class: "rule", "stroke-opacity": 0.5 }),
      formula(plot.left - 8, down(perplexity) + 4, String(perplexity), { class: "end small soft" }),
    ]),
    line(plot.right, plot.top - 8, plot.right, plot.bottom, { class: "rule" }),
    ...[2, 2.5, 3, 3.5, 4, 4.5].flatMap((loss) => [
      line(plot.right, down(Math.exp(loss)), plot.right + 5, down(Math.exp(loss)), { class: "rule" }),
      formula(plot.right + 11, down(Math.exp(loss)) + 4, printed(loss, 1), { class: "small soft" }),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, { class: "rule" }),
    ...gpt2Sizes.map((parameters) =>
      formula(across(parameters), plot.bottom + 18, millions(parameters), { class: "middle small soft" }),
    ),
    label((plot.left + plot.right) / 2, plot.bottom + 38, "million parameters, by powers", {
      class: "middle small soft",
    }),
  );

/** Drawn in the background, below the chosen dataset. */
const drawOther = (dataset: Dataset, isChosen: boolean): string =>
  group(
    {},
    path(through(pointsOf(dataset)), { class: "stroke-query", "stroke-opacity": isChosen ? 0 : 0.25 }),
    ...pointsOf(dataset).map(([x, y]) => circle(x, y, 3, { class: "fill-query", "fill-opacity": isChosen ? 0 : 0.25 })),
  );

function drawChosen(dataset: Dataset): string {
  const points = pointsOf(dataset);
  const best = down(dataset.best);
  /** On the side without points. */
  const isBestBelow = best > (at(points, 0)[1] ?? 0);
  return group(
    {},
    line(plot.left, best, plot.right, best, { class: "stroke-value dashed" }),
    label(plot.left + 4, best + (isBestBelow ? 16 : -7), `best model trained for it: ${printedShort(dataset.best)}`, {
      class: "small ink-value halo",
    }),
    path(through(points), { class: "stroke-query thick" }),
    ...points.flatMap(([x, y], index) => [
      circle(x, y, 5.5, { class: "fill-query" }),
      formula(x + 2, y - 11, printed(at(dataset.perplexities, index)), { class: "middle small halo" }),
    ]),
    label((plot.left + plot.right) / 2, 16, dataset.name, { class: "middle strong ink-query" }),
  );
}
