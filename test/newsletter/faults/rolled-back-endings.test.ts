/** Tests rollbacks to before an unsubscribe: those readers get nothing, and the author is notified how many there were. */
import { expect, test } from "vitest";
import { endingPrefix } from "../../../src/subscribers/endings.ts";
import { goOn } from "./author.ts";
import { begin, expectPromiseKept, oolong } from "./begun.ts";
import { mishap } from "./mishaps.ts";
import type { Reader } from "./readers.ts";
import { day, hour, minute, type Town } from "./town.ts";

const waysToGo: Readonly<
  Record<string, { readonly go: (town: Town, reader: Reader) => unknown; readonly state?: string }>
> = {
  unsubscribes: { go: (town, reader) => town.readers.leave(reader), state: "unsubscribed" },
  complains: { go: (town, reader) => town.readers.suppress(reader, "complaint"), state: "suppressed" },
  bounces: { go: (town, reader) => town.readers.suppress(reader, "bounce"), state: "suppressed" },
  "has everything erased": { go: (town, reader) => town.readers.erase(reader) },
};

const readersOf = (town: Town, count: number): Reader[] => [...town.readers.all.values()].slice(0, count);
const bodies = (town: Town): string[] => [...town.told.values()].map(({ body }) => body);

/** Publishes the next chapter. */
async function publishNext(town: Town): Promise<void> {
  town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
  town.time += hour + minute;
  await town.tick();
  await town.ticks(4);
}

test.each(Object.entries(waysToGo))(
  "somebody %s, half an hour is rolled back, and the next chapter comes due",
  async (_, { go, state }) => {
    const town = await begin(5);
    await town.ticks(3);
    const saved = town.d1.snapshot();
    town.time += 20 * minute;
    const [reader] = readersOf(town, 1);
    if (!reader) throw new Error("Nobody is there.");
    await go(town, reader);
    town.time += 10 * minute;
    town.restore(saved);
    expect(town.readers.stateOf(reader)).toBe("confirmed");
    town.time += 2 * minute;
    await publishNext(town);
    expect(town.readers.countFor(reader.id)).toBe(1);
    expect(town.resend.sent).toHaveLength(5 + 4);
    expect(town.readers.stateOf(reader)).toBe(state);
    expect(town.titles()).toEqual(["The newsletter database was rolled back"]);
    expect(bodies(town)).toEqual([
      "No edition was affected. Lost unsubscribes, bounces, spam reports and erasures: 1 found in KV, 1 subscriber excluded again.",
    ]);
    await expectPromiseKept(town);
  },
);

test("a rollback that also lost sends: whoever left since then gets nothing, even when the author continues", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  const saved = town.d1.snapshot();
  await town.tick();
  const gone = readersOf(town, 3);
  for (const reader of gone) town.readers.leave(reader);
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(2);
  expect(bodies(town)[0]).toContain(
    "Lost unsubscribes, bounces, spam reports and erasures: 3 found in KV, 3 subscribers excluded again.",
  );
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) goOn(town, id);
  await town.ticks(4);
  expect(gone.map(({ id }) => town.readers.countFor(id))).toEqual([1, 1, 1]);
  await expectPromiseKept(town);
});

test("a rollback that lost sends and any number of erasures is handled by runs that begin only what they can end", async () => {
  for (let count = 1; count <= 9; count += 1) {
    const town = await begin(20);
    const saved = town.d1.snapshot();
    await town.tick();
    for (const reader of readersOf(town, count)) await town.readers.erase(reader);
    town.restore(saved);
    town.time += 2 * minute;
    await town.ticks(6);
    expect(town.d1.query("SELECT 1 FROM editions WHERE stop_reason = 'restored'")).not.toEqual([]);
    expect(bodies(town)[0]).toContain(`${count} found in KV`);
    await expectPromiseKept(town);
  }
});

test("whoever left and came back, before the rollback or after it, is not excluded", async () => {
  const town = await begin(4);
  await town.ticks(3);
  const [before, after, gone] = readersOf(town, 3);
  if (!before || !after || !gone) throw new Error("Nobody is there.");
  const saved = town.d1.snapshot();
  town.time += minute;
  for (const reader of [before, after, gone]) town.readers.leave(reader);
  town.time += minute;
  town.readers.comeBack(before);
  town.restore(saved);
  town.time += 2 * minute;
  // Subscribed again through the form: confirming updates the row of the restored database.
  town.d1.query("UPDATE subscribers SET confirmed_at = ? WHERE id = ?", new Date(town.time).toISOString(), after.id);
  after.quietSince = undefined;
  after.goneSince = undefined;
  await publishNext(town);
  expect([before, after, gone].map(({ id }) => town.readers.countFor(id))).toEqual([2, 2, 1]);
  expect(bodies(town)[0]).toContain("2 found in KV, 1 subscriber excluded again.");
  await expectPromiseKept(town);
});

test("what is recorded after the rollback hides nothing that was recorded before it", async () => {
  const town = await begin(6);
  await town.ticks(3);
  const [early, late] = readersOf(town, 2);
  if (!early || !late) throw new Error("Nobody is there.");
  const saved = town.d1.snapshot();
  town.readers.leave(early);
  town.restore(saved);
  town.time += 2 * minute;
  town.readers.leave(late);
  await publishNext(town);
  expect([early, late].map(({ id }) => town.readers.countFor(id))).toEqual([1, 1]);
  await expectPromiseKept(town);
});

test("a record that KV did not take at once is put there by the next run", async () => {
  const town = await begin(5);
  await town.ticks(3);
  const [reader] = readersOf(town, 1);
  if (!reader) throw new Error("Nobody is there.");
  const saved = town.d1.snapshot();
  town.isKvDown = () => true;
  town.readers.leave(reader);
  expect(town.kv.keys().filter((key) => key.startsWith(endingPrefix))).toEqual([]);
  await town.ticks(1);
  expect(town.kv.keys().filter((key) => key.startsWith(endingPrefix))).toHaveLength(1);
  town.restore(saved);
  town.time += 2 * minute;
  await publishNext(town);
  expect(town.readers.countFor(reader.id)).toBe(1);
});

test("more than KV lists in one call are excluded over several runs, before anything is sent", async () => {
  const town = await begin(0);
  for (let index = 0; index < 1250; index += 1) {
    town.readers.join({ id: `${((index * 7919) % 65_536).toString(16).padStart(4, "0")}-${index}` });
  }
  town.callsPerRun = 200;
  town.mailsPerRun = 2000;
  town.time += minute;
  await town.ticks(4);
  const sent = town.resend.sent.length;
  town.callsPerRun = 50;
  town.costs.length = 0;
  const saved = town.d1.snapshot();
  for (const reader of readersOf(town, 1200)) {
    town.time += 1;
    town.readers.leave(reader);
  }
  town.restore(saved);
  town.time += 2 * minute;
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(3);
  expect(town.resend.sent.length - sent, "not before all are excluded").toBe(0);
  await town.ticks(10);
  expect(bodies(town)).toEqual([expect.stringContaining("1,200 found in KV, 1,200 subscribers excluded again.")]);
  await expectPromiseKept(town);
  expect(town.resend.sent.filter(({ message }) => message.subject.includes("oolong"))).toHaveLength(50);
}, 60_000);

test("a run that breaks off anywhere while it excludes them is repeated, and the author is told once", async () => {
  for (let nth = 0; nth < 24; nth += 1) {
    const town = await begin(4);
    await town.ticks(3);
    const [left, erased, bounced] = readersOf(town, 3);
    if (!left || !erased || !bounced) throw new Error("Nobody is there.");
    const saved = town.d1.snapshot();
    town.readers.leave(left);
    await town.readers.erase(erased);
    town.readers.suppress(bounced, "bounce");
    town.restore(saved);
    town.publish({ ...oolong, published: new Date(town.time + minute).toISOString() });
    town.time += 2 * minute;
    await town.tick({ crons: 2, choose: mishap("killed after", () => true, nth) });
    await town.ticks(4);
    expect([nth, town.resend.sent.length]).toEqual([nth, 5]);
    expect(new Set(town.titles())).toEqual(new Set(["The newsletter database was rolled back"]));
    await expectPromiseKept(town);
  }
});

test("records go after thirty days, and name neither the address nor the subscriber", async () => {
  const town = await begin(1);
  const [reader] = readersOf(town, 1);
  if (!reader) throw new Error("Nobody is there.");
  town.readers.leave(reader);
  const [key = ""] = town.kv.keys().filter((name) => name.startsWith(endingPrefix));
  expect(key).toMatch(/^newsletter\/ended\/\d{13}-unsubscribed-s000-[0-9a-f]{64}$/);
  expect(await town.kv.binding().get(key)).toBe("1");
  town.time += 30 * day;
  expect(await town.kv.binding().get(key)).toBeNull();
});
