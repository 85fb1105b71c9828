/**
 * Plots repeated propagation of a signal: the nodes' values by step, the growth factored out of them, and the
 * eigenvalues.
 */

import { at } from "#figures/at.ts";
import { circle, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import type { Signal } from "./graph.ts";

/** The width makes all 16 steps fall on integer coordinates. */
const [left, right] = [40, 376] as const;
const plot = { top: 280, bottom: 354, greatest: 4.2 } as const;
const axis = { y: 442, from: -1, to: 2 } as const;
/** A bar on a log scale whose full length is `doublings` doublings. */
const growthBar = { y: 398, height: 9, doublings: 16 } as const;

/** One curve per node over `signals`, one signal per step; the chosen node's curve is thick. */
export function drawCurves(signals: readonly Signal[], step: number, chosen: number, title: string): string {
  const last = signals.length - 1;
  const nodes = [...at(signals, 0).keys()];
  const across = (k: number): number => left + ((right - left) * k) / last;
  const starts = spread(at(signals, 0).map(down), 11);
  return group(
    {},
    label(left, plot.top - 12, title, { class: "small soft" }),
    line(left, plot.bottom, right, plot.bottom, { class: "rule" }),
    line(across(step), plot.top, across(step), plot.bottom, { class: "rule dashed" }),
    ...nodes.map((node) =>
      path(through(signals.map((signal, k) => [across(k), down(at(signal, node))])), {
        class: node === chosen ? "stroke-node thick" : "stroke-node",
      }),
    ),
    ...nodes.map((node) => circle(across(step), down(at(at(signals, step), node)), 3.4, { class: "fill-node" })),
    ...nodes.map((node) => formula(left - 12, at(starts, node) + 4, String(node + 1), { class: "end small soft" })),
    ...signals.flatMap((_, k) =>
      k % 4 === 0 ? [formula(across(k), plot.bottom + 16, String(k), { class: "middle small soft" })] : [],
    ),
    label(left - 10, plot.bottom + 16, "steps", { class: "end small soft" }),
  );
}

/** The growth factored out of the curves, λ^k of the dominant eigenvector, on a log scale; no bar without growth. */
export function drawGrowth(growth: number): string {
  const { y, height, doublings } = growthBar;
  const length = ((right - left) * Math.log2(growth)) / doublings;
  return group(
    {},
    label(left, y - 8, "growth of the strongest wave, taken out of the curves", { class: "small soft" }),
    rectangle(left, y, right - left, height, { class: "shade" }),
    rectangle(left, y, Math.max(0, length), height, { class: "fill-message" }),
    formula(right, y - 7, `× ${grouped(growth)}`, { class: growth > 1.001 ? "end ink-message" : "end soft" }),
  );
}

/**
 * An axis from −1 to 2 with a circle at each eigenvalue. Its opacity shows the amplitude of the eigenvector after
 * `step` products relative to the dominant one, (|λ| / greatest |λ|)^step.
 */
export function drawEigenvalues(eigenvalues: Signal, step: number): string {
  const across = (value: number): number => left + ((right - left) * (value - axis.from)) / (axis.to - axis.from);
  const greatest = Math.max(...eigenvalues.map(Math.abs));
  return group(
    {},
    label(left, axis.y + 39, "the eigenvalues; filled: how much is left of each wave", {
      class: "small soft",
    }),
    line(across(axis.from), axis.y, across(axis.to), axis.y, { class: "rule" }),
    ...[-1, 0, 1, 2].flatMap((value) => [
      line(across(value), axis.y - 4, across(value), axis.y + 4, { class: "rule" }),
      formula(across(value), axis.y + 22, printed(value, 0), { class: "middle small soft" }),
    ]),
    ...eigenvalues.map((value, index) => {
      const before = eigenvalues.slice(0, index).filter((other) => Math.abs(other - value) < 1e-6).length;
      const share = (Math.abs(value) / greatest) ** step;
      const [x, y] = [across(value), axis.y - 13 * before];
      return group({}, circle(x, y, 6, { class: "box" }), circle(x, y, 6 * Math.sqrt(share), { class: "fill-node" }));
    }),
  );
}

/** Rounded to a tenth of a unit, because the curves are most of the drawing's bytes. */
const down = (value: number): number =>
  Math.round(10 * (plot.bottom - ((plot.bottom - plot.top) * value) / plot.greatest)) / 10;

/** Heights moved apart as little as necessary, until neighbours are at least `gap` units apart. */
function spread(heights: Signal, gap: number): Signal {
  const order = [...heights.keys()].sort((one, other) => at(heights, one) - at(heights, other));
  const moved = [...heights];
  for (let pass = 0; pass < 20; pass++) {
    for (const [index, node] of order.slice(1).entries()) {
      const above = at(order, index);
      const short = gap - (at(moved, node) - at(moved, above));
      if (short <= 0) continue;
      moved[above] = at(moved, above) - short / 2;
      moved[node] = at(moved, node) + short / 2;
    }
  }
  return moved;
}
