/**
 * Plays some hundreds of storms, each from its own seed, as many as half a minute allows, and checks the guarantees
 * after each. Before a release, play thousands: `STORMS=2000 npm test -- test/newsletter/faults/storms.test.ts`, with
 * `STORM_FROM=2001` for other seeds. A failure prints its seed; `STORM=seed` repeats it.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { messageOf } from "../../../src/db/database.ts";
import { archiveProblems } from "./archived.ts";
import { brokenPromises, isInjected } from "./promise.ts";
import { storm } from "./storm.ts";
import { wholeNumber } from "./whole-number.ts";

const alone = process.env.STORM;
const first = alone === undefined ? wholeNumber("STORM_FROM", 1) : wholeNumber("STORM", 1);
const count = alone === undefined ? wholeNumber("STORMS", 600) : 1;

const logged: string[] = [];
beforeEach(() => void vi.spyOn(console, "error").mockImplementation((_, error) => void logged.push(messageOf(error))));
afterEach(() => void vi.restoreAllMocks());

test(`the promise outlives ${count} storms`, async () => {
  const broken: string[] = [];
  for (let seed = first; seed < first + count && broken.length < 5; seed += 1) {
    logged.length = 0;
    const town = await storm(seed);
    const promises = [...brokenPromises(town), ...(await archiveProblems(town))];
    const unexpected = logged.filter((error) => !isInjected(error)).map((error) => `It was logged: ${error}`);
    const all = [...promises, ...unexpected];
    if (all.length > 0) broken.push(`STORM=${seed}: ${all.slice(0, 5).join(" ")}`);
  }
  expect(broken).toEqual([]);
}, 1_800_000);
