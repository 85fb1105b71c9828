/**
 * Tests several databases on one Resend account, and a database of an earlier version: idempotency keys are never
 * shared or changed.
 */
import { expect, test } from "vitest";
import { markRestored } from "../../../src/cli/backup/restored-database.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { begin, expectPromiseKept } from "./begun.ts";
import { inTheMiddle } from "./earlier-version.ts";
import { hour, Town } from "./town.ts";

test("staging and production send the same edition through one account, and everybody gets theirs", async () => {
  const production = await begin(150);
  const staging = new Town(new FakeD1(), production.resend);
  staging.time = production.time - hour;
  staging.volumes = production.volumes;
  await staging.tick();
  staging.readers.join({ id: "tester" });
  staging.time = production.time;
  await staging.tick();
  await production.ticks(3);
  expect([staging.states(), production.states()]).toEqual([{ accepted: 1 }, { accepted: 150 }]);
  expect([staging.titles(), production.titles()]).toEqual([[], []]);
  expect(production.resend.sent).toHaveLength(151);
  await expectPromiseKept(production);
});

test("a backup of production that is restored into staging gives it none of production's keys", async () => {
  const production = await begin(3);
  await production.tick();
  const idOf = (town: Town) => town.d1.query<{ id: string }>("SELECT database_id AS id FROM newsletter")[0]?.id;
  const id = idOf(production) ?? "";
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  const at = new Date(production.time).toISOString();
  production.d1.inside((sqlite) => markRestored(sqlite, at, at, id));
  expect(idOf(production), "into the same database").toBe(id);
  production.d1.inside((sqlite) => markRestored(sqlite, at, at));
  expect(idOf(production), "into another one").toMatch(/^[0-9a-f]{16}$/);
  expect(idOf(production)).not.toBe(id);
});

test("a batch that was posted before the upgrade is repeated with its old key and bytes; the rest gets new keys", async () => {
  const { town, call } = await inTheMiddle();
  expect(town.resend.sent).toHaveLength(3);
  await town.ticks(3);
  expect(town.resend.calls[1]).toMatchObject(call);
  expect([town.states(), town.resend.sent.length, town.titles()]).toEqual([{ accepted: 5 }, 5, []]);
  const [id] = town.d1.query<{ id: string }>("SELECT database_id AS id FROM newsletter");
  const [, , rest] = town.resend.calls;
  expect(rest?.key).toBe(`each_tea_cooling/s00003+${id?.id}-0`);
  expect(town.d1.query("SELECT first_opened_at AS at FROM publications WHERE chapter_id = 'tea/cooling'")).toEqual([
    { at: "2026-01-14T10:00:00.000Z" },
  ]);
});
