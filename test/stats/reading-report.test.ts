/** Checks the counts that a report of a reading session produces. */
import { expect, test } from "vitest";
import { countsOf, parseReport } from "../../src/stats/reading-report.ts";

const start = { seconds: 0, depth: 0 } as const;

test.each([
  ["a glance at the beginning", start, { seconds: 3, depth: 0 }, [["seconds", 3]]],
  [
    "a quarter",
    start,
    { seconds: 20, depth: 25 },
    [
      ["depth-25", 1],
      ["seconds", 20],
    ],
  ],
  [
    "half-way in no time is no reading",
    start,
    { seconds: 119, depth: 50 },
    [
      ["depth-25", 1],
      ["depth-50", 1],
      ["seconds", 119],
    ],
  ],
  [
    "half of the time at the top is none either",
    start,
    { seconds: 120, depth: 25 },
    [
      ["depth-25", 1],
      ["seconds", 120],
    ],
  ],
  [
    "half-way in half of the time is",
    start,
    { seconds: 120, depth: 50 },
    [
      ["depth-25", 1],
      ["depth-50", 1],
      ["read", 1],
      ["seconds", 120],
    ],
  ],
  [
    "to the end in no time",
    start,
    { seconds: 5, depth: 100 },
    [
      ["depth-25", 1],
      ["depth-50", 1],
      ["depth-75", 1],
      ["depth-100", 1],
      ["seconds", 5],
    ],
  ],
  [
    "all of it",
    start,
    { seconds: 240, depth: 100 },
    [
      ["depth-25", 1],
      ["depth-50", 1],
      ["depth-75", 1],
      ["depth-100", 1],
      ["read", 1],
      ["finish", 1],
      ["seconds", 240],
    ],
  ],
  [
    "the second report adds what is new",
    { seconds: 100, depth: 50 },
    { seconds: 130, depth: 75 },
    [
      ["depth-75", 1],
      ["read", 1],
      ["seconds", 30],
    ],
  ],
  [
    "time alone can make it a reading",
    { seconds: 119, depth: 100 },
    { seconds: 120, depth: 100 },
    [
      ["read", 1],
      ["finish", 1],
      ["seconds", 1],
    ],
  ],
  ["what was read is not read again", { seconds: 300, depth: 100 }, { seconds: 310, depth: 100 }, [["seconds", 10]]],
  [
    "nobody reads for more than four times as long as it takes",
    start,
    { seconds: 80_000, depth: 0 },
    [["seconds", 960]],
  ],
] as const)("of four minutes, %s", (_, before, now, counts) => {
  expect(countsOf({ before, now }, 4)).toEqual(counts);
});

test("however a reading is cut into reports, it amounts to the same", () => {
  const steps = [
    start,
    { seconds: 40, depth: 25 },
    { seconds: 90, depth: 75 },
    { seconds: 130, depth: 75 },
    { seconds: 250, depth: 100 },
  ] as const;
  const sums = new Map<string, number>();
  for (let index = 1; index < steps.length; index += 1) {
    for (const [measure, count] of countsOf({ before: steps[index - 1] ?? start, now: steps[index] ?? start }, 4)) {
      sums.set(measure, (sums.get(measure) ?? 0) + count);
    }
  }
  expect(sums).toEqual(new Map(countsOf({ before: start, now: { seconds: 250, depth: 100 } }, 4)));
});

test.each([
  "",
  "null",
  "[]",
  "{",
  '{"path":"/tea/cooling"}',
  '{"path":7,"before":{"seconds":0,"depth":0},"now":{"seconds":1,"depth":0}}',
  '{"path":"/tea/cooling","before":{"seconds":0,"depth":0},"now":{"seconds":1.5,"depth":0}}',
  '{"path":"/tea/cooling","before":{"seconds":0,"depth":0},"now":{"seconds":-1,"depth":0}}',
  '{"path":"/tea/cooling","before":{"seconds":0,"depth":0},"now":{"seconds":1e9,"depth":0}}',
  '{"path":"/tea/cooling","before":{"seconds":0,"depth":0},"now":{"seconds":1,"depth":30}}',
  '{"path":"/tea/cooling","before":{"seconds":9,"depth":0},"now":{"seconds":1,"depth":0}}',
  '{"path":"/tea/cooling","before":{"seconds":0,"depth":50},"now":{"seconds":1,"depth":25}}',
])("no report is %s", (text) => {
  expect(parseReport(text)).toBeUndefined();
});
