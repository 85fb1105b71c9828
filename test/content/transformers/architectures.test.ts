/** Checks T5's architectures: which token attends to which, and the scores in the paper's table. */
import { expect, test } from "vitest";
import { architectures, inputs, tokens } from "../../../content/transformers/models/architectures.ts";

const places = Array.from({ length: tokens }, (_, index) => index);
const pairsOf = (row: number) =>
  places.flatMap((reader) => places.filter((read) => architectures[row]?.reads(reader, read) !== "none"));

test("two stacks and a decoder with a prefix read the same pairs; only the stacks cross over", () => {
  expect(pairsOf(0)).toEqual(pairsOf(3));
  const crossing = (row: number) =>
    places.flatMap((reader) => places.filter((read) => architectures[row]?.reads(reader, read) === "cross")).length;
  expect([0, 1, 2, 3, 4].map(crossing)).toEqual([9, 9, 9, 0, 0]);
});

test("a causal decoder reads nothing to the right, and no architecture lets an answer see what comes after it", () => {
  expect(pairsOf(4)).toHaveLength((tokens * (tokens + 1)) / 2);
  for (const { reads } of architectures)
    for (const reader of places.slice(inputs))
      for (const read of places.slice(reader + 1)) expect(reads(reader, read)).toBe("none");
});

test("filling gaps scores higher than predicting the next token, everywhere", () => {
  for (const { scores } of architectures)
    for (const [gaps, nextToken] of scores) expect(gaps).toBeGreaterThan(nextToken);
});
