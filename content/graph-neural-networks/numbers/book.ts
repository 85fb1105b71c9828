/**
 * Computes the numbers of the overview of graph neural networks: a signal from node 1 of the paw, and the same round
 * after renumbering.
 */

import { sum } from "#figures/matrices.ts";
import { aggregate, paw, permuted, renumbered } from "../models/graph.ts";

/** The signal after 0 to 3 rounds of summing the neighbours. */
const start = [1, 0, 0, 0];
const first = aggregate(paw, start, "sum");
const second = aggregate(paw, first, "sum");
export const rounds = { start, first, second, third: aggregate(paw, second, "sum") };

const values = [1, 2, 3, 4];
/** 1 → 3, 2 → 1, 3 → 4, 4 → 2. */
const numbering = [2, 0, 3, 1];
export const sums = aggregate(paw, values, "sum");
export const renumberedSums = aggregate(renumbered(paw, numbering), permuted(values, numbering), "sum");
export const total = sum(sums);
