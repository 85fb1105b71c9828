/**
 * Draws the cover of the graph neural networks book: a node and the rings of its neighbourhood, each a tree level
 * further out.
 */

import { circle, element, group } from "#figures/drawing.ts";
import type { Point } from "#figures/node-link.ts";

const centre: Point = { x: 150, y: 277 };

/**
 * From the centre outwards: number of nodes, distance from the centre, diameter of a node, thickness of the branches to
 * it.
 */
const rings = [
  { count: 1, distance: 0, disc: 15, branch: 0 },
  { count: 6, distance: 33, disc: 10, branch: 1.8 },
  { count: 12, distance: 64, disc: 7.4, branch: 1.3 },
  { count: 24, distance: 94, disc: 5.4, branch: 0.95 },
  { count: 48, distance: 121, disc: 3.9, branch: 0.7 },
] as const;

type Ring = (typeof rings)[number];

/** 300 × 420 units, in `currentColor`; the upper third is left to the title. */
export const cover = (): string =>
  element(
    "svg",
    { viewBox: "0 0 300 420", xmlns: "http://www.w3.org/2000/svg", "aria-hidden": "true" },
    group(
      { fill: "none", stroke: "currentColor", "stroke-linecap": "round" },
      ...rings
        .slice(1)
        .map(({ distance }) => circle(centre.x, centre.y, distance, { "stroke-width": 0.6, opacity: 0.4 })),
      ...rings.slice(1).map((ring) => element("path", { d: branches(ring), "stroke-width": ring.branch })),
      ...rings.map((ring) => element("path", { d: discs(ring), "stroke-width": ring.disc })),
    ),
  );

/** A curve from every node of a ring to its parent, radial at both ends. */
const branches = (ring: Ring): string => {
  const inner = rings[rings.indexOf(ring) - 1] ?? rings[0];
  const bend = inner.distance + (ring.distance - inner.distance) * 0.55;
  return nodesOf(ring)
    .map((node) => {
      const to = place(ring, node, ring.distance);
      if (inner.count === 1) return `M${pair(centre)}L${pair(to)}`;
      const parent = Math.floor(node / 2);
      const [from, leave] = [place(inner, parent, inner.distance), place(inner, parent, bend)];
      return `M${pair(from)}C${pair(leave)} ${pair(place(ring, node, bend))} ${pair(to)}`;
    })
    .join("");
};

/** Zero-length lines with round caps: the shortest notation for many equal discs. */
const discs = (ring: Ring): string =>
  nodesOf(ring)
    .map((node) => `M${pair(place(ring, node, ring.distance))}h0`)
    .join("");

const nodesOf = ({ count }: Ring): number[] => Array.from({ length: count }, (_, node) => node);

/** A point on the radius of a node; nodes are spaced evenly and mirrored left to right. */
const place = ({ count }: Ring, node: number, distance: number): Point => {
  const angle = (2 * Math.PI * (node + 0.5)) / count - Math.PI / 2;
  return { x: centre.x + distance * Math.cos(angle), y: centre.y + distance * Math.sin(angle) };
};

const pair = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
