/** Checks which text a reader is offered to continue with. */
import { expect, test } from "vitest";
import { continuationOf } from "../../../../src/ui/browser/progress/continuation.ts";
import type { TextRecord } from "../../../../src/ui/browser/progress/record.ts";

const record = (at: number, path: string, more: Partial<TextRecord> = {}): TextRecord => ({
  at,
  path,
  title: path.slice(1),
  cloth: "green",
  seconds: 60,
  depth: 50,
  ...more,
});
const next = { id: "tea/milk", path: "/tea/milk", title: "Milk first?" };
const cooling = record(3, "/tea/cooling", { next });
const bread = record(1, "/bread/yeast");
const reading = { "bread/yeast": bread, "tea/cooling": cooling };

test("nothing without a record", () => {
  expect(continuationOf({}, { "tea/cooling": 1 })).toBeUndefined();
});

test("the text that was open last, where it was left; also if it counts as read, but not to its end", () => {
  const expected = { path: "/tea/cooling#page.continue", title: "tea/cooling", cloth: "green" };
  expect(continuationOf(reading, {})).toEqual(expected);
  expect(continuationOf(reading, { "tea/cooling": 3 })).toEqual(expected);
});

test("after a finished text the next one: from its beginning if it was never open", () => {
  const finished = { ...reading, "tea/cooling": { ...cooling, finished: 3 } };
  const done = { "tea/cooling": 3 };
  expect(continuationOf(finished, done)).toEqual({ path: "/tea/milk", title: "Milk first?", cloth: "green" });
  const begun = { ...finished, "tea/milk": record(2, "/tea/milk") };
  expect(continuationOf(begun, done)?.path).toBe("/tea/milk#page.continue");
});

test("if the next one is read, or there is none, what was open before", () => {
  const finished = { ...reading, "tea/cooling": { ...cooling, finished: 3 } };
  expect(continuationOf(finished, { "tea/cooling": 3, "tea/milk": 2 })?.path).toBe("/bread/yeast#page.continue");
  const { next: _, ...last } = { ...cooling, finished: 3 };
  expect(continuationOf({ ...reading, "tea/cooling": last }, { "tea/cooling": 3 })?.title).toBe("bread/yeast");
});

test("on the page of a book, only its chapters, and not the page itself", () => {
  expect(continuationOf(reading, {}, "/bread/")?.title).toBe("bread/yeast");
  expect(continuationOf({ "bread/bread": record(1, "/bread/") }, {}, "/bread/")).toBeUndefined();
  expect(continuationOf({ "bread/bread": record(1, "/bread/") }, {})?.path).toBe("/bread/#page.continue");
  expect(continuationOf(reading, {}, "/bre/")).toBeUndefined();
});
