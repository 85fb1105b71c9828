/** Checks that a place in a text is found again after the text was edited. */
import { expect, test } from "vitest";
import { hashOf, indexOfPlace, joinHashes, placeAt, splitHashes } from "../../../../src/ui/browser/progress/hashes.ts";

const text = ["a", "b", "c", "d", "b", "e"];
const found = (edited: readonly string[], index: number) => indexOfPlace(edited, placeAt(text, index));

test("in the same text, every place is itself, of equal blocks too", () => {
  expect(text.map((_, index) => found(text, index))).toEqual([0, 1, 2, 3, 4, 5]);
});

test("an edited block is where its neighbours are, a removed one is followed by the next, a moved one is found", () => {
  expect(found(["a", "b", "new", "d", "b", "e"], 2)).toBe(2);
  expect(found(["a", "b", "d", "b", "e"], 2)).toBe(2);
  expect(found(["c", "a", "b", "d", "b", "e"], 2)).toBe(0);
  expect(found(["a", "x", "y", "b", "c", "d"], 2)).toBe(4);
});

test("nothing is found in another text, or without a place", () => {
  expect(found(["x", "y"], 2)).toBeUndefined();
  expect(found([], 2)).toBeUndefined();
  expect(indexOfPlace(text, [])).toBeUndefined();
  expect(indexOfPlace(text, ["", "", ""])).toBeUndefined();
});

test("hashes are short, and differ by one letter; those of another version are not read", () => {
  expect(hashOf("tea")).toMatch(/^[\da-z]{1,5}$/);
  expect(hashOf("tea")).not.toBe(hashOf("tee"));
  expect(splitHashes(joinHashes(["a", "b"]))).toEqual(["a", "b"]);
  expect(splitHashes("0:a b")).toBeUndefined();
});
