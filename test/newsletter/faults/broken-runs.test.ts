/** Tests runs that fail or are killed at each of their steps, alone or overlapping: the delivery guarantees hold. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeD1, type Snapshot } from "../../fakes/d1.ts";
import { begin, cooling, expectPromiseKept, oolong } from "./begun.ts";
import { anyStep, isPost, isWrite, mishap } from "./mishaps.ts";
import { minute, type Town } from "./town.ts";
import type { Choose, Fate } from "./turns.ts";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const d1 = new FakeD1();
const empty: Snapshot = d1.snapshot();
const freshTown = (readers: number): Promise<Town> => {
  d1.restore(empty);
  return begin(readers, {}, d1);
};

const fates: readonly Fate[] = ["lost", "answer lost", "killed before", "killed after"];

test.each(fates)("whichever step of a run is %s, each reader has one copy in the end", async (fate) => {
  let steps = 0;
  for (let happened = true; happened; steps += 1) {
    const town = await freshTown(7);
    town.mailsPerRun = 3;
    const choose = mishap(fate, anyStep, steps);
    await town.tick({ choose });
    await expectPromiseKept(town);
    expect(town.states()).toEqual({ accepted: 7 });
    happened = choose.happened();
  }
  expect(steps).toBeGreaterThan(20);
});

test.each(fates)("and whichever step of the run after it is %s, while a digest is due as well", async (fate) => {
  let happened = true;
  for (let nth = 0; happened; nth += 1) {
    const town = await freshTown(4);
    town.readers.many(3, { frequency: "weekly" });
    await town.tick({ choose: mishap("killed after", isPost) });
    // The following Monday, when the weekly digest is due.
    town.time = Date.parse("2026-01-19T06:00:00.000Z");
    town.publish({ ...oolong, published: "2026-01-19T05:00:00.000Z" });
    const choose = mishap(fate, anyStep, nth);
    await town.tick({ choose });
    await expectPromiseKept(town);
    happened = choose.happened();
  }
});

test("a Worker that is killed between claim and call sends later, and one killed between call and record sends nothing twice", async () => {
  for (const fate of ["killed before", "killed after"] as const) {
    const town = await freshTown(3);
    await town.tick({ choose: mishap(fate, isPost) });
    expect([fate, town.resend.sent.length]).toEqual([fate, fate === "killed before" ? 0 : 3]);
    await town.ticks(2);
    expect([fate, town.resend.sent.length, town.states()]).toEqual([fate, 3, { accepted: 3 }]);
    await expectPromiseKept(town);
  }
});

test("whatever is done to any two steps of two runs at once, nobody has two", async () => {
  const town = await freshTown(5);
  await town.tick({ crons: 2 });
  const steps = (town.costs.at(-1)?.calls ?? 0) + (town.costs.at(-2)?.calls ?? 0);
  for (let nth = 0; nth < steps; nth += 1) {
    const story = await freshTown(5);
    let turn = 0;
    // Alternates the runs, so both are interrupted midway.
    const choose: Choose = (waiting) => {
      turn += 1;
      return {
        index: turn % waiting.length,
        fate: turn === nth ? "killed after" : turn === nth + 7 ? "answer lost" : "done",
      };
    };
    await story.tick({ crons: 2, choose });
    await expectPromiseKept(story);
    expect(story.states()).toEqual({ accepted: 5 });
  }
});

test("four crons at once share the work: every batch is posted by one of them", async () => {
  const town = await freshTown(350);
  town.publish({ ...cooling, id: "more" });
  let turn = 0;
  await town.tick({ crons: 4, choose: (waiting) => ({ index: turn++ % waiting.length, fate: "done" }) });
  await town.ticks(3);
  expect(new Set(town.resend.calls.map(({ key }) => key)).size).toBe(town.resend.calls.length);
  expect(town.resend.sent).toHaveLength(350);
  await expectPromiseKept(town);
});

test("every write that D1 loses is made good, by itself or with the next run", async () => {
  let happened = true;
  for (let nth = 0; happened; nth += 1) {
    const town = await freshTown(5);
    // Three times, as often as a write is attempted.
    let seen = -1;
    const choose: Choose = ([step]) => {
      if (step && isWrite(step)) seen += 1;
      return { index: 0, fate: step && isWrite(step) && seen >= nth && seen < nth + 3 ? "lost" : "done" };
    };
    await town.tick({ choose });
    happened = seen >= nth;
    await expectPromiseKept(town);
    expect(town.states()).toEqual({ accepted: 5 });
  }
});

test("a run that is slow posts nothing when its lease is about to end, and whoever takes over sends once", async () => {
  const town = await freshTown(300);
  // Each response takes a minute, so the next run starts before this one ends.
  await town.tick({
    crons: 2,
    choose: (waiting) => {
      const slow = waiting.findIndex(({ run, what }) => run === 0 && what === "post");
      if (slow >= 0) town.time += 2 * minute;
      return { index: slow >= 0 && waiting.length === 1 ? slow : waiting.length - 1, fate: "done" };
    },
  });
  await expectPromiseKept(town);
  expect(town.resend.sent).toHaveLength(300);
});
