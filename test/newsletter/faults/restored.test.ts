/** A database that is set back to an earlier hour: what may have gone out since then goes out again by the author's word alone. */
import { expect, test } from "vitest";
import { goOn, skip } from "./author.ts";
import { begin, expectPromiseKept, oolong } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { day, hour, minute, type Town } from "./town.ts";

/** Hours to which it is set back, when the mailing is over. */
const hours: Readonly<Record<string, (town: Town) => Promise<void>>> = {
  "before the chapter was news": async () => undefined,
  "between opening and sealing": async (town) => {
    await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO editions/.test(text)) });
  },
  "between sealing and claiming": async (town) => {
    await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  },
  "between claiming and posting": async (town) => {
    await town.tick({ choose: mishap("killed before", isPost) });
  },
  "between posting and recording": async (town) => {
    await town.tick({ choose: mishap("killed after", isPost) });
  },
  "in the middle": async (town) => {
    town.mailsPerRun = 100;
    await town.tick();
  },
};

async function setBack(until: string): Promise<Town> {
  const town = await begin(250);
  await hours[until]?.(town);
  const saved = town.d1.snapshot();
  for (let run = 0; run < 6; run += 1) await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 250 });
  town.time += 30 * minute;
  town.restore(saved);
  town.time += 2 * minute;
  await town.tick();
  return town;
}

test.each(Object.keys(hours))(
  "set back to %s: nobody has two, whatever the time, until the author answers",
  async (until) => {
    const town = await setBack(until);
    town.time += 3 * day;
    await town.ticks(5);
    // A key of ours that Resend still knows may be asked for again; what it answers is no second copy.
    expect(town.resend.sent).toHaveLength(250);
    expect(town.titles()[0]).toBe("The newsletter's database was set back");
    await expectPromiseKept(town);
    expect(town.resend.sent).toHaveLength(250);
  },
);

test.each(Object.keys(hours))("set back to %s, and skipped: nobody has two for good", async (until) => {
  const town = await setBack(until);
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) skip(town, id);
  town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
  town.time += 2 * hour;
  await expectPromiseKept(town);
  const cooling = town.resend.sent.filter(({ message }) => message.subject.includes("cooling"));
  expect([cooling.length, town.resend.sent.length - cooling.length]).toEqual([250, 250]);
});

test.each(Object.keys(hours))(
  "set back to %s, and continued: only who has no record of it gets it again",
  async (until) => {
    const town = await setBack(until);
    const recorded = new Set(
      town.d1.query<{ id: string }>("SELECT subscriber_id AS id FROM deliveries").map(({ id }) => id),
    );
    for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'"))
      goOn(town, id);
    await expectPromiseKept(town);
    const twice = [...town.copies()].filter(([, { length }]) => length > 1).map(([name]) => name.split(" ")[1] ?? "");
    expect(twice.filter((id) => recorded.has(id))).toEqual([]);
  },
);

test("what was never in doubt goes on by itself: chapters that become news later", async () => {
  const town = await setBack("in the middle");
  town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
  town.time += 2 * hour;
  await town.ticks(8);
  expect(town.resend.sent.filter(({ message }) => message.subject === "tea/oolong")).toHaveLength(250);
  await expectPromiseKept(town);
});

test("a chapter that was mailed, and is not public when the restored database is met, is no news when it returns", async () => {
  const town = await begin(3);
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  town.time += 2 * minute;
  await town.ticks(2);
  town.bringBack();
  town.time += day;
  await town.ticks(3);
  expect([town.resend.sent.length, town.titles()]).toEqual([
    3,
    ["The newsletter's database was set back", "New on the shelf, and not mailed"],
  ]);
  await expectPromiseKept(town);
});

test("a run that breaks off anywhere while it meets the restored database is repeated, and the author is told once", async () => {
  for (let nth = 0; nth < 9; nth += 1) {
    const town = await begin(3);
    town.readers.many(2, { frequency: "weekly" });
    const saved = town.d1.snapshot();
    await town.ticks(2);
    town.restore(saved);
    town.time += 2 * minute;
    await town.tick({ crons: 2, choose: mishap("killed after", () => true, nth) });
    town.time += 8 * day;
    await town.ticks(3);
    expect([nth, town.resend.sent.length]).toEqual([nth, 3]);
    expect(town.titles()).toEqual(["The newsletter's database was set back"]);
    await expectPromiseKept(town);
  }
});

test("two runs at once do not lose what the journal knows", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  const saved = town.d1.snapshot();
  let turn = 0;
  await town.tick({
    crons: 2,
    choose: (waiting) => {
      turn += 1;
      town.time += 600;
      return { index: turn % waiting.length, fate: "done" };
    },
  });
  const [row] = town.d1.query<{ claims: number }>("SELECT claims FROM newsletter");
  expect(town.kv.value("newsletter/progress")).toBe(String(row?.claims));
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(2);
  expect(town.titles()).toEqual(["The newsletter's database was set back"]);
  await expectPromiseKept(town);
});
