/** Checks the numbers of the chapter on learned encodings. */
import { expect, test } from "vitest";
import { stretchRows, updatesPerRow } from "../../../content/transformers/models/position-table.ts";

test("texts of 2, 4, 3, 4 and 2 tokens reach four of six rows", () => {
  expect(updatesPerRow([2, 4, 3, 4, 2], 6)).toEqual([5, 5, 3, 2, 0, 0]);
});

test("a text that fills the table reaches its last row, and no row beyond", () => {
  expect(updatesPerRow([6], 6)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(updatesPerRow([], 2)).toEqual([0, 0]);
});

test("three rows stretched to five keep their ends", () => {
  expect(stretchRows([0, 2, 6], 5)).toEqual([0, 1, 2, 4, 6]);
});

test("a table of the same length stays what it is, one row is repeated", () => {
  expect(stretchRows([0, 2, 6], 3)).toEqual([0, 2, 6]);
  expect(stretchRows([4], 3)).toEqual([4, 4, 4]);
  expect(stretchRows([4, 1], 1)).toEqual([4]);
});

test("the seven rows that four trained ones give", () => {
  expect(stretchRows([0, 2, 6, 8], 7)).toEqual([0, 1, 2, 4, 6, 7, 8]);
});
