/** Draws an attention layer and the three points where positions can enter: the input, query and key, the score. */

import { arrow, circle, drawing, formula, group, label, line, path, rectangle } from "#figures/drawing.ts";

const [queryX, keyX, valueX] = [196, 268, 352] as const;
const scoreX = (queryX + keyX) / 2;
const [inputY, splitY, projectionY, turnY, scoreY, biasY, softmaxY, mixY] = [
  366, 322, 286, 232, 182, 136, 92, 52,
] as const;

export const figure = (): string =>
  drawing(
    400,
    430,
    rectangle(156, 28, 238, 312, { rx: 6, class: "rule" }),
    label(166, 46, "each layer", { class: "small soft" }),
    ...drawInput(),
    ...drawProjections(),
    ...drawScore(),
    entrance(biasY, scoreX - 11, "c", "added to the score", "relative, ALiBi"),
    entrance(turnY, queryX - 30, "b", "query and key rotated", "RoPE"),
    entrance(inputY, keyX - 11, "a", "added once", "sinusoidal, learned"),
  );

const drawInput = (): string[] => [
  label(keyX, 422, "word vectors", { class: "middle" }),
  line(keyX, 404, keyX, splitY),
  plus(keyX, inputY),
  path(`M${queryX} ${projectionY + 16}V${splitY}H${valueX}V${projectionY + 16}`, { class: "line" }),
  line(keyX, splitY, keyX, projectionY + 16),
];

const drawProjections = (): string[] => [
  ...(
    [
      [queryX, "q", "query"],
      [keyX, "k", "key"],
      [valueX, "v", "value"],
    ] as const
  ).map(([x, letter, role]) =>
    group(
      {},
      rectangle(x - 18, projectionY - 16, 36, 32, { rx: 4, class: `fill-${role}-pale stroke-${role}` }),
      formula(x, projectionY + 5, letter, { class: "middle" }),
    ),
  ),
  ...(
    [
      [queryX, "query"],
      [keyX, "key"],
    ] as const
  ).flatMap(([x, role]) => [
    line(x, projectionY - 16, x, turnY + 14, { class: `stroke-${role}` }),
    rectangle(x - 28, turnY - 14, 56, 28, { rx: 14, class: "fill-position-pale stroke-position" }),
    label(x, turnY + 4.5, "rotate", { class: "middle" }),
    path(`M${x} ${turnY - 14}V${scoreY}H${x + (x < scoreX ? 10 : -10)}`, { class: `stroke-${role}` }),
  ]),
  line(valueX, projectionY - 16, valueX, mixY + 12, { class: "stroke-value" }),
];

const drawScore = (): string[] => [
  rectangle(scoreX - 26, scoreY - 14, 52, 28, { rx: 4, class: "box" }),
  formula(scoreX, scoreY + 5, "q ⋅ k", { class: "middle" }),
  line(scoreX, scoreY - 14, scoreX, softmaxY + 14),
  plus(scoreX, biasY),
  rectangle(scoreX - 34, softmaxY - 14, 68, 28, { rx: 4, class: "box" }),
  label(scoreX, softmaxY + 4.5, "softmax", { class: "middle" }),
  path(`M${scoreX} ${softmaxY - 14}V${mixY}H${valueX - 13}`, { class: "line" }),
  circle(valueX, mixY, 12, { class: "box" }),
  formula(valueX, mixY + 5, "×", { class: "middle" }),
  arrow(valueX, mixY - 12, valueX, 6),
];

const plus = (x: number, y: number): string =>
  group(
    {},
    circle(x, y, 8, { class: "fill-position-pale stroke-position" }),
    path(`M${x - 4} ${y}H${x + 4}M${x} ${y - 4}V${y + 4}`, { class: "line" }),
  );

/** One entry point: a letter, how positions enter, and the methods that do so. */
const entrance = (y: number, to: number, letter: string, way: string, methods: string): string =>
  group(
    {},
    label(4, y - 12, letter, { class: "strong ink-position" }),
    label(17, y - 12, way, {}),
    label(4, y + 19, methods, { class: "small soft" }),
    arrow(4, y, to, y, { class: "stroke-position" }),
  );
