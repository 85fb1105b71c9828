/**
 * Checks masked words in a tiny world: the probabilities from both sides, from the left, and after BERT's random
 * replacements.
 */
import { expect, test } from "vitest";
import { meanLoss } from "../../../content/transformers/models/cross-entropy.ts";
import {
  chosenCount,
  corrupt,
  countFits,
  fitBothSides,
  fitLeft,
  mask,
  predict,
  probabilityOf,
  theSentence,
  tinyWorld,
  vocabulary,
} from "../../../content/transformers/models/masked-words.ts";
import { chance } from "../../../src/figures/chance.ts";

const catAndMouse = [false, true, false, false, true];

test("with two gaps cat has one half and mouse a quarter, a loss of 1.0397 nats", () => {
  const fits = fitBothSides(["the", mask, "ate", "the", mask], catAndMouse);
  const [cat, mouse] = [probabilityOf("cat", 1, fits), probabilityOf("mouse", 4, fits)];
  expect([cat, mouse]).toEqual([0.5, 0.25]);
  expect(meanLoss([cat, mouse])).toBeCloseTo(1.0397, 4);
  expect(meanLoss([1, 1])).toBe(0);
  expect(() => meanLoss([])).toThrow(RangeError);
});

test("from the left the probabilities of the words multiply to that of the sentence, one in eight", () => {
  const probabilities = theSentence.map((word, place) => probabilityOf(word, place, fitLeft(theSentence, place)));
  expect(probabilities.map((p) => Number(p.toFixed(4)))).toEqual([1, 0.375, 0.6667, 1, 0.5]);
  expect(probabilities.reduce((product, p) => product * p)).toBeCloseTo(1 / tinyWorld.length, 12);
});

test("with gaps only the chosen words are predicted, from the left each one, and without gaps each is copied", () => {
  const shown = ["the", mask, "ate", "the", mask];
  const found = (training: Parameters<typeof predict>[0]) =>
    predict(training, shown, catAndMouse).map(({ place, probability }) => [place, Number(probability.toFixed(4))]);
  expect(found("with gaps")).toEqual([
    [1, 0.5],
    [4, 0.25],
  ]);
  expect(found("left to right").map(([, probability]) => probability)).toEqual([1, 0.375, 0.6667, 1, 0.5]);
  expect(found("no gaps").map(([, probability]) => probability)).toEqual([1, 1, 1, 1, 1]);
  expect(predict("with gaps", shown, catAndMouse).map(countFits)).toEqual([
    { all: 4, right: 2 },
    { all: 4, right: 1 },
  ]);
});

test("a shown word that is asked for is believed twelve to one, unless it cannot stand there", () => {
  const withCatAs = (word: string, mouse: string) =>
    probabilityOf(
      "cat",
      1,
      fitBothSides(["the", word, "ate", "the", mouse], [false, true, false, false, mouse === mask]),
    );
  // Weights: one sentence with a dog 12, two with a cat and one with a cow 1 each.
  expect(withCatAs("dog", mask)).toBeCloseTo(2 / 15, 12);
  expect(withCatAs("cat", mask)).toBeCloseTo(24 / 26, 12);
  expect(withCatAs("grass", mask)).toBeCloseTo(2 / 4, 12);
  expect(withCatAs("dog", "mouse")).toBe(1);
});

test("of many chosen words 80 percent are hidden, a tenth becomes any word, a tenth stays", () => {
  const shown = Array.from({ length: 20_000 }, (_, index) => corrupt("cat", chance(2 * index), chance(2 * index + 1)));
  const share = (word: string) => shown.filter((seen) => seen === word).length / shown.length;
  expect(share(mask)).toBeCloseTo(0.8, 1);
  expect(share("cat")).toBeCloseTo(0.1 + 0.1 / vocabulary.length, 2);
  for (const word of vocabulary.filter((other) => other !== "cat")) {
    expect(share(word)).toBeCloseTo(0.1 / vocabulary.length, 2);
  }
});

test("15 percent of the tokens are chosen", () => {
  expect([128, 512].map(chosenCount)).toEqual([19, 77]);
});
