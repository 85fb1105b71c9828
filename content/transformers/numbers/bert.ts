/** Computes the numbers of "BERT": gaps in a tiny world, and the shares of masked tokens. */

import { meanLoss } from "../models/cross-entropy.ts";
import {
  chosenCount,
  fitBothSides,
  fitLeft,
  mask,
  probabilityOf,
  shareMasked,
  shareRandom,
  theSentence,
  tinyWorld,
  vocabulary,
} from "../models/masked-words.ts";

/** Probabilities of both true words if *cat* and *mouse* are chosen and shown as `cat` and `mouse`. */
const bothAsked = (cat: string, mouse: string) => {
  const fits = fitBothSides(["the", cat, "ate", "the", mouse], [false, true, false, false, true]);
  return { cat: probabilityOf("cat", 1, fits), mouse: probabilityOf("mouse", 4, fits) };
};

export const gaps = bothAsked(mask, mask);
export const shownAsDog = bothAsked("dog", mask);

const onlyCat = fitBothSides(["the", mask, "ate", "the", "mouse"], [false, true, false, false, false]);
export const catAlone = probabilityOf("cat", 1, onlyCat);
export const catFromLeft = probabilityOf("cat", 1, fitLeft(theSentence, 1));

/**
 * Probability of both true words: jointly among the sentences that fit, and as a product of two independent
 * predictions.
 */
const fitting = tinyWorld.filter(([, , verb]) => verb === "ate");
export const pair = {
  joint: fitting.filter(([, animal, , , food]) => animal === "cat" && food === "mouse").length / fitting.length,
  product: gaps.cat * gaps.mouse,
};

/** −log p of both gaps, and their mean. */
export const surprise = { cat: meanLoss([gaps.cat]), mouse: meanLoss([gaps.mouse]) };
export const loss = meanLoss([gaps.cat, gaps.mouse]);

export const chosen = { short: chosenCount(128), long: chosenCount(512) };
const share = 0.15;
export const percent = {
  masked: 100 * share * shareMasked,
  random: 100 * share * shareRandom,
  kept: 100 * share * (1 - shareMasked - shareRandom),
};
/** Expected counts among 512 tokens. */
export const expected = { masked: 5.12 * percent.masked, random: 5.12 * percent.random, kept: 5.12 * percent.kept };

export const words = vocabulary.length;
/** Percent of chosen words that are replaced by one particular random word. */
export const drawn = (100 * shareRandom) / vocabulary.length;
