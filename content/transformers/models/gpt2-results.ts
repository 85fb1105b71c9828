/** Lists GPT-2's zero-shot perplexity by model size (Radford et al. 2019, table 3) and fits a log-log line. */

import { sum } from "#figures/matrices.ts";
import { gpt2Large, gpt2Medium, gpt2Small, gpt2Xl, gptParameters } from "./model-sizes.ts";

export interface Dataset {
  readonly name: string;
  /** Perplexity per word, one for each of `gpt2Sizes`. */
  readonly perplexities: readonly number[];
  /** Perplexity of the best published model trained on this dataset, as the paper reports it. */
  readonly best: number;
}

/** Parameters of four models with the same architecture and training text. */
export const gpt2Sizes: readonly number[] = [gpt2Small, gpt2Medium, gpt2Large, gpt2Xl].map(gptParameters);

export const datasets: readonly Dataset[] = [
  { name: "WikiText-103", perplexities: [37.5, 26.37, 22.05, 17.48], best: 18.3 },
  { name: "Penn Treebank", perplexities: [65.85, 47.33, 40.31, 35.76], best: 46.54 },
  { name: "LAMBADA", perplexities: [35.13, 15.6, 10.87, 8.63], best: 99.8 },
  { name: "One Billion Words", perplexities: [75.2, 55.72, 44.575, 42.16], best: 21.8 },
];

/** The factor by which ten times the parameters multiply the perplexity: least squares on both logarithms. */
export function factorPerTen({ perplexities }: Dataset): number {
  const xs = gpt2Sizes.map(Math.log10);
  const ys = perplexities.map(Math.log10);
  const [meanX, meanY] = [sum(xs) / xs.length, sum(ys) / ys.length];
  const together = sum(xs.map((x, index) => (x - meanX) * ((ys[index] ?? 0) - meanY)));
  return 10 ** (together / sum(xs.map((x) => (x - meanX) ** 2)));
}

/**
 * Loss in nats per token for a number of non-embedding parameters, if text and training suffice (Kaplan et al. 2020,
 * equation 1.1).
 */
export const lossByWeights = (weights: number): number => (8.8e13 / weights) ** 0.076;
