/** Checks that a map is drawn for each time when it changes, and which books are on one drawing. */
import { describe, expect, test } from "vitest";
import type { Drawing } from "../../../src/library/objects.ts";
import type { Needs } from "../../../src/library/prerequisites.ts";
import { type MapText, mapStates } from "../../../src/publish/map/map-states.ts";

const text = (path: string, publicAt: string | undefined = "2026-01-01"): MapText => ({
  path,
  book: path.split("/")[1] ?? "",
  isOverview: path.endsWith("/"),
  publicAt,
});

const needsOf = (needs: Readonly<Record<string, string[]>>, texts: readonly MapText[]): Needs =>
  new Map(texts.map(({ path }) => [path, needs[path] ?? []]));

const lineNames = ({ places, lines }: Drawing) =>
  lines.map(([from, to]) => `${places[from]?.[0]} > ${places[to]?.[0]}`).toSorted();
const namesIn = (drawings: readonly Drawing[] = []) =>
  drawings.map(({ places }) => places.map(([path]) => path).toSorted());

const tea = [text("/tea/"), text("/tea/a"), text("/tea/b", "2027-01-01"), text("/tea/c")];
const chain = { "/tea/b": ["/tea/a"], "/tea/c": ["/tea/b"] };

test("a chapter has a place from its publication on; before, a line leads past it", () => {
  const [before = [], after = []] = mapStates(tea, needsOf(chain, tea), undefined);
  expect(namesIn(before)).toEqual([["/tea/", "/tea/a", "/tea/c"]]);
  expect(before.map(lineNames)).toEqual([["/tea/ > /tea/a", "/tea/a > /tea/c"]]);
  expect(namesIn(after)).toEqual([["/tea/", "/tea/a", "/tea/b", "/tea/c"]]);
  expect(after.map(lineNames)).toEqual([["/tea/ > /tea/a", "/tea/a > /tea/b", "/tea/b > /tea/c"]]);
});

test("a draft is in the last state only", () => {
  const texts = [text("/tea/"), text("/tea/a"), { ...text("/tea/b"), publicAt: undefined }];
  expect(mapStates(texts, needsOf({ "/tea/b": ["/tea/a"] }, texts), undefined).map(namesIn)).toEqual([
    [["/tea/", "/tea/a"]],
    [["/tea/", "/tea/a", "/tea/b"]],
  ]);
});

test("only the latest three states are drawn, and of many texts only one", () => {
  const texts = Array.from({ length: 12 }, (_, index) => text(`/tea/${index}`, `20${30 + index}`));
  expect(mapStates(texts, needsOf({ "/tea/1": ["/tea/0"] }, texts), undefined)).toHaveLength(3);
  const many = Array.from({ length: 31 }, (_, index) => text(`/tea/${index}`, `20${30 + index}`));
  expect(mapStates(many, needsOf({ "/tea/1": ["/tea/0"] }, many), undefined)).toHaveLength(1);
});

describe("books", () => {
  const texts = [
    ...["tea", "milk", "salt"].flatMap((book) => [text(`/${book}/`), text(`/${book}/a`)]),
    text("/milk/b"),
  ];
  const needs = needsOf({ "/milk/a": ["/tea/a"], "/milk/b": ["/milk/a"], "/salt/a": ["/salt/"] }, texts);

  test("that build on each other share a drawing; others have their own", () => {
    expect(namesIn(mapStates(texts, needs, undefined)[0])).toEqual([
      ["/milk/", "/milk/a", "/milk/b", "/tea/", "/tea/a"],
      ["/salt/", "/salt/a"],
    ]);
  });

  test("have their own maps, with the chapters of other books that they build on", () => {
    expect(namesIn(mapStates(texts, needs, "milk")[0])).toEqual([["/milk/", "/milk/a", "/milk/b", "/tea/a"]]);
  });
});
