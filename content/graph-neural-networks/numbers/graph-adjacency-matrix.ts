/**
 * Computes the numbers of "The Graph Adjacency Matrix": powers on the paw, storage formats, and the size of large
 * graphs.
 */

import { at } from "#figures/at.ts";
import { transform } from "#figures/matrices.ts";
import { paw } from "../models/graph.ts";
import { adjacencyPower, compressedRows, countTriangles, trace, walksBetween } from "../models/walks.ts";

const values = [1, 2, 3, 4];

export const A = adjacencyPower(paw, 1);
export const A2 = adjacencyPower(paw, 2);
export const A3 = adjacencyPower(paw, 3);
export const A10 = adjacencyPower(paw, 10);

export const Ax = transform(A, values);
/** Values at the neighbours of node 3. */
export const terms = values.filter((_, node) => at(at(A, 2), node) === 1);

/** Terms of the product of row 1 and column 4 in A². */
export const rowTimesColumn = at(A, 0).map((value, t) => value * at(at(A, t), 3));
export const diagonal = { A2: A2.map((row, i) => at(row, i)), A3: A3.map((row, i) => at(row, i)) };
export const closed = trace(A3);
export const triangles = countTriangles(paw);

/** The only walk of length 2 from node 1 to node 4, numbered as in the text. */
export const onlyWalk = at(walksBetween(paw, 0, 3, 2), 0).map((node) => node + 1);

const stored = compressedRows(paw);
export const csr = { pointers: stored.pointers, columns: stored.columns.map((node) => node + 1) };

/** A million nodes and five million edges: one bit per entry, or two 32-bit numbers per edge and direction. */
const large = { nodes: 1e6, edges: 5e6 };
export const storage = {
  denseGigabytes: large.nodes ** 2 / 8 / 1e9,
  listMegabytes: (2 * large.edges * 2 * 4) / 1e6,
};

/** Cora, as counted by Kipf and Welling (ICLR 2017, table 1). */
const cora = { nodes: 2708, edges: 5429 };
export const coraPercent = (100 * 2 * cora.edges) / cora.nodes ** 2;

/** Entries of A that are 1 for seven edges. */
export const sevenEdges = 2 * 7;
