/** Tests two overlapping runs, one of which sleeps at the worst moment: its outdated state changes nothing. */
import { expect, test } from "vitest";
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import type { Trouble } from "../../fakes/resend-answers.ts";
import { begin, expectPromiseKept } from "./begun.ts";
import { isPost } from "./mishaps.ts";
import { claims, inScenes, notesInJournal, records } from "./scenes.ts";
import { minute, type Town } from "./town.ts";

const lost: Trouble = { kind: "cut", taken: true };
const slower: Trouble = { kind: "rate", retryAfter: "60" };
const no: Trouble = { kind: "answer", status: 422, body: { name: "validation_error", message: "No." } };

const claimsOf = (town: Town): string =>
  String(town.d1.query<{ claims: number }>("SELECT claims FROM newsletter")[0]?.claims);

/** Changes a reader's email address, so a batch refreshed from now on has a different body. */
function somebodyMoves(town: Town): void {
  const [reader] = [...town.readers.all.values()];
  if (reader) town.readers.move(reader, `moved-${town.resend.calls.length}@example.com`);
}
const passes = (town: Town, time: number) => () => {
  town.time += time;
};

test("two runs draw the same batch up with different addresses: one of them has it", async () => {
  const town = await begin(3);
  await town.tick({
    crons: 2,
    choose: inScenes(
      [0, claims, () => somebodyMoves(town)],
      [1, claims],
      // The first run has sent the batch, but not recorded the result.
      [0, records, passes(town, 2000)],
      [1],
      [0],
    ),
  });
  expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);
  await expectPromiseKept(town);
});

test("four runs at once, however much time they have: each batch is posted by one of them", async () => {
  const town = await begin(350);
  let turn = 0;
  await town.tick({
    crons: 4,
    choose: (waiting) => {
      town.time += 400;
      return { index: turn++ % waiting.length, fate: "done" };
    },
  });
  await town.ticks(3);
  expect(town.resend.calls).toHaveLength(4);
  expect(town.states()).toEqual({ accepted: 350 });
  await expectPromiseKept(town);
});

test("a copy that somebody is passed over with is on record only if that run has the batch", async () => {
  const town = await begin(3);
  await town.tick({
    crons: 2,
    choose: inScenes(
      [0, claims],
      [0, isPost, () => void town.readers.leave(first(town))],
      // It would have removed the unsubscribed reader, but it has lost the batch.
      [1, undefined, passes(town, 2000)],
      [0],
    ),
  });
  expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);

  const other = await begin(3);
  await other.tick({
    crons: 2,
    choose: inScenes(
      [0, claims, () => other.readers.leave(first(other))],
      [1, claims],
      // The first run cannot claim a batch refreshed before the unsubscribe; the second has removed that reader.
      [0, undefined, passes(other, 2000)],
      [1],
    ),
  });
  await other.ticks(2);
  expect([other.resend.sent.length, other.states()]).toEqual([2, { accepted: 2, skipped: 1 }]);
  await expectPromiseKept(other);
});

test("a run that drew somebody out and comes too late does not say that they were passed over", async () => {
  const town = await begin(3);
  const reader = first(town);
  await town.tick({
    crons: 2,
    choose: inScenes(
      [0, claims, () => town.readers.leave(reader)],
      [1, claims, () => town.readers.comeBack(reader)],
      [0, isPost, passes(town, 2000)],
      [1],
      [0],
    ),
  });
  expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);
  await expectPromiseKept(town);
});

test.each<[string, readonly Trouble[], number]>([
  ["gives back what it did not post", [lost], 0],
  ["was told to come later", [slower, lost], 1],
  ["was turned away", [no, lost], 1],
])("a run that %s, after another has posted the same batch without an answer", async (_, troubles, posts) => {
  const town = await begin(3);
  town.resend.troubles.push(...troubles);
  await town.tick({
    crons: 2,
    choose: inScenes(
      // Sleeps past its lease.
      [0, posts === 0 ? notesInJournal : records, passes(town, 6 * minute)],
      [1, undefined, passes(town, 2000)],
      [0],
    ),
  });
  expect(town.resend.sent).toHaveLength(3);
  somebodyMoves(town);
  await town.ticks(4);
  expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);
  await expectPromiseKept(town);
});

test("a yes holds, however late it is written down and whoever has tried since", async () => {
  const town = await begin(3);
  await town.tick({
    crons: 2,
    choose: inScenes(
      [0, records, () => town.resend.troubles.push(lost)],
      [0, records, passes(town, 6 * minute)],
      [1, undefined, passes(town, 2000)],
      [0],
    ),
  });
  expect([town.resend.calls.length, town.states()]).toEqual([2, { accepted: 3 }]);
  await expectPromiseKept(town);
});

test("a run that is told of a conflict or an end that others have settled in the meantime settles nothing", async () => {
  const town = await begin(3);
  town.resend.troubles.push(lost, no);
  await town.tick();
  town.time += 5 * minute;
  await town.tick({
    crons: 2,
    // The first run's request is rejected, and it sleeps before it notifies the author; the second run's is accepted.
    choose: inScenes(
      [0, ({ what }) => what === "tell", passes(town, 6 * minute)],
      [1, undefined, passes(town, 2000)],
      [0],
    ),
  });
  expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);
  await expectPromiseKept(town);
});

test("of two runs that note their claims in the journal the last one to write notes both", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  const endings = await town.tick({
    crons: 2,
    choose: inScenes(
      [0, notesInJournal],
      [1, notesInJournal, passes(town, 500)],
      [1, isPost, passes(town, 1500)],
      [0],
      [1],
    ),
  });
  expect([town.kv.value(watermarkKey), claimsOf(town)]).toEqual(["2", "2"]);
  expect(endings.map(({ kind }) => kind)).toEqual(["finished", "finished"]);
});

test("a claim between the two looks that a run takes at the beginning is no sign of a database that was set back", async () => {
  for (const looks of [1, 2]) {
    const town = await begin(3);
    let seen = 0;
    await town.tick({ crons: 2, choose: inScenes([0, () => seen++ === looks], [1], [0]) });
    expect([town.titles(), town.states()]).toEqual([[], { accepted: 3 }]);
    await expectPromiseKept(town);
  }
});

const first = (town: Town) => {
  const [reader] = [...town.readers.all.values()];
  if (!reader) throw new Error("Nobody is there.");
  return reader;
};
