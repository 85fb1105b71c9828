/** The GPT models from 2018 to 2020: parameters by powers of ten, and how far each of them reads. */

import { circle, drawing, formula, group, label, line } from "#figures/drawing.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import {
  blockWeights,
  gpt1,
  gpt1Parameters,
  gpt2Small,
  gpt2Xl,
  gpt3,
  gptParameters,
  type ModelSize,
} from "../models/model-sizes.ts";

interface Model {
  readonly name: string;
  readonly year: number;
  readonly size: ModelSize;
  readonly parameters: number;
}

const models: readonly Model[] = [
  { name: "GPT-1", year: 2018, size: gpt1, parameters: gpt1Parameters(gpt1) },
  { name: "GPT-2 small", year: 2019, size: gpt2Small, parameters: gptParameters(gpt2Small) },
  { name: "GPT-2 XL", year: 2019, size: gpt2Xl, parameters: gptParameters(gpt2Xl) },
  { name: "GPT-3", year: 2020, size: gpt3, parameters: gptParameters(gpt3) },
];

const plot = { left: 40, right: 396, top: 24, bottom: 292, lowest: 7.6, highest: 11.6 } as const;
const across = (year: number): number => 76 + 136 * (year - 2018);
const down = (parameters: number): number =>
  plot.bottom - ((plot.bottom - plot.top) * (Math.log10(parameters) - plot.lowest)) / (plot.highest - plot.lowest);

/** Nothing to set: the picture has one state. */
export const figure = (): string =>
  drawing(
    400,
    322,
    ...[8, 9, 10, 11].flatMap((power) => [
      line(plot.left, down(10 ** power), plot.right, down(10 ** power), { class: "rule dashed" }),
      formula(plot.left - 6, down(10 ** power) + 4, `10^{${power}}`, { class: "end small soft" }),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, { class: "rule" }),
    ...[2018, 2019, 2020].map((year) =>
      formula(across(year), plot.bottom + 20, String(year), { class: "middle small soft" }),
    ),
    label(4, 14, "parameters", { class: "small soft" }),
    ...models.map(drawModel),
  );

/** Its area is the length that it reads; the short line stands at 12Ld², the blocks alone. */
function drawModel({ name, year, size, parameters }: Model): string {
  const [x, y] = [across(year), down(parameters)];
  const radius = Math.sqrt(size.context) / 3.2;
  const isLast = year === 2020;
  const side = isLast ? x - radius - 10 : x + radius + 10;
  const blocks = down(blockWeights(size));
  const words = [
    [`${name}: ${inWords(parameters)}`, "strong halo"],
    [`${size.layers} layers, width ${grouped(size.width)}`, "small halo"],
    [`reads ${grouped(size.context)} tokens`, "small soft halo"],
  ] as const;
  return group(
    {},
    circle(x, y, radius, { class: "fill-query-pale stroke-query" }),
    line(x - radius - 4, blocks, x + radius + 4, blocks, { class: "stroke-value thick" }),
    ...words.map(([text, look], index) =>
      label(side, y - 10 + 15 * index, text, { class: `${look}${isLast ? " end" : ""}` }),
    ),
  );
}

const inWords = (value: number): string =>
  value < 1e9 ? `${printed(value / 1e6, 0)} million` : `${printed(value / 1e9, value < 1e10 ? 2 : 1)} billion`;
