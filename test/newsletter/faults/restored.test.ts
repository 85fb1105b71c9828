/** Tests database rollbacks: what may have been sent since then is sent again only by the author's decision. */
import { expect, test } from "vitest";
import { goOn, skip } from "./author.ts";
import { begin, expectPromiseKept, oolong } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { inScenes } from "./scenes.ts";
import { day, hour, minute, type Town } from "./town.ts";
import type { Choose } from "./turns.ts";

/** Points in time to roll back to, after the edition is complete. */
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
    // A repeated key that Resend still remembers returns the first result and sends nothing.
    expect(town.resend.sent).toHaveLength(250);
    expect(town.titles()[0]).toBe("The newsletter database was rolled back");
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
    ["The newsletter database was rolled back", "Published but not emailed"],
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
    expect(town.titles()).toEqual(["The newsletter database was rolled back"]);
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
  expect(town.titles()).toEqual(["The newsletter database was rolled back"]);
  await expectPromiseKept(town);
});

test("of digests that nobody gets the author is not asked; whoever goes over to them later gets nothing twice", async () => {
  for (const word of ["wait", "skip", "continue"] as const) {
    const town = await begin(3);
    await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO editions/.test(text)) });
    const saved = town.d1.snapshot();
    const [reader] = [...town.readers.all.values()];
    if (!reader) throw new Error("Nobody is there.");
    await town.ticks(3);
    town.restore(saved);
    town.time += 2 * minute;
    await town.tick();
    expect(town.d1.query("SELECT id FROM editions WHERE state = 'stopped'")).toEqual([{ id: "each_tea_cooling" }]);
    await town.readers.choose(reader, "weekly", null);
    if (word === "skip") skip(town, "each_tea_cooling");
    if (word === "continue") goOn(town, "each_tea_cooling");
    town.time += 8 * day;
    await town.ticks(3);
    // Continuing sends again to subscribers of each chapter, and to this one, who has changed frequency since.
    expect([word, town.readers.countFor(reader.id)]).toEqual([word, word === "continue" ? 2 : 1]);
    await expectPromiseKept(town);
  }
});

test("with one reader of digests the author is asked about those, and about no others", async () => {
  const town = await begin(3);
  town.readers.many(1, { frequency: "monthly" });
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO editions/.test(text)) });
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  town.time += 2 * minute;
  await town.tick();
  expect(town.d1.query("SELECT audience FROM editions WHERE state = 'stopped' ORDER BY audience")).toEqual([
    { audience: "each" },
    { audience: "monthly" },
  ]);
  await expectPromiseKept(town);
});

test.each(Object.keys(hours))(
  "set back to %s, and found out after the keys are dead: nobody has two, whatever the author says of it",
  async (until) => {
    for (const word of ["wait", "continue", "skip"] as const) {
      const town = await begin(120);
      await hours[until]?.(town);
      const saved = town.d1.snapshot();
      for (let run = 0; run < 6; run += 1) await town.ticks(1);
      expect(town.states()).toEqual({ accepted: 120 });
      town.time += 26 * hour;
      town.restore(saved);
      const recorded = town.d1.query<{ id: string }>("SELECT subscriber_id AS id FROM deliveries");
      town.time += 2 * minute;
      await town.ticks(2);
      const stopped = town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'");
      expect([until, stopped.length > 0 || until === "before the chapter was news"]).toEqual([until, true]);
      expect(town.resend.sent).toHaveLength(120);
      for (const { id } of stopped) {
        if (word === "continue") goOn(town, id);
        if (word === "skip") skip(town, id);
      }
      await expectPromiseKept(town);
      const again = [...town.copies()].filter(([, { length }]) => length > 1).map(([name]) => name.split(" ")[1]);
      expect(again.filter((id) => word !== "continue" || recorded.some((row) => row.id === id))).toEqual([]);
    }
  },
);

test("two runs meet the restored database: the one that sleeps does not stop again what the author let go on", async () => {
  const town = await begin(3);
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  town.time += 2 * minute;
  await town.tick({
    crons: 2,
    choose: inScenes(
      [0, ({ text }) => text.includes("'database restored'")],
      [1, undefined, () => goOn(town, "each_tea_cooling")],
      [0],
    ),
  });
  expect(town.d1.query("SELECT state FROM editions")).toEqual([{ state: "sending" }]);
  await expectPromiseKept(town);
});

test("nothing that a run does reads all copies there ever were, not even when it meets the restored database", async () => {
  const town = await begin(5);
  const statements = new Set<string>();
  const choose: Choose = ([step]) => {
    if (step?.what === "read" || step?.what === "write")
      for (const statement of step.text.split(";")) statements.add(statement);
    return { index: 0, fate: "done" };
  };
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  const saved = town.d1.snapshot();
  town.time += 5 * minute;
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick({ choose });
  town.time += 25 * hour;
  await town.tick({ choose });
  town.restore(saved);
  town.time += 2 * minute;
  await town.tick({ choose });
  expect([...statements].filter((statement) => statement.includes("'database restored'"))).not.toEqual([]);
  const scans = [...statements].filter((statement) =>
    town.d1
      .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`)
      .some(({ detail }) => /^SCAN (deliveries|d)\b/.test(detail)),
  );
  expect(scans).toEqual([]);
});
