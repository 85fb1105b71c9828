/** Draws twelve blocks with separate weights beside one block applied twelve times. */

import { arrow, drawing, formula, group, label, line, path, rectangle } from "#figures/drawing.ts";
import { grouped } from "#figures/printed-numbers.ts";
import { blockParameters } from "../models/model-sizes.ts";

const blocks = 12;
const tower = { x: 96, width: 108, bottom: 310, step: 23, height: 18 } as const;
const loop = { x: 274, y: 172, width: 108, height: 44 } as const;
const top = tower.bottom - blocks * tower.step;

export const figure = (): string => drawing(400, 400, drawTower(), drawLoop());

function drawTower(): string {
  const { x, width, bottom, step, height } = tower;
  return group(
    {},
    line(x, bottom + 18, x, top - 4),
    arrow(x, top + 2, x, top - 18),
    ...Array.from({ length: blocks }, (_, block) => {
      const y = bottom - (block + 1) * step + 4;
      return group(
        {},
        rectangle(x - width / 2, y, width, height, { rx: 4, class: "box" }),
        rectangle(x - width / 2, y, width, height, { rx: 4, class: "fill-query-pale stroke-query" }),
        formula(x, y + 13.5, `f_{${block + 1}}`, { class: "middle small" }),
      );
    }),
    formula(x, bottom + 36, "X", { class: "middle ink-key" }),
    drawCount(x, blocks),
  );
}

function drawLoop(): string {
  const { x, y, width, height } = loop;
  const [lower, upper, side] = [y + height / 2 + 34, y - height / 2 - 34, x + width / 2 + 26];
  return group(
    {},
    path(`M${x} ${upper}H${side - 10}q10 0 10 10V${lower - 10}q0 10 -10 10H${x + 12}`, { class: "stroke-query" }),
    arrow(x + 26, lower, x + 11, lower, { class: "stroke-query" }),
    line(x, lower - 11, x, y),
    arrow(x, lower - 11, x, y + height / 2 + 2),
    line(x, y, x, upper),
    arrow(x, upper, x, top - 18),
    arrow(x, tower.bottom + 18, x, lower + 12, { class: "stroke-key" }),
    rectangle(x - 10, lower - 10, 20, 20, { rx: 10, class: "box" }),
    formula(x, lower + 5.5, "+", { class: "middle" }),
    rectangle(x - width / 2, y - height / 2, width, height, { rx: 4, class: "box" }),
    rectangle(x - width / 2, y - height / 2, width, height, { rx: 4, class: "fill-query-pale stroke-query" }),
    formula(x, y + 5, "f_θ", { class: "middle" }),
    formula(side + 8, y + 5, "×12"),
    formula(x + 34, upper - 10, "z_t", { class: "middle ink-query" }),
    label(x - 18, lower + 5, "every time", { class: "end small ink-key" }),
    formula(x, tower.bottom + 36, "X", { class: "middle ink-key" }),
    drawCount(x, 1),
  );
}

const drawCount = (x: number, distinct: number): string =>
  group(
    {},
    label(x, 372, `${grouped(distinct * blockParameters(768))} parameters`, { class: "middle strong" }),
    label(x, 392, `${blocks} blocks to compute`, { class: "middle small soft" }),
  );
