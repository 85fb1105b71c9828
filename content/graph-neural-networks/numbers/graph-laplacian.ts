/** Computes the numbers of "The Graph Laplacian": roughness on the paw, and eigenvalues of small graphs. */

import { at } from "#figures/at.ts";
import { sum, transform } from "#figures/matrices.ts";
import { eigenpairs } from "../models/eigenpairs.ts";
import {
  type Graph,
  laplacian,
  normalisedLaplacian,
  pathGraph,
  paw,
  roughness,
  squaredDifferences,
  twoTriangles,
} from "../models/graph.ts";

const values = (matrix: readonly (readonly number[])[]): number[] => eigenpairs(matrix).map(({ value }) => value);

const rising = [1, 2, 3, 4];
const shuffled = [2, 4, 1, 3];
const mean = sum(rising) / 4;

/** Mean and variance of the readings, which do not depend on their order. */
export const readings = { mean, variance: sum(rising.map((value) => (value - mean) ** 2)) / 4 };

export const L = laplacian(paw);
export const Lx = transform(L, rising);
/** Terms of the third row of Lx, and of xᵀLx. */
export const thirdRow = at(L, 2).map((weight, node) => weight * at(rising, node));
export const terms = rising.map((value, node) => value * at(Lx, node));
export const squares = { rising: squaredDifferences(paw, rising), shuffled: squaredDifferences(paw, shuffled) };
export const rough = {
  rising: roughness(paw, rising),
  shuffled: roughness(paw, shuffled),
  step: roughness(paw, [1, 1, 1, 0]),
};

const separate: Graph = {
  nodeCount: 5,
  edges: [
    [0, 1],
    [0, 2],
    [1, 2],
    [3, 4],
  ],
};
const cycle: Graph = {
  nodeCount: 4,
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ],
};

export const spectrum = {
  paw: values(laplacian(paw)),
  separate: values(laplacian(separate)),
  joined: values(laplacian(twoTriangles(1))),
  pawNormalised: values(normalisedLaplacian(paw)),
  cycleNormalised: values(normalisedLaplacian(cycle)),
  path: values(laplacian(pathGraph(6))).slice(0, 4),
};

/** The Fiedler vector, whose signs separate the two triangles. */
export const fiedler = at(eigenpairs(laplacian(twoTriangles(1))), 1).vector;

/** Kirchhoff's theorem: the product of all eigenvalues except the first, divided by n. */
export const spanningTrees = spectrum.paw.slice(1).reduce((product, value) => product * value, 1) / 4;
