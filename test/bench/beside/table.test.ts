/** Checks the tables of before and after: what they show of measurements, and of those that could not be made. */
import { expect, test } from "vitest";
import { atOnce, inPairs, type Side, samplesOf } from "./in-pairs.ts";
import { buildRows } from "./publishing.ts";
import { comparisonSection, rowLine } from "./table.ts";

test("a row has the medians, the median of the rounds' ratios with their spread, and the target", () => {
  expect(
    rowLine({ what: "a build", unit: "s", before: [10, 40, 20], after: [5, 10, 18], target: "at most 0.5 of before" }),
  ).toBe("| a build | 20.0 s | 10.0 s | 0.50 (0.25–0.90) | at most 0.5 of before |");
});

test("a single round has no spread, and each unit its own precision", () => {
  const row = { what: "x", before: [2000], after: [1234.56], target: "" };
  expect(rowLine({ ...row, unit: "number" })).toBe("| x | 2,000 | 1,235 | 0.62 |  |");
  expect(rowLine({ ...row, unit: "ms of CPU" })).toBe("| x | 2000.0 ms CPU | 1234.6 ms CPU | 0.62 |  |");
  expect(rowLine({ ...row, unit: "times", before: [0.2], after: [0.25] })).toBe("| x | 0.20 × | 0.25 × | 1.25 |  |");
});

test("what the older version cannot do is said in its cell, and there is no ratio", () => {
  expect(rowLine({ what: "x", unit: "MB", before: "no export | a", after: [3], target: "" })).toBe(
    "| x | not measured: no export \\| a | 3 MB | – |  |",
  );
});

test("nothing is divided by zero", () => {
  expect(rowLine({ what: "x", unit: "number", before: [0, 0], after: [3, 3], target: "" })).toBe(
    "| x | 0 | 3 | – |  |",
  );
});

test("both versions are measured in turns, and the first alternates", async () => {
  const order: string[] = [];
  const costs = await inPairs(3, (side, round) => {
    order.push(`${side} ${round}`);
    return round;
  });
  expect(order).toEqual(["before 0", "after 0", "after 1", "before 1", "before 2", "after 2"]);
  expect(samplesOf(costs, (round) => 10 * round)).toEqual({ before: [0, 10, 20], after: [0, 10, 20] });
});

test("an older version that fails is not asked again; a failure of this version ends the run", async () => {
  let asked = 0;
  const costs = await inPairs(3, (side) => {
    if (side === "after") return 1;
    asked += 1;
    throw new Error("ran out of memory\n at line 1");
  });
  expect(asked).toBe(1);
  expect(samplesOf(costs, (cost) => cost)).toEqual({ before: "ran out of memory", after: [1, 1, 1] });
  const failing = inPairs(1, (side) => {
    if (side === "after") throw new Error("broken");
  });
  await expect(failing).rejects.toThrow("broken");
});

test("both at once: the older version's failure is a reason, this version's ends the run", async () => {
  const failing = (broken: Side) => (side: Side) =>
    side === broken ? Promise.reject(new Error("no such export\n at line 1")) : Promise.resolve(side);
  expect(await atOnce(failing("before"))).toEqual({ before: "no such export", after: ["after"] });
  await expect(atOnce(failing("after"))).rejects.toThrow("no such export");
});

test("a build has lines for time, CPU and memory, in a section that says what they are relative to", () => {
  const cost = (seconds: number) => ({ seconds, cpuSeconds: 2 * seconds, peakMegabytes: 100 * seconds });
  const rows = buildRows(
    { what: "1,000 chapters", target: "at most 0.5 of before", maxMegabytes: 800 },
    { before: [cost(4)], after: [cost(1)] },
  );
  expect(comparisonSection("publishing", "Relative to before.", rows)).toBe(`## Before and after: publishing

Relative to before.

| what | before | after | after / before | target |
| --- | ---: | ---: | ---: | --- |
| 1,000 chapters | 4.00 s | 1.00 s | 0.25 | at most 0.5 of before |
| 1,000 chapters: CPU | 8.00 s CPU | 2.00 s CPU | 0.25 |  |
| 1,000 chapters: peak memory | 400 MB | 100 MB | 0.25 | at most 800 MB |`);
});
