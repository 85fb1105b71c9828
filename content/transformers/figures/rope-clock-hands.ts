/**
 * Draws coordinate pairs as clock hands: a row per pair, a column per position, and the rotation between two positions
 * as an arc.
 */

import { arrow, circle, drawing, formula, group, label, line, path, round } from "#figures/drawing.ts";
import { printedShort } from "#figures/printed-numbers.ts";
import { rotate } from "../models/rotation.ts";

const radius = 40;
const columns = [150, 246, 342] as const;
const rowHeight = 104;

export interface ClockHands {
  /** Radians per position of each pair, fastest first. */
  readonly theta: readonly number[];
  readonly names: readonly string[];
  /** Angle of every hand at position 0, in radians. */
  readonly start: number;
}

const shown: ClockHands = { theta: [1, 0.4, 0.1], names: ["fast pair", "middle pair", "slow pair"], start: 0.35 };

export function figure({ theta, names, start }: ClockHands = shown): string {
  return drawing(
    400,
    30 + theta.length * rowHeight,
    ...columns.map((x, position) => label(x, 16, `position ${position}`, { class: "middle soft" })),
    ...theta.map((frequency, pair) =>
      drawRow(30 + pair * rowHeight + rowHeight / 2, frequency, names[pair] ?? "", start),
    ),
  );
}

function drawRow(y: number, frequency: number, name: string, start: number): string {
  const hand = (position: number): readonly [number, number] => {
    const [x = 0, up = 0] = rotate([Math.cos(start), Math.sin(start)], position, [frequency]);
    return [x, up];
  };
  return group(
    {},
    label(6, y - 2, name, {}),
    formula(6, y + 18, `θ = ${printedShort(frequency, 1)}`, { class: "ink-position" }),
    ...columns.map((x, position) => {
      const [right, up] = hand(position);
      const tip = [x + radius * right, y - radius * up] as const;
      const face = circle(x, y, radius + 4, { class: "rule" });
      const now = arrow(x, y, tip[0], tip[1], { class: "stroke-query thick" });
      const pin = circle(x, y, 2.4, { class: "fill-query" });
      if (position === 0) return group({}, face, now, pin);
      const [oldRight, oldUp] = hand(position - 1);
      const inner = radius * 0.74;
      const before = line(x, y, x + (radius - 2) * oldRight, y - (radius - 2) * oldUp, { class: "rule dashed" });
      const from = `${round(x + inner * oldRight)} ${round(y - inner * oldUp)}`;
      const to = `${round(x + inner * right)} ${round(y - inner * up)}`;
      const arc = path(`M${from}A${round(inner)} ${round(inner)} 0 0 0 ${to}`, { class: "stroke-position thick" });
      return group({}, face, before, arc, now, pin);
    }),
  );
}
