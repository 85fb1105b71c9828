/**
 * Draws ALiBi as a sum of scores and slope times distance; below, the weights that each of eight slopes leaves of equal
 * scores.
 */

import { drawing, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { printed } from "#figures/printed-numbers.ts";
import { biasRow, slopesOf } from "../models/linear-bias.ts";

const cell = 36;
const tokens = 4;
const [scoresLeft, biasLeft, trianglesTop] = [6, 240, 30] as const;
const windows = { left: 8, step: 49, width: 42, top: 240, bottom: 290, reach: 64 } as const;

export const figure = (): string =>
  drawing(
    400,
    338,
    label(scoresLeft + (tokens * cell) / 2, 16, "scores, masked", { class: "middle soft" }),
    drawTriangle(scoresLeft, "key", (i, j) => `q_${i}⋅k_${j}`),
    formula(scoresLeft + tokens * cell + 22, trianglesTop + 2 * cell + 6, "+", { class: "middle" }),
    formula(biasLeft - 34, trianglesTop + 2 * cell + 6, "m_t", { class: "middle ink-position" }),
    formula(biasLeft - 13, trianglesTop + 2 * cell + 6, "⋅", { class: "middle" }),
    label(biasLeft + (tokens * cell) / 2, 16, "minus the distance", { class: "middle soft" }),
    drawTriangle(biasLeft, "position", (i, j) => printed(biasRow(i + 1, 1)[j] ?? 0, 0)),
    ...slopesOf(8).map(drawWindow),
  );

function drawTriangle(left: number, role: "key" | "position", write: (i: number, j: number) => string): string {
  const places = Array.from({ length: tokens }, (_, place) => place);
  return group(
    {},
    ...places.flatMap((i) =>
      places.map((j) => {
        const [x, y] = [left + j * cell, trianglesTop + i * cell];
        if (j > i) return rectangle(x + 1, y + 1, cell - 2, cell - 2, { rx: 3, class: "shade" });
        return group(
          {},
          rectangle(x + 1, y + 1, cell - 2, cell - 2, {
            rx: 3,
            class: `fill-${role}`,
            "fill-opacity": role === "key" ? 0.16 : 0.5 - 0.14 * (i - j),
          }),
          formula(x + cell / 2, y + cell / 2 + 5, write(i, j), { class: role === "key" ? "middle small" : "middle" }),
        );
      }),
    ),
  );
}

/** The factor exp(−slope · distance) over the last 64 keys, with the query on the right. */
function drawWindow(slope: number, head: number): string {
  const { left, step, width, top, bottom, reach } = windows;
  const x = left + head * step;
  const points = Array.from({ length: reach + 1 }, (_, back) => {
    const factor = Math.exp(-slope * back);
    return [x + width * (1 - back / reach), bottom - (bottom - top) * factor] as const;
  });
  const curve = through(points);
  return group(
    {},
    label(x + width / 2, top - 12, `head ${head + 1}`, { class: "middle small soft" }),
    path(`${curve}L${x} ${bottom}H${x + width}Z`, { class: "fill-query", "fill-opacity": 0.3 }),
    path(curve, { class: "stroke-query" }),
    line(x, bottom, x + width, bottom, { class: "rule" }),
    formula(x + width / 2, bottom + 18, `1/${1 / slope}`, { class: "middle small ink-position" }),
    label(x + width / 2, bottom + 36, head === 0 ? "2 keys" : String(1 / slope), { class: "middle small soft" }),
  );
}
