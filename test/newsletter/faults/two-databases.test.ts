/** Several databases on one Resend account, and a database of an earlier version: no idempotency key is shared, none changes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dropsOf } from "../../../src/publish/vault/dump.ts";
import { markRestored } from "../../../src/publish/vault/restored-database.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { repository } from "../../world.ts";
import { begin, cooling, expectPromiseKept, history } from "./begun.ts";
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

interface Fixture {
  readonly time: string;
  readonly kv: Readonly<Record<string, string>>;
  readonly call: { readonly key: string; readonly body: string };
  readonly database: readonly string[];
}

/** As the version before migration 0010 left it: three of five copies posted without an answer, two not sealed yet. */
async function inTheMiddle(): Promise<{ readonly town: Town; readonly call: Fixture["call"] }> {
  const text = readFileSync(join(import.meta.dirname, "edition-before-0010.json"), "utf8");
  const { time, kv, call, database } = JSON.parse(text) as Fixture;
  const folder = join(repository, "migrations");
  const later = readdirSync(folder).filter((name) => name.endsWith(".sql") && name >= "0010");
  const d1 = new FakeD1();
  d1.inside((sqlite) => {
    for (const statement of [...dropsOf(sqlite), ...database]) sqlite.exec(statement);
    for (const name of later.sort()) sqlite.exec(readFileSync(join(folder, name), "utf8"));
  });
  const town = new Town(d1);
  town.time = Date.parse(time);
  town.volumes = [history, cooling];
  for (const [key, value] of Object.entries(kv)) await town.kv.binding().put(key, value);
  town.resend.take({
    headers: new Headers({ authorization: "Bearer re_test", "idempotency-key": call.key }),
    body: call.body,
  });
  return { town, call };
}

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
