/**
 * Computes the numbers of "GraphSAGE": embeddings on the paw, a new node, samples of two neighbours, and the number of
 * nodes read.
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { type Graph, neighbours, paw } from "../models/graph.ts";
import {
  combineSample,
  embed,
  nodesNeeded,
  nodesRead,
  pawWithNewcomer,
  samplesOf,
} from "../models/neighbour-samples.ts";

const x = [1, 2, 3, 4, 5];

const meanAt = (graph: Graph, node: number): number => combineSample(x, neighbours(graph, node), "mean");
const embedAt = (graph: Graph, node: number) => embed(at(x, node), meanAt(graph, node));

export const means = [0, 1, 2, 3].map((node) => meanAt(paw, node));
export const embeddings = [0, 1, 2, 3].map((node) => embedAt(paw, node));

const grown = pawWithNewcomer([2]);
export const newcomer = embedAt(grown, 4);
export const moved = embedAt(grown, 2);

/** Embeddings of node 3 for every sample of two neighbours. */
const sampled = (graph: Graph, by: "mean" | "max") => {
  const all = samplesOf(neighbours(graph, 2), 2).map((sample) => combineSample(x, sample, by));
  return { all, average: sum(all) / all.length };
};
export const sampledMean = sampled(paw, "mean");
export const sampledMax = sampled(paw, "max");

/** The figure's first state: node 3 reads the first two of its four neighbours. */
export const sampledWithNewcomer = sampled(grown, "mean");
export const watched = embed(at(x, 2), at(sampledWithNewcomer.all, 0));

export const read = {
  sampled: nodesNeeded([25, 10]),
  reused: nodesRead([10, 25]),
  all: nodesRead([100, 100]),
  three: nodesNeeded([5, 5, 5]),
  threeReused: nodesRead([5, 5, 5]),
};
