/** Checks the numbers of the chapter on T5: the lengths of input and target after span corruption. */
import { expect, test } from "vitest";
import {
  type Corruption,
  countCorrupted,
  decoderTarget,
  drawSpans,
  encoderInput,
  longestText,
  type Token,
} from "../../../content/transformers/models/span-corruption.ts";
import { t5Base, t5Largest, t5Parameters } from "../../../content/transformers/models/t5-sizes.ts";
import { chance } from "../../../src/figures/chance.ts";

const usual: Corruption = { rate: 0.15, mean: 3 };
const words = "the cat ate the mouse because it was hungry".split(" ");

const written = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => (token.kind === "word" ? token.word : token.kind === "sentinel" ? `<${token.number}>` : "|"))
    .join(" ");

test("an input of 512 tokens has room for 568, of which 85 are taken out in 28 spans and 114 written", () => {
  expect(longestText(512, usual)).toBe(568);
  expect(countCorrupted(568, usual)).toEqual({ noise: 85, spans: 28, input: 512, target: 114 });
  expect(countCorrupted(569, usual).input).toBe(513);
});

test("of 21 words 3 are taken out in one span, of 200 tokens 30 in 10", () => {
  expect(countCorrupted(21, usual)).toEqual({ noise: 3, spans: 1, input: 20, target: 5 });
  expect(countCorrupted(200, usual)).toMatchObject({ noise: 30, spans: 10 });
});

test("halves are rounded to the even neighbour, as the reference code does", () => {
  expect(countCorrupted(21, { rate: 0.5, mean: 1 })).toMatchObject({ noise: 10, spans: 10 });
  expect(countCorrupted(23, { rate: 0.5, mean: 1 })).toMatchObject({ noise: 12, spans: 12 });
  expect(countCorrupted(10, { rate: 0.5, mean: 2 })).toMatchObject({ noise: 5, spans: 2 });
});

test("what is read and what is written, put together again, are the text", () => {
  const spans = [
    { start: 2, length: 3 },
    { start: 7, length: 1 },
  ];
  expect(written(encoderInput(words, spans))).toBe("the cat <1> because it <2> hungry |");
  expect(written(decoderTarget(words, spans))).toBe("<1> ate the mouse <2> was |");
});

test("drawn spans have the counts of the rule, stay apart, and leave the first word", () => {
  for (const rate of [0.1, 0.15, 0.25, 0.5]) {
    for (const mean of [1, 2, 3, 5, 10]) {
      for (let seed = 0; seed < 40; seed++) {
        let thrown = 0;
        const spans = drawSpans(21, { rate, mean }, () => chance(1000 * seed + thrown++));
        const counts = countCorrupted(21, { rate, mean });
        expect(spans).toHaveLength(counts.spans);
        expect(spans.reduce((sum, { length }) => sum + length, 0)).toBe(counts.noise);
        let end = 0;
        for (const { start, length } of spans) {
          expect(start).toBeGreaterThan(end);
          expect(length).toBeGreaterThan(0);
          end = start + length;
        }
        expect(end).toBeLessThanOrEqual(21);
      }
    }
  }
});

test("every place for one span of three is drawn about equally often", () => {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < 1800; seed++) {
    const start = drawSpans(21, usual, () => chance(seed))[0]?.start ?? 0;
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, place) => place + 1));
  expect(Math.min(...counts.values())).toBeGreaterThan(60);
});

test("T5-base has 222.9 million parameters, the largest 11.3 billion", () => {
  expect(t5Parameters(t5Base)).toEqual({
    embeddings: 24_674_304,
    encoderLayer: 7_079_424,
    decoderLayer: 9_439_488,
    positions: 768,
    lastNorms: 1536,
    all: 222_903_552,
  });
  expect(t5Parameters(t5Largest).all).toBe(11_307_321_344);
});
