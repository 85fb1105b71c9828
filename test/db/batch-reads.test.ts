/** Tests that queries asked for at once are one call of D1, and that each gets its own rows or the error. */
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { batchReads } from "../../src/db/batch-reads.ts";
import { openDatabase } from "../../src/db/database.ts";
import { FakeD1 } from "../fakes/d1.ts";

function open() {
  const calls: number[] = [];
  const binding = new FakeD1().binding(async ({ statements }, work) => {
    calls.push(statements.length);
    return work();
  });
  return { db: openDatabase(batchReads(binding)), calls };
}

test("queries of one moment are one call, those that follow from their rows another; each gets its own rows", async () => {
  const { db, calls } = open();
  const number = async (value: number) => (await db.all<{ n: number }>(sql`SELECT ${value} AS n`))[0]?.n ?? 0;
  const next = async (value: number) => number((await number(value)) + 10);
  expect(await Promise.all([number(1), next(2), number(3), next(4)])).toEqual([1, 12, 3, 14]);
  expect(calls).toEqual([4, 2]);
  expect(await number(5)).toBe(5);
  expect(calls).toEqual([4, 2, 1]);
});

test("if one query fails, so do all of its call, and the next call does not", async () => {
  const { db, calls } = open();
  const results = await Promise.allSettled([db.all(sql`SELECT 1 AS n`), db.all(sql`SELECT * FROM nowhere`)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(String((results[1] as PromiseRejectedResult).reason.cause)).toContain("no such table: nowhere");
  expect(await db.all(sql`SELECT 2 AS n`)).toEqual([{ n: 2 }]);
  expect(calls).toEqual([2, 1]);
});
