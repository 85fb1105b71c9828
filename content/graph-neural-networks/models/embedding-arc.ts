/** Draws embeddings of length 1 on a quarter circle. */

import { at } from "#figures/at.ts";
import { arrow, circle, formula, group, label, line, path } from "#figures/drawing.ts";
import type { Point } from "#figures/node-link.ts";

type Embedding = readonly [own: number, gathered: number];

const arc = { x: 232, y: 246, radius: 134 } as const;

/**
 * All embeddings have length 1 and nonnegative entries, so they are on a quarter circle; the closer two are, the
 * greater their dot product. `watched` is an index; `possible` are its embeddings for all samples it may read, shown as
 * ticks if there are several.
 */
export function drawArc(embeddings: readonly Embedding[], watched: number, possible: readonly Embedding[]): string {
  const embedding = at(embeddings, watched);
  const onArc = ([right, up]: Embedding, distance: number): Point => ({
    x: arc.x + distance * right,
    y: arc.y - distance * up,
  });
  const spots = spreadAngles(embeddings.map(([right, up]) => Math.atan2(up, right)));
  const tip = onArc(embedding, arc.radius - 6);
  return group(
    {},
    label(arc.x - 8, 40, "embeddings", { class: "strong" }),
    label(arc.x - 8, 58, "of length 1, so on a circle", { class: "small soft" }),
    line(arc.x, arc.y, arc.x + arc.radius + 14, arc.y, { class: "rule" }),
    line(arc.x, arc.y, arc.x, arc.y - arc.radius - 14, { class: "rule" }),
    label(arc.x + arc.radius + 14, arc.y + 17, "own feature", { class: "end small soft" }),
    label(arc.x - 8, arc.y - arc.radius - 24, "neighbours", { class: "small soft" }),
    path(`M${arc.x + arc.radius} ${arc.y}A${arc.radius} ${arc.radius} 0 0 0 ${arc.x} ${arc.y - arc.radius}`, {
      class: "rule",
    }),
    group(
      {},
      ...possible.map((point) => {
        const [inner, outer] = [onArc(point, arc.radius - 15), onArc(point, arc.radius - 6)];
        return possible.length > 1 ? line(inner.x, inner.y, outer.x, outer.y, { class: "stroke-message thick" }) : "";
      }),
    ),
    arrow(arc.x, arc.y, tip.x, tip.y, { class: "stroke-node" }),
    ...embeddings.map((point, node) => {
      const dot = onArc(point, arc.radius);
      const angle = at(spots, node);
      const spot = onArc([Math.cos(angle), Math.sin(angle)], arc.radius + 19);
      const isWatched = node === watched;
      return group(
        {},
        line(dot.x, dot.y, (dot.x + 2 * spot.x) / 3, (dot.y + 2 * spot.y) / 3, { class: "rule" }),
        circle(dot.x, dot.y, isWatched ? 5.5 : 4, { class: isWatched ? "fill-node" : "fill-node-pale stroke-node" }),
        formula(spot.x, spot.y + 5, String(node + 1), { class: isWatched ? "middle ink-node" : "middle soft" }),
      );
    }),
  );
}

/** The angles, spread between the two axes until a number fits at each. */
function spreadAngles(angles: readonly number[]): readonly number[] {
  const gap = 0.125;
  const order = [...angles.keys()].sort((one, other) => at(angles, one) - at(angles, other) || one - other);
  const spread = [...angles];
  let least = 0.04;
  for (const node of order) {
    spread[node] = Math.max(at(angles, node), least);
    least = at(spread, node) + gap;
  }
  let most = Math.PI / 2 - 0.04;
  for (const node of order.reverse()) {
    spread[node] = Math.min(at(spread, node), most);
    most = at(spread, node) - gap;
  }
  return spread;
}
