/**
 * Decodes the next token from scores: temperature, truncation and sampling (Holtzman et al. 2020, sections 3 and 5),
 * with a toy model.
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { softmax } from "#figures/softmax.ts";

/** Probabilities of V tokens from their scores, divided by the temperature T > 0. */
export const atTemperature = (scores: readonly number[], temperature: number): readonly number[] =>
  softmax(scores.map((score) => score / temperature));

/** Top-k truncation: keeps the `count` most probable tokens and rescales them to sum to 1; the others get 0. */
export function keepTop(probabilities: readonly number[], count: number): readonly number[] {
  const kept = new Set(byProbability(probabilities).slice(0, count));
  return rescale(probabilities.map((probability, token) => (kept.has(token) ? probability : 0)));
}

/** Nucleus (top-p) truncation: keeps the fewest most probable tokens that together reach `share`, rescaled. */
export function keepNucleus(probabilities: readonly number[], share: number): readonly number[] {
  let sum = 0;
  let count = 0;
  for (const token of byProbability(probabilities)) {
    if (sum >= share) break;
    sum += at(probabilities, token);
    count++;
  }
  return keepTop(probabilities, count);
}

/** Samples a token from a number in [0, 1), by its place in the cumulative probabilities. */
export function drawToken(probabilities: readonly number[], chance: number): number {
  let end = 0;
  const token = probabilities.findIndex((probability) => {
    end += probability;
    return chance < end;
  });
  // Rounding may leave a gap below 1.
  return token === -1 ? at(byProbability(probabilities), 0) : token;
}

/** Indices, most probable first; ties keep their order. */
const byProbability = (probabilities: readonly number[]): number[] =>
  probabilities.map((_, token) => token).sort((a, b) => at(probabilities, b) - at(probabilities, a));

function rescale(weights: readonly number[]): readonly number[] {
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

/** A model of three words that looks only at the last word: each row has the scores of the next word. */
export const toyWords = ["mouse", "cat", "ate"] as const;

export const toyScores: readonly (readonly number[])[] = [
  [0, 1, 2],
  [1, 0, 2],
  [2, 1, 0],
];
