/** What repeated mixing does to a signal: the values of the nodes step by step, and the eigenvalues behind it. */

import { at } from "#figures/at.ts";
import { circle, formula, group, label, line, path, through } from "#figures/drawing.ts";
import { printed } from "#figures/printed-numbers.ts";
import type { Signal } from "./graph.ts";

const [left, right] = [40, 386] as const;
const plot = { top: 282, bottom: 380, greatest: 4.2 } as const;
const axis = { y: 442, from: -1, to: 2 } as const;

/** One curve per node over `signals`, a signal per step; the chosen node's is thick. Curves that leave the frame end at its edge. */
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
      path(
        curve(
          signals.map((signal) => at(signal, node)),
          across,
        ),
        { class: node === chosen ? "stroke-node thick" : "stroke-node" },
      ),
    ),
    ...nodes.map((node) => {
      const value = at(at(signals, step), node);
      return value > plot.greatest ? "" : circle(across(step), down(value), 3.4, { class: "fill-node" });
    }),
    ...nodes.map((node) => formula(left - 12, at(starts, node) + 4, String(node + 1), { class: "end small soft" })),
    ...signals.flatMap((_, k) =>
      k % 4 === 0 ? [formula(across(k), plot.bottom + 16, String(k), { class: "middle small soft" })] : [],
    ),
    label(right, plot.bottom + 30, "steps", { class: "end small soft" }),
  );
}

/**
 * A line from −1 to 2 with a circle at each eigenvalue; how full it is shows how much of its wave is left after
 * `step` products, |λ|^step. A wave that grows has no room in its circle.
 */
export function drawEigenvalues(eigenvalues: Signal, step: number): string {
  const across = (value: number): number => left + ((right - left) * (value - axis.from)) / (axis.to - axis.from);
  return group(
    {},
    label(left, axis.y + 42, "the eigenvalues; filled: the share of each wave that is left", { class: "small soft" }),
    line(across(axis.from), axis.y, across(axis.to), axis.y, { class: "rule" }),
    ...[-1, 0, 1, 2].flatMap((value) => [
      line(across(value), axis.y - 4, across(value), axis.y + 4, { class: "rule" }),
      formula(across(value), axis.y + 24, printed(value, 0), { class: "middle small soft" }),
    ]),
    ...eigenvalues.map((value, index) => {
      const before = eigenvalues.slice(0, index).filter((other) => Math.abs(other - value) < 1e-6).length;
      const share = Math.abs(value) ** step;
      const [x, y] = [across(value), axis.y - 13 * before];
      const grows = Math.abs(value) > 1 + 1e-9;
      return group(
        {},
        circle(x, y, 6, { class: "box" }),
        circle(x, y, grows ? Math.min(13, 6 * Math.sqrt(share)) : 6 * Math.sqrt(share), {
          class: grows ? "fill-message" : "fill-node",
        }),
      );
    }),
  );
}

const down = (value: number): number => plot.bottom - ((plot.bottom - plot.top) * value) / plot.greatest;

function curve(values: Signal, across: (k: number) => number): string {
  const leaves = values.findIndex((value) => value > plot.greatest);
  const inside = leaves < 0 ? values : values.slice(0, leaves);
  const points = inside.map((value, k): [number, number] => [across(k), down(value)]);
  if (leaves > 0) {
    const [before, after] = [at(values, leaves - 1), at(values, leaves)];
    const k = leaves - 1 + (plot.greatest - before) / (after - before);
    points.push([across(k), plot.top]);
  }
  return through(points);
}

/** Heights moved apart, as little as needed, until neighbours are `gap` units from each other. */
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
