/** Draws an image of a cat in nine patches and their path through a Vision Transformer to one prediction. */

import { arrow, circle, drawing, element, formula, group, label, line, path, rectangle } from "#figures/drawing.ts";

const picture = 90;
const perRow = 3;
const tile = { left: 60, step: 37.5, size: 32, y: 138 } as const;
const classX = 26;
const [tokenY, positionY, encoderY, headY] = [206, 252, 284, 352] as const;

export const figure = (): string =>
  drawing(
    400,
    424,
    drawPicture(),
    ...Array.from({ length: perRow ** 2 }, (_, patch) => drawPatch(patch)),
    rectangle(classX - 14, tokenY, 28, 26, { rx: 4, class: "fill-position-pale stroke-position" }),
    formula(classX, tokenY + 18, "∗", { class: "middle" }),
    label(classX, tokenY - 26, "class", { class: "middle small soft" }),
    label(classX, tokenY - 12, "token", { class: "middle small soft" }),
    drawPosition(classX, 0),
    rectangle(6, encoderY, 388, 40, { rx: 6, class: "box" }),
    label(200, encoderY + 24.5, "encoder: every token reads every token", { class: "middle" }),
    ...Array.from({ length: perRow ** 2 }, (_, patch) =>
      line(middleOf(patch), encoderY + 40, middleOf(patch), encoderY + 52, { class: "rule" }),
    ),
    label(tile.left, encoderY + 70, "these outputs are not used", { class: "small soft" }),
    arrow(classX, encoderY + 40, classX, headY),
    rectangle(6, headY, 44, 26, { rx: 4, class: "fill-value-pale stroke-value" }),
    label(28, headY + 17, "head", { class: "middle" }),
    arrow(classX, headY + 26, classX, headY + 48),
    label(classX, headY + 63, "cat", { class: "middle strong" }),
  );

const middleOf = (patch: number): number => tile.left + patch * tile.step + tile.size / 2;

/** The cat in a square of 90 units. */
const cat = (): string =>
  group(
    {},
    rectangle(0, 0, picture, picture, { class: "shade" }),
    path("M17 46L18 10L38 25Q45 23 52 25L72 10L73 46A29 29 0 1 1 17 46Z", { class: "fill-query-pale stroke-query" }),
    circle(34, 46, 3.4, { class: "fill-ink" }),
    circle(56, 46, 3.4, { class: "fill-ink" }),
    path("M45 62V57M41 55H49L45 59ZM45 62Q41 68 36 65M45 62Q49 68 54 65", { class: "line" }),
    path("M28 57L6 52M28 61L7 66M62 57L84 52M62 61L83 66", { class: "rule" }),
  );

/** A part of the cat, clipped by a nested viewport. */
const view = (x: number, y: number, size: number, viewBox: string): string =>
  element("svg", { x, y, width: size, height: size, viewBox, overflow: "hidden" }, cat());

function drawPicture(): string {
  const [x, y, size] = [60, 8, 108] as const;
  const third = size / perRow;
  const cuts = [1, 2].map((cut) => `M${x + cut * third} ${y}v${size}M${x} ${y + cut * third}h${size}`).join("");
  return group(
    {},
    view(x, y, size, `0 0 ${picture} ${picture}`),
    path(cuts, { class: "line" }),
    rectangle(x, y, size, size, { class: "line" }),
    label(184, 30, "cut into N = 9 patches,"),
    label(184, 48, "read row by row"),
    label(184, 74, "each patch flattened and", { class: "soft" }),
    label(184, 92, "multiplied by the same E,", { class: "soft" }),
    label(184, 110, "plus its position", { class: "soft" }),
  );
}

function drawPatch(patch: number): string {
  const part = picture / perRow;
  const x = tile.left + patch * tile.step;
  const [column, row] = [patch % perRow, Math.floor(patch / perRow)];
  return group(
    {},
    view(x, tile.y, tile.size, `${column * part} ${row * part} ${part} ${part}`),
    rectangle(x, tile.y, tile.size, tile.size, { class: "rule" }),
    arrow(middleOf(patch), tile.y + tile.size + 3, middleOf(patch), tokenY - 2),
    formula(middleOf(patch) + 6, tile.y + tile.size + 22, "E", { class: "small" }),
    rectangle(middleOf(patch) - 14, tokenY, 28, 26, { rx: 4, class: "fill-key-pale stroke-key" }),
    formula(middleOf(patch), tokenY + 17, `x_p^${patch + 1}E`, { class: "middle small" }),
    drawPosition(middleOf(patch), patch + 1),
  );
}

const drawPosition = (x: number, position: number): string =>
  group(
    {},
    line(x, tokenY + 26, x, encoderY, { class: "line" }),
    circle(x, positionY + 4, 10, { class: "box" }),
    circle(x, positionY + 4, 10, { class: "fill-position-pale stroke-position" }),
    formula(x, positionY + 8, String(position), { class: "middle small ink-position" }),
  );
