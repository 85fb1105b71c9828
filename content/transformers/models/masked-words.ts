/**
 * Predicts masked words by Bayes' rule in a world of eight sentences (masked language modelling; Devlin et al. 2019,
 * appendix A.1).
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";

/** Words by position; all sentences have the same length. */
export type Sentence = readonly string[];

/** Eight equally likely sentences; the first is the one whose words are masked and predicted. */
export const tinyWorld: readonly Sentence[] = [
  "the cat ate the mouse",
  "the cat ate the fish",
  "the dog ate the bone",
  "the cow ate the grass",
  "the cat chased the mouse",
  "the dog chased the cat",
  "the dog chased the ball",
  "the cow chased the dog",
].map((sentence) => sentence.split(" "));

export const theSentence: Sentence = at(tinyWorld, 0);

export const vocabulary: readonly string[] = [...new Set(tinyWorld.flat())];

export const mask = "[MASK]";

/**
 * Of the chosen words, the share replaced by the mask and the share replaced by a random word; the rest are unchanged.
 */
export const shareMasked = 0.8;
export const shareRandom = 0.1;

/**
 * The word shown for a chosen one. `fate` and `pick` are two random numbers in [0, 1); the random word is drawn from
 * the whole vocabulary, so it may be the true one.
 */
export function corrupt(word: string, fate: number, pick: number): string {
  if (fate < shareMasked) return mask;
  return fate < shareMasked + shareRandom ? at(vocabulary, Math.floor(pick * vocabulary.length)) : word;
}

/**
 * The likelihood of what is shown under each sentence of the world; all are equally likely beforehand, so by Bayes' rule
 * the posterior is proportional to it. Words that were not chosen are true. A chosen word that is shown may be true or
 * random, so its likelihood follows from both shares.
 */
export const fitBothSides = (shown: Sentence, chosen: readonly boolean[]): readonly number[] =>
  tinyWorld.map((sentence) =>
    sentence.reduce((weight, word, place) => {
      const seen = at(shown, place);
      if (!at(chosen, place)) return seen === word ? weight : 0;
      if (seen === mask) return weight;
      const shareKept = 1 - shareMasked - shareRandom;
      return weight * ((seen === word ? shareKept : 0) + shareRandom / vocabulary.length);
    }, 1),
  );

/** 1 for each sentence that begins with the words before `place`, 0 for the others. */
export const fitLeft = (text: Sentence, place: number): readonly number[] =>
  tinyWorld.map((sentence) => (sentence.slice(0, place).every((word, index) => word === text[index]) ? 1 : 0));

/** Probability of a word at a position, given the likelihood of each sentence. */
export function probabilityOf(word: string, place: number, fits: readonly number[]): number {
  return sum(fits.filter((_, index) => at(tinyWorld, index)[place] === word)) / sum(fits);
}

/**
 * Three training setups: chosen words masked, nothing masked with attention to both sides, and each word predicted from
 * those before it.
 */
export const trainings = ["with gaps", "no gaps", "left to right"] as const;
export type Training = (typeof trainings)[number];

export interface Prediction {
  readonly place: number;
  /** Likelihood of what is seen under each sentence of the world. */
  readonly fits: readonly number[];
  /** Probability of the true word. */
  readonly probability: number;
}

const nothingChosen = theSentence.map(() => false);

/** Likelihoods when all of `theSentence` is visible. */
export const fitsInView: readonly number[] = fitBothSides(theSentence, nothingChosen);

/**
 * The predictions for `theSentence`: of the chosen words with gaps, otherwise of every word; without gaps, words are
 * copied.
 */
export function predict(training: Training, shown: Sentence, chosen: readonly boolean[]): readonly Prediction[] {
  return theSentence.flatMap((word, place) => {
    if (training === "no gaps") return [{ place, fits: fitsInView, probability: 1 }];
    if (training === "with gaps" && !at(chosen, place)) return [];
    const fits = training === "left to right" ? fitLeft(theSentence, place) : fitBothSides(shown, chosen);
    return [{ place, fits, probability: probabilityOf(word, place, fits) }];
  });
}

/** Counts the sentences that fit, and those among them with the true word. */
export const countFits = ({ place, fits }: Prediction) => ({
  all: fits.filter((fit) => fit > 0).length,
  right: fits.filter((fit, index) => fit > 0 && at(tinyWorld, index)[place] === theSentence[place]).length,
});

/** Tokens of a text of n that are chosen for prediction: 15 percent, rounded (create_pretraining_data.py). */
export const chosenCount = (n: number): number => Math.round(0.15 * n);
