/** Tests times recorded by a clock that was ahead, on a real D1: they become the current time, in the same order. */
import { expect, test } from "vitest";
import { iso, openDatabase } from "../../src/db/database.ts";
import { correctFutureTimes } from "../../src/editions/recovery/future-times.ts";
import { openWorld } from "../world.ts";

const now = Date.parse("2026-02-02T08:00:00.000Z");
const day = 86_400_000;

test("a future confirmation stays before or after the first opening of each chapter, and what is past stays as it is", async () => {
  await using world = await openWorld();
  const database = await world.database();
  const db = openDatabase(database);
  const openings = { "tea/past": -day, "tea/first": 2 * day, "tea/twin": 2 * day, "tea/second": 4 * day };
  const confirmations = { past: -day, before: day, at: 2 * day, between: 3 * day, after: 5 * day };
  await database.batch([
    ...Object.entries(openings).map(([id, after]) =>
      database
        .prepare(
          "INSERT INTO publications (chapter_id, published_at, recorded_at, first_opened_at) VALUES (?, '', '', ?)",
        )
        .bind(id, iso(now + after)),
    ),
    ...Object.entries(confirmations).flatMap(([id, after]) => [
      database
        .prepare(
          "INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES (?1, ?1, ?1, 'confirmed', 'k', '', ?2)",
        )
        .bind(id, iso(now + after)),
      database
        .prepare("INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES (?, ?, 'confirmed', '', '')")
        .bind(id, iso(now + after)),
    ]),
  ]);
  const corrected = async () => ({
    openings: Object.fromEntries(
      (
        await database
          .prepare("SELECT chapter_id AS id, first_opened_at AS at FROM publications")
          .all<{ id: string; at: string }>()
      ).results.map(({ id, at }) => [id, Date.parse(at) - now]),
    ),
    confirmations: Object.fromEntries(
      (
        await database.prepare("SELECT id, confirmed_at AS at FROM subscribers").all<{ id: string; at: string }>()
      ).results.map(({ id, at }) => [id, Date.parse(at) - now]),
    ),
  });
  const expected = {
    openings: { "tea/past": -day, "tea/first": -2, "tea/twin": -2, "tea/second": -1 },
    confirmations: { past: -day, before: -2, at: -2, between: -1, after: 0 },
  };
  await correctFutureTimes(db, now);
  expect(await corrected()).toEqual(expected);
  await correctFutureTimes(db, now + day);
  expect(await corrected(), "once").toEqual(expected);
  const proof = await database.prepare("SELECT at FROM consents WHERE subscriber_id = 'after'").first("at");
  expect(proof, "what was agreed, and when by that clock, stays on record").toBe(iso(now + 5 * day));
});
