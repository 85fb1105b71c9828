/**
 * Computes the numbers of "T5": span corruption of one sentence and of a full input, and the scores of architectures.
 */

import { architectures } from "../models/architectures.ts";
import { countCorrupted, decoderTarget, encoderInput, longestText } from "../models/span-corruption.ts";
import { t5Largest, t5Parameters } from "../models/t5-sizes.ts";

const usual = { rate: 0.15, mean: 3 };

/** The figure's sentence, with one span removed. */
const words =
  "the cat ate the mouse because it was hungry and then it slept on the warm kitchen floor until the evening".split(
    " ",
  );
const spans = [{ start: 2, length: 3 }];
export const sentence = {
  words: words.length,
  noise: countCorrupted(words.length, usual).noise,
  input: encoderInput(words, spans).length,
  target: decoderTarget(words, spans).length,
};

/** The longest text whose corrupted input has at most 512 tokens. */
const tokens = longestText(512, usual);
const counts = countCorrupted(tokens, usual);
export const full = { tokens, kept: tokens - counts.noise, ...counts };

/** The same share in spans of single words: less text fits, and the target is longer. */
const alone = { rate: 0.15, mean: 1 };
export const single = {
  tokens: longestText(512, alone),
  target: countCorrupted(longestText(512, alone), alone).target,
};

/** A text of 200 tokens. */
export const question = countCorrupted(200, usual);

export const largestBillions = t5Parameters(t5Largest).all / 1e9;

/** GLUE score of each architecture trained to fill gaps. */
export const glue = architectures.map(({ scores: [glue] }) => glue?.[0]);

/** Number of strings for a similarity from 1 to 5 in steps of 0.2. */
export const similarities = (5 - 1) / 0.2 + 1;
