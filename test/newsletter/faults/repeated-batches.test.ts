/** Tests batches with an unknown outcome: retried soon and often, and after four hours only for recipients who still want them. */
import { expect, test } from "vitest";
import { begin, expectPromiseKept } from "./begun.ts";
import type { Reader } from "./readers.ts";
import { hour, minute, type Town } from "./town.ts";

/** Runs every five minutes, during which no call succeeds. */
async function isolated(town: Town, milliseconds: number): Promise<void> {
  for (const end = town.time + milliseconds; town.time < end; ) {
    town.time += 5 * minute;
    town.resend.troubles.splice(0, town.resend.troubles.length, { kind: "cut", taken: false });
    await town.tick();
  }
  town.resend.troubles.length = 0;
}

const waysToGo: Readonly<Record<string, (town: Town, reader: Reader) => unknown>> = {
  unsubscribes: (town, reader) => town.readers.leave(reader),
  complains: (town, reader) => town.readers.suppress(reader, "complaint"),
  bounces: (town, reader) => town.readers.suppress(reader, "bounce"),
  "erases everything": (town, reader) => town.readers.erase(reader),
};

test("it is repeated within minutes, then every hour", async () => {
  const town = await begin(3);
  const start = town.time;
  town.resend.troubles.push({ kind: "cut", taken: false });
  await town.tick();
  await isolated(town, 10 * hour);
  const minutes = town.resend.calls.map(({ at }) => Math.round((at - start) / minute));
  expect(minutes).toEqual([0, 5, 10, 20, 40, 75, 135, 195, 255, 315, 375, 435, 495, 555]);
  await town.ticks(14);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test.each(Object.entries(waysToGo))(
  "somebody %s in the first hours: repeated once more at most, and soon",
  async (_, go) => {
    const town = await begin(3);
    town.resend.troubles.push({ kind: "cut", taken: true });
    await town.tick();
    const [reader] = [...town.readers.all.values()];
    if (!reader) throw new Error("Nobody is there.");
    await go(town, reader);
    await town.ticks(1);
    expect([town.resend.sent.length, town.resend.calls.length]).toEqual([3, 2]);
    await expectPromiseKept(town);
  },
);

test.each(Object.entries(waysToGo))(
  "somebody %s while nothing comes through for four hours: the batch is not repeated, and the author is told",
  async (_, go) => {
    const town = await begin(3);
    town.resend.troubles.push({ kind: "cut", taken: false });
    await town.tick();
    await isolated(town, 2 * hour);
    const [reader, other] = [...town.readers.all.values()];
    if (!reader || !other) throw new Error("Nobody is there.");
    await go(town, reader);
    await isolated(town, 2.1 * hour);
    const calls = town.resend.calls.length;
    await town.ticks(20);
    expect([town.resend.calls.length, town.resend.sent.length]).toEqual([calls, 0]);
    expect(town.titles()).toEqual(["Some deliveries are uncertain"]);
    expect(town.d1.query("SELECT state, reason FROM deliveries WHERE subscriber_id = ?", other.id)).toEqual([
      { state: "uncertain", reason: "not repeated: a recipient has unsubscribed since" },
    ]);
    await expectPromiseKept(town);
  },
);

test("after four hours it is still repeated when everybody wants it, or wants it again", async () => {
  const town = await begin(3);
  town.resend.troubles.push({ kind: "cut", taken: false });
  await town.tick();
  const [reader] = [...town.readers.all.values()];
  if (!reader) throw new Error("Nobody is there.");
  town.readers.leave(reader);
  town.readers.comeBack(reader);
  await isolated(town, 6 * hour);
  await town.ticks(14);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("it is the first that a run posts, although others have waited longer", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  await town.ticks(1);
  const [first, second] = town.resend.calls;
  expect(second?.key).toBe(first?.key);
  await expectPromiseKept(town);
});
