/** Hidden words, and what a reader who has counted every sentence of a tiny world makes of them (Devlin et al. 2019, appendix A.1). */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";

/** Words by place; all sentences are equally long. */
export type Sentence = readonly string[];

/** Eight sentences, all equally likely; the first is the one that is hidden and guessed. */
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

/** Of the chosen words: how many become the mask, and how many a random word; the rest stay. */
export const shareMasked = 0.8;
export const shareRandom = 0.1;

/**
 * What a chosen word is shown as. `fate` and `pick` are two numbers in [0, 1), thrown for it; the random word
 * comes from the whole vocabulary, so it may be the true one.
 */
export function corrupt(word: string, fate: number, pick: number): string {
  if (fate < shareMasked) return mask;
  return fate < shareMasked + shareRandom ? at(vocabulary, Math.floor(pick * vocabulary.length)) : word;
}

/**
 * How well each sentence of the world fits what is shown, one number per sentence, by Bayes' rule. Words that
 * were not chosen are true. A chosen word that is shown may be true or random: it speaks for itself as
 * strongly as the shares of both say.
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

/** The probability of a word at a place, given how well each sentence fits. */
export function probabilityOf(word: string, place: number, fits: readonly number[]): number {
  return sum(fits.filter((_, index) => at(tinyWorld, index)[place] === word)) / sum(fits);
}

/** Three ways to train: chosen words hidden, nothing hidden and read to both sides, each word from those before it. */
export const trainings = ["with gaps", "no gaps", "left to right"] as const;
export type Training = (typeof trainings)[number];

export interface Prediction {
  readonly place: number;
  /** How well each sentence of the world fits what is seen. */
  readonly fits: readonly number[];
  /** Of the true word. */
  readonly probability: number;
}

const nothingChosen = theSentence.map(() => false);

/** How well each sentence of the world fits `theSentence` in full view. */
export const fitsInView: readonly number[] = fitBothSides(theSentence, nothingChosen);

/** What is predicted of `theSentence`: the chosen words with gaps, else every word; without gaps it is copied. */
export function predict(training: Training, shown: Sentence, chosen: readonly boolean[]): readonly Prediction[] {
  return theSentence.flatMap((word, place) => {
    if (training === "no gaps") return [{ place, fits: fitsInView, probability: 1 }];
    if (training === "with gaps" && !at(chosen, place)) return [];
    const fits = training === "left to right" ? fitLeft(theSentence, place) : fitBothSides(shown, chosen);
    return [{ place, fits, probability: probabilityOf(word, place, fits) }];
  });
}

/** Sentences of the world that fit, and those among them that have the true word. */
export const countFits = ({ place, fits }: Prediction) => ({
  all: fits.filter((fit) => fit > 0).length,
  right: fits.filter((fit, index) => fit > 0 && at(tinyWorld, index)[place] === theSentence[place]).length,
});

/** How many tokens of a text of n are chosen to be predicted: 15 percent, rounded (create_pretraining_data.py). */
export const chosenCount = (n: number): number => Math.round(0.15 * n);
