/** Numbers of "Message Passing": one round on the paw with three aggregations, a second with the sum, and a tree that grows. */

import { sum as total } from "#figures/matrices.ts";
import { type Aggregation, aggregate, messagePassingRound, paw } from "../models/graph.ts";

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
export const tree = { one: within(1), two: within(2), three: within(3), ten: within(10) };
