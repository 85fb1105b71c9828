/** Checks that concurrent jobs give their results in order, and that a failure waits for its turn and for the others. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "../../src/publish/in-order.ts";

/** Jobs that take so many milliseconds, and the number of them that were running at once. */
function jobsTaking(...times: number[]) {
  const log = { running: 0, most: 0, ended: 0 };
  const jobs = times.map((ms, index) => async () => {
    log.running += 1;
    log.most = Math.max(log.most, log.running);
    await wait(ms);
    log.running -= 1;
    log.ended += 1;
    if (ms === 7) throw new Error(`job ${index}`);
    return index;
  });
  return { jobs, log };
}

async function resultsOf(given: AsyncIterable<number>): Promise<number[]> {
  const results: number[] = [];
  for await (const result of given) results.push(result);
  return results;
}

test("results are in the order of the jobs, whichever is finished first, and at most so many run at a time", async () => {
  const { jobs, log } = jobsTaking(30, 1, 20, 1, 1, 40, 1);
  expect(await resultsOf(inOrder(jobs, 3))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(log).toEqual({ running: 0, most: 3, ended: 7 });
});

test("one at a time is one after another", async () => {
  const { jobs, log } = jobsTaking(5, 1, 3);
  expect(await resultsOf(inOrder(jobs, 1))).toEqual([0, 1, 2]);
  expect(log.most).toBe(1);
});

test("a failure is thrown after the results before it, once the jobs begun after it have ended; no more are begun", async () => {
  const { jobs, log } = jobsTaking(40, 7, 60, 1, 1);
  const results: number[] = [];
  const all = (async () => {
    for await (const result of inOrder(jobs, 3)) results.push(result);
  })();
  await expect(all).rejects.toThrow("job 1");
  expect(results).toEqual([0]);
  expect(log).toEqual({ running: 0, most: 3, ended: 4 });
});
