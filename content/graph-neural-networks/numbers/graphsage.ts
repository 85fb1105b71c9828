/** Numbers of "GraphSAGE": embeddings on the paw, a node that joins it, samples of two neighbours, and how many nodes are read. */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { type Graph, neighbours, paw } from "../models/graph.ts";
import { combineSample, embed, nodesRead, pawWithNewcomer, samplesOf } from "../models/neighbour-samples.ts";

const x = [1, 2, 3, 4, 5];

const meanAt = (graph: Graph, node: number): number => combineSample(x, neighbours(graph, node), "mean");
const embedAt = (graph: Graph, node: number) => embed(at(x, node), meanAt(graph, node));

export const means = [0, 1, 2, 3].map((node) => meanAt(paw, node));
export const embeddings = [0, 1, 2, 3].map((node) => embedAt(paw, node));

const grown = pawWithNewcomer([2]);
export const newcomer = embedAt(grown, 4);
export const moved = embedAt(grown, 2);

/** Two of the three neighbours of node 3, all three ways. */
const sampled = (by: "mean" | "max") => {
  const all = samplesOf(neighbours(paw, 2), 2).map((sample) => combineSample(x, sample, by));
  return { all, average: sum(all) / all.length };
};
export const sampledMean = sampled("mean");
export const sampledMax = sampled("max");

export const read = { sampled: nodesRead([10, 25]), all: nodesRead([100, 100]), three: nodesRead([5, 5, 5]) };
