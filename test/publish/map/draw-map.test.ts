/** Checks the drawing of a map: rows, columns, lines, and the limits above which there is none. */
import { describe, expect, test } from "vitest";
import type { Drawing } from "../../../src/library/objects.ts";
import { drawMap } from "../../../src/publish/map/draw-map.ts";

/** `b:a` means that b needs a. */
const draw = (texts: string) =>
  drawMap(
    texts.split(" ").map((text) => {
      const [path = "", needs = ""] = text.split(":");
      return { path, needs: needs.split(",").filter(Boolean) };
    }),
  );

const drawn = (texts: string): Drawing => draw(texts) ?? expect.unreachable("too large");

/** Sixty texts, in rows of four; each builds on one or two of the row before it. */
const sixty = Array.from({ length: 60 }, (_, index) => {
  const before = [index - 4, index % 3 === 0 ? index - 3 : -1].filter((one) => one >= 0 && index >= 4);
  return `t${index}:${before.map((one) => `t${one}`).join()}`;
}).join(" ");

/** Pairs of lines that cross between two rows. */
function crossings({ places, lines }: Drawing): number {
  const parts = lines.flatMap(([from, , passes]) =>
    passes.slice(1).map((x, index) => ({ row: (places[from]?.[2] ?? 0) + index, top: passes[index] ?? 0, bottom: x })),
  );
  return parts.flatMap((one, index) =>
    parts
      .slice(index + 1)
      .filter((other) => one.row === other.row && (one.top - other.top) * (one.bottom - other.bottom) < 0),
  ).length;
}

test.each(["a b:a c:a d:b,c e", "a b c:a,b d:b e:c,d f:a,e g:c", sixty])(
  "each text is below its prerequisites: %s",
  (texts) => {
    const { places, lines, rows } = drawn(texts);
    expect(places.map(([path]) => path).toSorted()).toEqual(
      texts
        .split(" ")
        .map((text) => text.split(":")[0])
        .toSorted(),
    );
    for (const [from, to, passes] of lines) {
      const [start = 0, end = 0] = [places[from]?.[2], places[to]?.[2]];
      expect(end).toBeGreaterThan(start);
      expect(passes).toHaveLength(end - start + 1);
      expect([passes[0], passes.at(-1)]).toEqual([places[from]?.[1], places[to]?.[1]]);
    }
    expect(Math.max(...places.map(([, , row]) => row))).toBe(rows - 1);
  },
);

test.each(["a b:a c:a d:b,c e f", "a b c:a,b d:b e:c,d f:a,e g:c", sixty])(
  "no two texts overlap, and all are inside: %s",
  (texts) => {
    const { places, columns } = drawn(texts);
    for (const row of Map.groupBy(places, ([, , row]) => row).values()) {
      const middles = row.map(([, column]) => column).toSorted((a, b) => a - b);
      expect(middles[0]).toBeGreaterThanOrEqual(0.5);
      expect(middles.at(-1)).toBeLessThanOrEqual(columns - 0.5 + 1e-9);
      for (const [index, middle] of middles.slice(1).entries())
        expect(middle - (middles[index] ?? 0)).toBeGreaterThan(1);
    }
  },
);

test("lines that need not cross do not, whatever the order of the texts", () => {
  expect(crossings(drawn("a b c:b d:a e:d f:c"))).toBe(0);
  expect(crossings(drawn("a b c d:c,b e:a,b f:a"))).toBe(0);
});

test("the same texts have the same drawing", () => {
  expect(JSON.stringify(draw(sixty))).toBe(JSON.stringify(draw(sixty)));
});

test("a row has at most six texts", () => {
  const { places } = drawn(`a ${Array.from({ length: 9 }, (_, index) => `b${index}:a`).join(" ")}`);
  for (const row of Map.groupBy(places, ([, , row]) => row).values()) expect(row.length).toBeLessThanOrEqual(6);
});

test("what nothing connects is below the rest, in reading order", () => {
  const { places, lines } = drawn("x a y b:a z");
  expect(places.map(([path, , row]) => `${path} ${row}`)).toEqual(["a 0", "b 1", "x 2", "y 2", "z 2"]);
  expect(lines).toHaveLength(1);
});

describe("there is no drawing", () => {
  test("of more than sixty texts", () => expect(draw(`${sixty} more`)).toBeUndefined());

  test("of more than a hundred lines, which would take minutes", () => {
    const roots = Array.from({ length: 15 }, (_, index) => `a${index}`);
    expect(draw([...roots, ...roots.map((_, index) => `b${index}:${roots.join()}`)].join(" "))).toBeUndefined();
  });

  test("that is wider than a page", () => {
    // Each of these lines passes all rows, so they lie side by side.
    const spans = Array.from({ length: 30 }, (_, index) => `b${index}:a${index}`);
    const roots = Array.from({ length: 30 }, (_, index) => `a${index}`);
    expect(draw([...roots, ...spans].join(" "))).toBeUndefined();
  });
});
