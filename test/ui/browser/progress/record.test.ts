/** Checks that the browser's record drops what is not valid, and that two records are merged without a loss. */
import { expect, test } from "vitest";
import {
  mergeDone,
  mergeReading,
  parseDone,
  parseReading,
  type TextRecord,
} from "../../../../src/ui/browser/progress/record.ts";

const cooling: TextRecord = {
  at: 1_796_000_000_000,
  path: "/tea/cooling",
  title: "Cooling: when to drink",
  cloth: "green",
  seconds: 90,
  depth: 75,
  finished: 1_795_000_000_000,
  next: { id: "tea/milk", path: "/tea/milk", title: "Milk first?" },
  place: ["1a", "", "zz"],
  blocks: "1:1a 2b",
  known: 1_796_000_000_000,
};

test("a valid record is read as it was written", () => {
  expect(parseReading(JSON.parse(JSON.stringify({ "tea/cooling": cooling })))).toEqual({ "tea/cooling": cooling });
  expect(parseDone({ "tea/cooling": 1_796_000_000_000 })).toEqual({ "tea/cooling": 1_796_000_000_000 });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "tea/cooling"],
  ["a number", 7],
  ["a list", [cooling]],
  ["an identity that would end a selector", { 'tea/x"],*{display:none}': cooling }],
  ["a path as identity", { "/tea/cooling": cooling }],
  ["no record", { "tea/cooling": null }],
  ["another site's URL", { "tea/cooling": { ...cooling, path: "//elsewhere.example/tea" } }],
  ["a script as path", { "tea/cooling": { ...cooling, path: "javascript:alert(1)" } }],
  ["no title", { "tea/cooling": { ...cooling, title: "" } }],
  ["a time that is none", { "tea/cooling": { ...cooling, at: "yesterday" } }],
  ["negative seconds", { "tea/cooling": { ...cooling, seconds: -1 } }],
])("%s is dropped", (_, stored) => {
  expect(parseReading(stored)).toEqual({});
  expect(parseDone(stored)).toEqual({});
});

test("of a record with an invalid detail, the rest is kept", () => {
  const stored = { ...cooling, cloth: "red;", next: { id: "x" }, place: [1], blocks: "<b>", depth: 900, more: 1 };
  const { cloth, next, place, blocks, known, ...rest } = cooling;
  expect(parseReading({ "tea/cooling": stored })).toEqual({ "tea/cooling": { ...rest, depth: 100 } });
});

test("of two records, the later visit counts, with the progress of both; merging twice changes nothing", () => {
  const earlier = { ...cooling, at: cooling.at - 1, seconds: 200, depth: 100, title: "Cooling", place: ["9"] };
  const one = { "tea/cooling": cooling };
  const other = { "tea/cooling": earlier, "tea/milk": cooling };
  const merged = mergeReading(one, other);
  expect(merged).toEqual({ "tea/cooling": { ...cooling, seconds: 200, depth: 100 }, "tea/milk": cooling });
  expect(mergeReading(other, one)).toEqual(merged);
  expect(mergeReading(merged, other)).toEqual(merged);
});

test("what only the earlier record has is not lost", () => {
  const { finished, ...unfinished } = cooling;
  const earlier = { ...cooling, at: cooling.at - 1 };
  expect(mergeReading({ a: unfinished }, { a: earlier }).a?.finished).toBe(finished);
});

test("a text was read when it was first read", () => {
  expect(mergeDone({ a: 2, b: 5 }, { a: 1, c: 3 })).toEqual({ a: 1, b: 5, c: 3 });
});
