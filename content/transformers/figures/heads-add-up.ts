/** Draws the same layer twice: heads concatenated and projected, and heads that each add to the residual stream. */

import { arrow, circle, drawing, formula, group, label, line, path, rectangle } from "#figures/drawing.ts";

const heads = [1, 2, 3, 4] as const;
const lane = { left: 12, step: 39, width: 32 } as const;
const laneX = (head: number): number => lane.left + (head - 0.5) * lane.step;
const middle = lane.left + (heads.length * lane.step) / 2;
const streamX = 376;
const branchX = 206;

export const figure = (): string => drawing(400, 376, drawJoined(), drawAdded());

/** From bottom to top: X, a lane per head, the concatenated outputs, W_O. */
function drawJoined(): string {
  const [left, width] = [lane.left, heads.length * lane.step];
  return group(
    {},
    label(middle, 18, "join, then project", { class: "middle strong" }),
    label(middle, 54, "output", { class: "middle" }),
    arrow(middle, 98, middle, 66),
    rectangle(left, 98, width, 32, { rx: 4, class: "box" }),
    formula(middle, 119, "W_O", { class: "middle" }),
    arrow(middle, 166, middle, 133),
    ...heads.map((head) =>
      rectangle(left + (head - 1) * lane.step, 166, lane.step, 24, { class: "fill-value-pale stroke-value" }),
    ),
    ...heads.map((head) => arrow(laneX(head), 228, laneX(head), 193, { class: "stroke-value" })),
    ...heads.map((head) =>
      group(
        {},
        rectangle(laneX(head) - lane.width / 2, 228, lane.width, 64, { rx: 4, class: "fill-query-pale stroke-query" }),
        label(laneX(head), 256, "head", { class: "middle small" }),
        label(laneX(head), 273, String(head), { class: "middle" }),
      ),
    ),
    line(laneX(1), 320, laneX(4), 320),
    ...heads.map((head) => arrow(laneX(head), 320, laneX(head), 295)),
    line(middle, 320, middle, 340),
    formula(middle, 361, "X", { class: "middle" }),
  );
}

/** The residual stream goes up; every head reads it at the same point and adds to it through its own rows of W_O. */
function drawAdded(): string {
  const boxes = heads.map((head) => ({ head, y: 272 - (head - 1) * 50 }));
  return group(
    {},
    label(streamX, 18, "each head adds its own", { class: "end strong" }),
    label(streamX + 4, 54, "input + output", { class: "end" }),
    arrow(streamX, 340, streamX, 66),
    path(`M${streamX} 320H${branchX}V${boxes.at(-1)?.y ?? 0}`, { class: "line" }),
    ...boxes.map(({ head, y }) =>
      group(
        {},
        arrow(branchX, y, branchX + 20, y),
        rectangle(branchX + 22, y - 17, 54, 34, { rx: 4, class: "fill-query-pale stroke-query" }),
        label(branchX + 49, y + 4.5, `head ${head}`, { class: "middle small" }),
        line(branchX + 76, y, branchX + 86, y, { class: "stroke-value" }),
        rectangle(branchX + 86, y - 17, 50, 34, { rx: 4, class: "box" }),
        formula(branchX + 111, y + 6, `W_O^{(${head})}`, { class: "middle" }),
        arrow(branchX + 136, y, streamX - 10, y, { class: "stroke-value" }),
        circle(streamX, y, 8, { class: "box" }),
        path(`M${streamX - 4} ${y}H${streamX + 4}M${streamX} ${y - 4}V${y + 4}`, { class: "line" }),
      ),
    ),
    formula(streamX, 361, "X", { class: "middle" }),
  );
}
