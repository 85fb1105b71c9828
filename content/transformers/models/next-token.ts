/** From scores to the next token: temperature, cuts and the draw (Holtzman et al. 2020, sections 3 and 5), and a toy that writes. */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { softmax } from "#figures/softmax.ts";

/** Probabilities of V tokens from their scores, divided by the temperature T > 0. */
export const atTemperature = (scores: readonly number[], temperature: number): readonly number[] =>
  softmax(scores.map((score) => score / temperature));

/** Only the most probable tokens, so many of them, rescaled to sum to 1; the others get 0. */
export function keepTop(probabilities: readonly number[], count: number): readonly number[] {
  const kept = new Set(byProbability(probabilities).slice(0, count));
  return rescale(probabilities.map((probability, token) => (kept.has(token) ? probability : 0)));
}

/** Only the nucleus, rescaled: as few of the most probable tokens as together reach `share`. */
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

/** The token on which a number in [0, 1) falls, if each takes up as much room as its probability. */
export function drawToken(probabilities: readonly number[], chance: number): number {
  let end = 0;
  const token = probabilities.findIndex((probability) => {
    end += probability;
    return chance < end;
  });
  // Rounding may leave a gap below 1.
  return token === -1 ? at(byProbability(probabilities), 0) : token;
}

/** Most probable first; of equals, the first. */
const byProbability = (probabilities: readonly number[]): number[] =>
  probabilities.map((_, token) => token).sort((a, b) => at(probabilities, b) - at(probabilities, a));

function rescale(weights: readonly number[]): readonly number[] {
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

/** A model with three words that looks at the last one only: a row of scores for what may follow each. */
export const toyWords = ["mouse", "cat", "ate"] as const;

export const toyScores: readonly (readonly number[])[] = [
  [0, 1, 2],
  [1, 0, 2],
  [2, 1, 0],
];
