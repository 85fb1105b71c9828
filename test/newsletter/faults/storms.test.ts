/**
 * Hundreds of storms, or thousands, each from its own seed, and after each the promise. One that fails is printed with its
 * seed: `STORM=seed npm test -- test/newsletter/faults/storms.test.ts` repeats it alone; `STORMS=2000` makes more of them.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { said } from "../../../src/db/database.ts";
import { brokenPromises, isInjected } from "./promise.ts";
import { storm } from "./storm.ts";

const alone = process.env.STORM;
const first = alone === undefined ? 1 : Number(alone);
const count = alone === undefined ? Number(process.env.STORMS ?? 250) : 1;

const logged: string[] = [];
beforeEach(() => void vi.spyOn(console, "error").mockImplementation((_, error) => void logged.push(said(error))));
afterEach(() => void vi.restoreAllMocks());

test(`the promise outlives ${count} storms`, async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + count && broken.length < 5; seed += 1) {
    logged.length = 0;
    const promises = brokenPromises(await storm(seed));
    const unexpected = logged.filter((error) => !isInjected(error)).map((error) => `It was logged: ${error}`);
    const all = [...promises, ...unexpected];
    if (all.length > 0) broken.push(`STORM=${seed}: ${all.slice(0, 5).join(" ")}`);
  }
  expect(broken).toEqual([]);
}, 600_000);
