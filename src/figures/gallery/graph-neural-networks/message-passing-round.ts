/** One round of message passing at one node of the paw: send, gather, rewrite. */

import { at } from "../../at.ts";
import { arrow, circle, drawing, formula, label, path, printed, rectangle } from "../../drawing.ts";
import {
  type Aggregation,
  aggregate,
  neighbours,
  paw,
  messagePassingRound as rewrite,
  type Signal,
} from "../../graph.ts";
import { between, nodeDisc } from "../../node-link.ts";

const radius = 18;
const gather = { x: 182, y: 126 };
const update = { x: 290, y: 126 };
const next = { x: 372, y: 126 };

const signs: Readonly<Record<Aggregation, string>> = { sum: "+", mean: "mean", max: "max" };

/** `node` counts from 0; the picture has room for three neighbours. */
export function figure({
  node = 2,
  states = [1, 2, 3, 4],
  aggregation = "sum",
}: {
  node?: number;
  states?: Signal;
  aggregation?: Aggregation;
} = {}): string {
  const senders = neighbours(paw, node).map((sender, row, all) => ({
    sender,
    x: 62,
    y: gather.y + (row - (all.length - 1) / 2) * 74,
  }));
  const own = { x: gather.x, y: 248 };
  const number = (value: number): string => printed(value, Number.isInteger(value) ? 0 : 2);
  return drawing(
    400,
    292,
    label(62, 18, "send", { class: "middle soft" }),
    label(gather.x, 18, "gather", { class: "middle soft" }),
    label(update.x, 18, "rewrite", { class: "middle soft" }),
    ...senders.flatMap(({ sender, x, y }) => {
      const [start, end] = between({ x, y }, gather, radius, 3);
      return [
        arrow(start.x, start.y, end.x, end.y, { class: "stroke-message" }),
        nodeDisc({ x, y }, number(at(states, sender)), { radius }),
        label(x - radius - 8, y + 4, `node ${sender + 1}`, { class: "end small soft" }),
      ];
    }),
    circle(gather.x, gather.y, radius, { class: "fill-message-pale stroke-message" }),
    formula(gather.x, gather.y + 5.5, signs[aggregation], { class: "middle" }),
    arrow(gather.x + radius + 3, gather.y, update.x - 25, gather.y, { class: "stroke-message" }),
    formula(234, gather.y - 10, `m = ${number(at(aggregate(paw, states, aggregation), node))}`, {
      class: "middle ink-message",
    }),
    nodeDisc(own, number(at(states, node)), { radius }),
    label(own.x - radius - 8, own.y + 4, `node ${node + 1} before`, { class: "end small soft" }),
    path(`M${own.x + radius + 3} ${own.y}H${update.x - 20}Q${update.x} ${own.y} ${update.x} ${own.y - 20}V170`, {
      class: "stroke-node",
    }),
    arrow(update.x, 176, update.x, update.y + 25, { class: "stroke-node" }),
    rectangle(update.x - 22, update.y - 22, 44, 44, { class: "box", rx: 3 }),
    formula(update.x, update.y + 5.5, "U", { class: "middle" }),
    arrow(update.x + 25, update.y, next.x - radius - 3, update.y, { class: "stroke-node" }),
    nodeDisc(next, number(at(rewrite(paw, states, aggregation), node)), { radius, tone: "solid" }),
    label(next.x, next.y + radius + 18, `node ${node + 1}`, { class: "middle small soft" }),
    label(next.x, next.y + radius + 32, "after", { class: "middle small soft" }),
  );
}
