/** Tests `npm run restore`: whatever state KV is in, nobody gets a second email, and nothing is sent until the author resumes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dumpOf, extentsOf, loadDump } from "../../../src/cli/backup/dump.ts";
import {
  bringUpToDate,
  type Migration,
  markRestored,
  mergeChangesSince,
} from "../../../src/cli/backup/restored-database.ts";
import { resumeStatements } from "../../../src/editions/actions/edition-actions.ts";
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import { dropsOf } from "../../cli/backup/drops.ts";
import { repository } from "../../world.ts";
import { say, skip } from "./author.ts";
import { begin, expectPromiseKept, oolong } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { day, hour, minute, type Town } from "./town.ts";

const folder = join(repository, "migrations");
const migrations: readonly Migration[] = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));

interface Saved {
  readonly sql: string;
  readonly watermark: string | undefined;
}

/** Adds the table of applied migrations, which the fake database lacks. */
const noted = (town: Town): void => {
  town.d1.inside((sqlite) => {
    sqlite.exec("CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TEXT)");
    for (const { name } of migrations) sqlite.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(name);
  });
};
const save = (town: Town): Saved => ({
  sql: town.d1.inside((sqlite) => [...dumpOf(sqlite)].join(";\n")),
  watermark: town.kv.value(watermarkKey),
});

/** What the author lost, and what remains in KV and in the deployed database. */
const losses = {
  "the database alone": { mergesChanges: false, forget: async () => undefined },
  "the database alone, with what is known since": { mergesChanges: true, forget: async () => undefined },
  "the database and KV, both set back": {
    mergesChanges: false,
    forget: async (town: Town, { watermark }: Saved) => {
      town.kv.clear();
      if (watermark !== undefined) await town.kv.binding().put(watermarkKey, watermark);
    },
  },
  "everything, into an empty account": { mergesChanges: false, forget: async (town: Town) => town.kv.clear() },
} as const;

/** Does what `npm run restore` does; its claim watermark has not reached KV yet, and is not needed. */
async function restoreBackup(town: Town, saved: Saved, loss: keyof typeof losses): Promise<void> {
  const { mergesChanges, forget } = losses[loss];
  const at = new Date(town.now()).toISOString();
  const database = loadDump(saved.sql);
  bringUpToDate(database, migrations);
  if (mergesChanges) town.d1.inside((present) => mergeChangesSince(database, present, () => []));
  markRestored(database, at, at);
  town.restore(() =>
    town.d1.inside((sqlite) => {
      for (const statement of [...dropsOf(sqlite), ...dumpOf(database)]) sqlite.exec(statement);
      expect(extentsOf(sqlite)).toEqual(extentsOf(database));
    }),
  );
  database.close();
  await forget(town, saved);
}

const roasting = { book: "coffee", id: "roasting" } as const;
const moments: Readonly<Record<string, (town: Town) => Promise<void>>> = {
  "before the mailing": async () => undefined,
  "while it is being posted": async (town) => {
    await town.tick({ choose: mishap("killed after", isPost) });
  },
};
const stories = Object.keys(moments).flatMap((moment) =>
  (Object.keys(losses) as (keyof typeof losses)[]).map((loss) => [moment, loss] as const),
);

test.each(stories)(
  "backed up %s, and lost: %s",
  async (moment, loss) => {
    const town = await begin(120);
    town.readers.many(5, { frequency: "weekly" });
    noted(town);
    await moments[moment]?.(town);
    const saved = save(town);

    // Both chapters and the digest are sent before the restore.
    await town.ticks(3);
    town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
    town.time += 2 * hour;
    await town.ticks(3);
    town.time += 6 * day;
    await town.ticks(3);
    const sent = town.resend.sent.length;
    expect(sent).toBe(245);
    await restoreBackup(town, saved, loss);

    // Days pass and a new chapter becomes due, but nothing is sent.
    await town.ticks(3);
    town.publish({ ...roasting, published: new Date(town.time + hour).toISOString() });
    for (let days = 0; days < 9; days += 1) {
      town.time += day;
      await town.ticks(2);
    }
    expect(town.resend.sent).toHaveLength(sent);

    // After resuming, deliveries that cannot have been sent are sent; the others need a separate decision; nobody gets two.
    say(town, resumeStatements(town.now()));
    await town.ticks(6);
    const brought = town.resend.sent.slice(sent).map(({ message }) => message.subject);
    expect(new Set(brought)).toEqual(new Set(["coffee/roasting"]));
    expect(brought.length).toBeGreaterThanOrEqual(120);
    const stopped = town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'");
    for (const { id } of stopped) skip(town, id);
    town.time += 8 * day;
    await town.ticks(3);
    await expectPromiseKept(town);
    expect([...town.copies().values()].every(({ length }) => length === 1)).toBe(true);
  },
  60_000,
);

// The restore and the engine share the constant: see test/house/spelling.test.ts.
test("the key of the claim watermark stays: the KV of libraries in use has it", () => {
  expect(watermarkKey).toBe("newsletter/progress");
});

test("two restores one after the other, each met by a run, are both met", async () => {
  const town = await begin(3);
  noted(town);
  const saved = save(town);
  await town.ticks(2);
  await restoreBackup(town, saved, "everything, into an empty account");
  await town.ticks(1);
  await restoreBackup(town, saved, "the database alone");
  town.time += 2 * minute;
  await town.ticks(3);
  expect(town.resend.sent).toHaveLength(3);
  expect(town.d1.query("SELECT id FROM editions WHERE state = 'stopped'")).not.toEqual([]);
});
