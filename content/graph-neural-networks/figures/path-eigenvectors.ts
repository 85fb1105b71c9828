/**
 * Draws the eigenvectors of a path's Laplacian with the smallest eigenvalues, one above the other, over the path
 * itself.
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, path, through } from "#figures/drawing.ts";
import { bar } from "#figures/node-link.ts";
import { printedShort } from "#figures/printed-numbers.ts";
import { type Eigenpair, eigenpairs } from "../models/eigenpairs.ts";
import { laplacian, pathGraph } from "../models/graph.ts";

const left = 112;
const right = 302;
const rowHeight = 78;
const unit = 46;

/** `count` rows for a path of `nodeCount` nodes. */
export function figure({ nodeCount = 6, count = 4 }: { nodeCount?: number; count?: number } = {}): string {
  const xs = Array.from({ length: nodeCount }, (_, node) => left + ((right - left) * node) / (nodeCount - 1));
  const pairs = eigenpairs(laplacian(pathGraph(nodeCount))).slice(0, count);
  const bottom = count * rowHeight + 30;
  return drawing(
    400,
    bottom + 36,
    ...pairs.map((pair, row) => drawRow(pair, row, xs)),
    line(left, bottom, right, bottom),
    ...xs.flatMap((x, node) => [
      circle(x, bottom, 5, { class: "fill-node-pale stroke-node" }),
      label(x, bottom + 24, String(node + 1), { class: "middle small soft" }),
    ]),
    label(left - 22, bottom + 4, "the path", { class: "end soft" }),
  );
}

function drawRow({ value, vector }: Eigenpair, row: number, xs: readonly number[]): string {
  const base = rowHeight * (row + 0.5) + 4;
  const tip = (node: number): number => base - unit * at(vector, node);
  const changes = vector.filter((entry, node) => node > 0 && entry * at(vector, node - 1) < 0).length;
  return group(
    {},
    line(left - 14, base, right + 14, base, { class: "rule" }),
    path(wave(row, base, xs), { class: "rule dashed" }),
    ...xs.flatMap((x, node) => [
      bar({ x, y: base }, { x, y: tip(node) }, 3.2, { class: "fill-node" }),
      circle(x, tip(node), 4.4, { class: "fill-node" }),
    ]),
    formula(left - 22, base + 5, `λ_${row + 1} = ${printedShort(value)}`, { class: "end" }),
    formula(right + 24, base - 3, String(changes)),
    label(right + 24, base + 12, changes === 1 ? "sign change" : "sign changes", { class: "small soft" }),
  );
}

/** The cosine that the eigenvector samples at the nodes: √(2/n) cos(πk(i − ½)/n), and 1/√n for k = 0. */
function wave(k: number, base: number, xs: readonly number[]): string {
  const n = xs.length;
  const height = k === 0 ? Math.sqrt(1 / n) : Math.sqrt(2 / n);
  const steps = 60;
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const place = ((n - 1) * step) / steps;
    const x = at(xs, 0) + ((at(xs, n - 1) - at(xs, 0)) * step) / steps;
    return [x, base - unit * height * Math.cos((Math.PI * k * (place + 0.5)) / n)] as const;
  });
  return through(points);
}
