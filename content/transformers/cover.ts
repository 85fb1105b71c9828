/**
 * Draws the cover of the Transformers book: tokens of a line, and an arc between every two as thick as their attention
 * weight.
 */

import { circle, element, path, round } from "#figures/drawing.ts";
import { entry } from "#figures/matrices.ts";
import { softmax } from "#figures/softmax.ts";

const [left, right, baseline] = [44, 256, 352] as const;
const count = 9;

/** 300 x 420 units, in `currentColor`; the upper third is left to the title. */
export function cover(): string {
  const xs = Array.from({ length: count }, (_, index) => left + ((right - left) * index) / (count - 1));
  const weights = xs.map((_, i) => softmax(xs.map((__, j) => score(i, j))));
  const arcs = xs.flatMap((from, i) =>
    xs.slice(i + 1).map((to, offset) => {
      const j = i + 1 + offset;
      const weight = Math.max(entry(weights, i, j), entry(weights, j, i));
      const reach = (to - from) / 2;
      return path(`M${round(from)} ${baseline}A${round(reach)} ${round(reach * 1.62)} 0 0 1 ${round(to)} ${baseline}`, {
        class: "stamp",
        fill: "none",
        stroke: "currentColor",
        "stroke-width": 0.5 + 5.2 * weight,
        "stroke-opacity": Math.min(0.95, 0.3 + 1.9 * weight),
      });
    }),
  );
  const words = xs.map((x) => circle(x, baseline, 3.6, { fill: "currentColor" }));
  const lines = [0, 1, 2].map((row) =>
    element("line", {
      x1: left - 4,
      x2: right + 4 - row * 46,
      y1: baseline + 20 + row * 10,
      y2: baseline + 20 + row * 10,
      stroke: "currentColor",
      "stroke-width": 1,
      "stroke-opacity": 0.55 - row * 0.12,
    }),
  );
  return element("svg", { viewBox: "0 0 300 420", xmlns: "http://www.w3.org/2000/svg" }, ...arcs, ...words, ...lines);
}

/** Fixed scores that look learned rather than random: each token matches a few others. */
const score = (i: number, j: number): number => 1.6 * Math.cos(1.7 * i + 2.9 * j) + 0.8 * Math.sin(0.9 * i * j + 1);
