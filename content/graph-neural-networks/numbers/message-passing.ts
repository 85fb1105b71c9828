/**
 * Computes the numbers of "Message Passing": one round on the paw with three aggregations, a second with the sum, the
 * growth of a tree, and a narrow bridge.
 */

import { at } from "#figures/at.ts";
import { sum as total } from "#figures/matrices.ts";
import { type Aggregation, aggregate, messagePassingRound, paw, twoTriangles } from "../models/graph.ts";
import { influencesOn } from "../models/influence.ts";
import { mixingMatrix } from "../models/propagation.ts";

const states = [1, 2, 3, 4];

const round = (aggregation: Aggregation) => ({
  arrives: aggregate(paw, states, aggregation),
  next: messagePassingRound(paw, states, aggregation),
});

export const sum = round("sum");
export const mean = round("mean");
export const max = round("max");

export const second = messagePassingRound(paw, sum.next, "sum");
export const readout = { first: total(sum.next), second: total(second) };

/** Nodes within r hops of the root of a full binary tree: 2^(r+1) − 1. */
const within = (r: number): number => 2 ** (r + 1) - 1;
export const tree = { three: within(3), ten: within(10) };

/** Factors of the bound on the influence of each node on node 6 of the two triangles, at the node's index. */
const factors = (weight: number) => influencesOn(twoTriangles(weight), 5).map(({ factor }) => factor);
export const influence = factors(1);
export const bridge = { full: at(factors(1), 0), tenth: at(factors(0.1), 0) };
/** Entries of the matrix along the path 1–3–4–6. */
const mixing = mixingMatrix(twoTriangles(1), "renormalised");
export const path = [at(at(mixing, 2), 0), at(at(mixing, 3), 2), at(at(mixing, 5), 3)];
