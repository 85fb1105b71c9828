/** Checks over-squashing: the bound on influence between two triangles, and that it decreases with a narrow bridge. */

import { expect, test } from "vitest";
import { pathGraph, twoTriangles } from "../../../content/graph-neural-networks/models/graph.ts";
import { influencesOn } from "../../../content/graph-neural-networks/models/influence.ts";
import { at } from "../../../src/figures/at.ts";

const factor = (weight: number): number => at(influencesOn(twoTriangles(weight), 5), 0).factor;

test("between the triangles it is w / (3 (3 + w)²), whatever the weight of the bridge", () => {
  for (const w of [1, 0.5, 0.1, 0.05]) expect(factor(w)).toBeCloseTo(w / (3 * (3 + w) ** 2), 12);
  expect([factor(1).toFixed(4), factor(0.1).toFixed(4)]).toEqual(["0.0208", "0.0035"]);
});

test("distances and factors of all nodes, the receiver's own among them", () => {
  const found = influencesOn(twoTriangles(1), 5);
  expect(found.map(({ hops }) => hops)).toEqual([3, 3, 2, 1, 1, 0]);
  expect(found.map(({ factor: value }) => Number(value.toFixed(4)))).toEqual([
    0.0208, 0.0208, 0.0722, 0.2887, 0.3333, 1,
  ]);
});

test("without a bridge nothing comes through, and nothing within the triangle changes by more than the bridge's share", () => {
  const apart = influencesOn(twoTriangles(0), 5);
  expect(apart.slice(0, 3)).toEqual(Array(3).fill({ hops: undefined, factor: 0 }));
  expect(at(apart, 3).factor).toBeCloseTo(1 / 3, 12);
});

test("along a path the factor falls with every hop", () => {
  const factors = influencesOn(pathGraph(6), 0).map(({ factor: value }) => value);
  expect(factors).toEqual([...factors].sort((one, other) => other - one));
  expect(at(factors, 5)).toBeLessThan(0.01);
});
