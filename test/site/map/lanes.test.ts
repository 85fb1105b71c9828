/** Checks the lanes beside a list of chapters: no two lines share a lane in one row. */
import { expect, test } from "vitest";
import { laneRows } from "../../../src/site/map/lanes.ts";

const rowsOf = (...texts: readonly string[]) => {
  const parsed = texts.map((text) => text.split(":"));
  const needs = new Map(parsed.map(([path = "", own = ""]) => [path, own.split(",").filter(Boolean)]));
  return laneRows([...needs.keys()], needs);
};

test("a chain needs one lane", () => {
  expect(rowsOf("a", "b:a", "c:b")).toEqual([
    { lane: 0, passing: [], arriving: [], leadsOn: true },
    { lane: 0, passing: [], arriving: [0], leadsOn: true },
    { lane: 0, passing: [], arriving: [0], leadsOn: false },
  ]);
});

test("a line to a later text passes those between in its own lane", () => {
  expect(rowsOf("a", "b", "c:a,b")).toEqual([
    { lane: 0, passing: [], arriving: [], leadsOn: true },
    { lane: 1, passing: [0], arriving: [], leadsOn: true },
    { lane: 0, passing: [], arriving: [0, 1], leadsOn: false },
  ]);
});

test("a text that nothing connects has its own lane while a line passes it", () => {
  expect(rowsOf("a", "b", "c:a")[1]).toEqual({ lane: 1, passing: [0], arriving: [], leadsOn: false });
});

test("a text before its prerequisite has no line to it", () => {
  expect(rowsOf("a:b", "b").map(({ arriving, leadsOn }) => [arriving, leadsOn])).toEqual([
    [[], false],
    [[], false],
  ]);
});

test("in a large library, every row has each lane once", () => {
  const texts = Array.from({ length: 80 }, (_, index) =>
    index < 3 ? `t${index}` : `t${index}:t${Math.floor(index / 2)},t${(index * 7) % index}`,
  );
  for (const { lane, passing } of rowsOf(...texts)) expect(new Set([lane, ...passing]).size).toBe(passing.length + 1);
});
