/** Checks the growth of an imported list: imported subscribers count as new and lost like everybody else. */
import { expect, test } from "vitest";
import type { Entry, Standing } from "../../src/cli/import-export/entry.ts";
import { importGroups, importTime } from "../../src/cli/import-export/import-statements.ts";
import { openDatabase } from "../../src/db/database.ts";
import { growthOf } from "../../src/desk/subscribers/growth-figures.ts";
import { countChanges } from "../../src/desk/subscribers/subscriber-queries.ts";
import { countSubscribers } from "../../src/subscribers/subscriber-counts.ts";
import { openWorld } from "../world.ts";

const now = Date.parse("2026-03-20T12:00:00.000Z");

const entry = (line: number, standing: Standing, times: Partial<Entry> = {}): Entry => ({
  line,
  email: `reader${line}@example.org`,
  standing,
  requestedAt: null,
  agreedAt: "2026-01-10T09:00:00.000Z",
  endedAt: null,
  frequency: "each",
  books: null,
  pausedUntil: null,
  correctionsSince: null,
  page: "import",
  wording: "Subscribed there",
  ...times,
});

test("imported: who is in, who had left, who bounced and who complained there, in their months", async () => {
  await using world = await openWorld();
  const binding = await world.database();
  const entries = [
    entry(1, "subscribed"),
    entry(2, "subscribed", { agreedAt: null }),
    entry(3, "unsubscribed", { endedAt: "2026-02-01T09:00:00.000Z" }),
    entry(4, "bounced", { endedAt: "2026-02-02T09:00:00.000Z" }),
    entry(5, "complained", { endedAt: "2026-02-03T09:00:00.000Z" }),
  ];
  const arrivals = entries.map((each) => ({ entry: each, addressKey: each.email, hashes: [] }));
  let turn = 0;
  const next = () => `id${turn++}`;
  for (const { statements } of importGroups(
    { arrivals, changes: [], counts: {} as never },
    importTime(now),
    next,
    next,
  ))
    for (const statement of statements) await binding.prepare(statement).run();

  const db = openDatabase(binding);
  const changes = await countChanges(db, { from: "2025-12-01", to: "2026-03-20" });
  const confirmed = (await countSubscribers(db, now)).find(({ state }) => state === "confirmed")?.count ?? 0;
  expect(confirmed).toBe(2);
  const months = ["2025-12", "2026-01", "2026-02", "2026-03"];
  expect(
    growthOf(changes, months, confirmed).map(({ month, confirmed: came, left, bounced, complained, atEnd }) => [
      month,
      ...[came, left, bounced, complained, atEnd],
    ]),
  ).toEqual([
    ["2025-12", 0, 0, 0, 0, 0],
    ["2026-01", 4, 0, 0, 0, 4],
    ["2026-02", 0, 1, 1, 1, 1],
    ["2026-03", 1, 0, 0, 0, 2],
  ]);
});
