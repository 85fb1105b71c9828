/**
 * Draws the four stages of Swin: the map shrinks and gets wider vectors, while a window of 7 x 7 tokens covers more of
 * the image.
 */

import { at } from "#figures/at.ts";
import { arrow, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { placesOf, type Stage, swinStages } from "../models/shifted-windows.ts";

const window = 7;
const unit = 2.4;
const baseline = 148;
const centres = [69, 203, 290, 364] as const;
const rows = { top: 198, step: 20 } as const;

export function figure(): string {
  const stages = swinStages();
  return drawing(
    400,
    rows.top + 4 * rows.step - 4,
    ...stages.map((stage, index) => drawStage(stage, index)),
    ...stages.slice(1).map((stage, index) => {
      const [from, to] = [at(centres, index), at(centres, index + 1)];
      const y = baseline - 8;
      return arrow(from + at(stages, index).side * (unit / 2) + 6, y, to - stage.side * (unit / 2) - 6, y, {
        class: "stroke-message",
      });
    }),
    label(260, 38, "merge two by two", { class: "middle small ink-message" }),
    label(260, 54, "between stages", { class: "middle small ink-message" }),
  );
}

function drawStage({ side, width, pixels }: Stage, index: number): string {
  const x = at(centres, index);
  const [left, top] = [x - (side * unit) / 2, baseline - side * unit];
  const step = window * unit;
  // The window in the second row and column, if there is one, to show that it is one of many.
  const inset = side > window ? step : 0;
  const cuts = placesOf(side / window - 1).map((before) => step * (before + 1));
  return group(
    {},
    rectangle(left, top, side * unit, side * unit, { class: "box" }),
    rectangle(left + inset, top + inset, step, step, { class: "fill-key", "fill-opacity": 0.62 }),
    ...cuts.flatMap((cut) => [
      line(left + cut, top, left + cut, baseline, { class: "rule" }),
      line(left, top + cut, left + side * unit, top + cut, { class: "rule" }),
    ]),
    rectangle(left, top, side * unit, side * unit, { class: "line" }),
    label(x, rows.top - 22, `stage ${index + 1}`, { class: "middle strong" }),
    formula(x, rows.top, `${side}×${side}`, { class: "middle" }),
    label(x, rows.top + rows.step + 2, `width ${width}`, { class: "middle small" }),
    label(x, rows.top + 2 * rows.step + 2, count((side / window) ** 2), { class: "middle small" }),
    label(x, rows.top + 3 * rows.step + 2, `${window * pixels} px wide`, { class: "middle small soft" }),
  );
}

const count = (windows: number): string => (windows === 1 ? "1 window" : `${windows} windows`);
