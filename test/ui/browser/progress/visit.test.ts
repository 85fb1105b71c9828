/** Checks when a text counts as read and as finished: by the rule of the statistics, over all visits. */
import { expect, test } from "vitest";
import { countsOf } from "../../../../src/stats/reading-report.ts";
import { addVisit, type Visit } from "../../../../src/ui/browser/progress/visit.ts";

const minutes = 4;
const visit = (seconds: number, depth: number, more: Partial<Visit> = {}): Visit => ({
  at: 1000,
  path: "/tea/cooling",
  title: "Cooling",
  seconds,
  depth,
  blocks: "1:a b",
  minutes,
  hasUnseenChanges: false,
  ...more,
});

test.each([
  [0, 0],
  [119, 100],
  [120, 25],
  [120, 50],
  [120, 75],
  [500, 100],
])("%d seconds and %d per cent count as in the statistics", (seconds, depth) => {
  const now = { seconds, depth: depth as 0 };
  const measures = countsOf({ before: { seconds: 0, depth: 0 }, now }, minutes).map(([measure]) => measure);
  const { record, isRead } = addVisit(undefined, visit(seconds, depth));
  expect(isRead).toBe(measures.includes("read"));
  expect(record.finished !== undefined).toBe(measures.includes("finish"));
});

test("a text may be read in several visits; the end is reached once", () => {
  const first = addVisit(undefined, visit(70, 100));
  expect([first.isRead, first.record.finished]).toEqual([false, undefined]);
  const second = addVisit(first.record, visit(60, 25, { at: 2000 }));
  expect([second.isRead, second.record.finished]).toEqual([true, 2000]);
  expect(second.record).toMatchObject({ seconds: 130, depth: 100, at: 2000 });
  expect(addVisit(second.record, visit(1, 0, { at: 3000 })).record.finished).toBe(2000);
});

test("the blocks are those of the last visit, unless they changed and the reader has not seen it", () => {
  const first = addVisit(undefined, visit(1, 0)).record;
  const changed = { at: 2000, blocks: "1:a c" };
  expect(addVisit(first, visit(1, 0, changed)).record).toMatchObject({ blocks: "1:a c", known: 2000 });
  const unseen = addVisit(first, visit(1, 0, { ...changed, hasUnseenChanges: true })).record;
  expect(unseen).toMatchObject({ blocks: "1:a b", known: 1000, at: 2000 });
});
