/** Checks what is to be read before a text, what builds on it, and the way to it. */
import { describe, expect, test } from "vitest";
import { type Needs, neededBy, needsAmong, wayTo, withoutImplied } from "../../src/library/prerequisites.ts";

/** `tea: leaves water, leaves:` */
const needsOf = (lines: string): Needs =>
  new Map(
    lines.split(", ").map((line) => {
      const [path = "", needs = ""] = line.split(":");
      return [path, needs.split(" ").filter(Boolean)];
    }),
  );

/** Two roots; the last chapter builds on everything, and names it all. */
const kitchen = needsOf(
  "leaves:, water:, heat:water, cooling:heat water, brewing:leaves cooling heat, tasting:brewing leaves",
);

test("a drawing shows no prerequisite that another prerequisite needs", () => {
  expect(withoutImplied(kitchen)).toEqual(
    needsOf("leaves:, water:, heat:water, cooling:heat, brewing:leaves cooling, tasting:brewing"),
  );
});

test("what builds on a text is what needs it directly, and not through something else", () => {
  expect(neededBy(kitchen, "water")).toEqual(["heat"]);
  expect(neededBy(kitchen, "heat")).toEqual(["cooling"]);
  expect(neededBy(kitchen, "leaves")).toEqual(["brewing"]);
  expect(neededBy(kitchen, "tasting")).toEqual([]);
});

describe("the way to a text", () => {
  test("has everything before it in reading order, and ends with it", () => {
    expect(wayTo(kitchen, "brewing")).toEqual(["leaves", "water", "heat", "cooling", "brewing"]);
    expect(wayTo(kitchen, "cooling")).toEqual(["water", "heat", "cooling"]);
    expect(wayTo(kitchen, "leaves")).toEqual(["leaves"]);
  });

  test("leaves reading order where the author placed a chapter before its prerequisite", () => {
    expect(wayTo(needsOf("a:c, b:, c:b, d:a"), "d")).toEqual(["b", "c", "a", "d"]);
  });

  test("of sixty chapters in a chain has them all", () => {
    const chain = new Map(Array.from({ length: 60 }, (_, index) => [`${index}`, index > 0 ? [`${index - 1}`] : []]));
    expect(wayTo(chain, "59")).toEqual([...chain.keys()]);
    expect(withoutImplied(chain)).toEqual(chain);
    expect(neededBy(chain, "30")).toEqual(["31"]);
  });
});

describe("a prerequisite that is not public", () => {
  test("is replaced by its own prerequisites", () => {
    const shown = ["leaves", "water", "brewing", "tasting"];
    expect(needsAmong(kitchen, shown)).toEqual(
      needsOf("leaves:, water:, brewing:leaves water, tasting:brewing leaves"),
    );
  });

  test("is omitted if it needs nothing, and so is one that was never written", () => {
    expect(needsAmong(needsOf("a:draft planned, draft:"), ["a"])).toEqual(needsOf("a:"));
  });
});
