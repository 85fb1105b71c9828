/** Tests what a restore keeps from the current database: every kind of unsubscribe, but no deletions. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import {
  bringUpToDate,
  type Migration,
  markRestored,
  mergeChangesSince,
} from "../../../src/cli/backup/restored-database.ts";
import { repository } from "../../world.ts";

const folder = join(repository, "migrations");
const migrations: readonly Migration[] = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));

/** All subscribers as they were when the backup was made. */
function openTown(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  bringUpToDate(database, migrations);
  for (const name of ["ann", "bo", "cy", "di", "ed"]) {
    database
      .prepare(`INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
        VALUES (?1, ?2, ?2, 'confirmed', 'k', '', '2026-01-01')`)
      .run(name, `${name}@example.org`);
    database
      .prepare(
        "INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES (?, '2026-01-01', 'confirmed', '/', '')",
      )
      .run(name);
  }
  database.exec("INSERT INTO suppressions VALUES ('hash of old@example.org', 'erased', '2025-01-01')");
  return database;
}
const namesOf = (address: string) => [`other hash of ${address}`, `hash of ${address}`];

test("who left, bounced or had everything erased stays away; who is only missing comes back; new addresses that bounced get no mail", () => {
  using restored = openTown();
  using present = openTown();
  present.exec(`UPDATE subscribers SET state = 'unsubscribed', left_at = '2026-02-01' WHERE id = 'ann';
    INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES ('ann', '2026-02-01', 'left', 'mail', 'Leave');
    UPDATE subscribers SET state = 'suppressed', suppressed_at = '2026-02-01', suppression_reason = 'complaint' WHERE id = 'bo';
    DELETE FROM subscribers WHERE id = 'cy'; DELETE FROM consents WHERE subscriber_id = 'cy';
    INSERT INTO suppressions VALUES ('hash of cy@example.org', 'erased', '2026-02-01');
    UPDATE subscribers SET email = 'new@example.org', address_key = 'new@example.org' WHERE id = 'di';
    INSERT INTO suppressions VALUES ('hash of di@example.org', 'bounce', '2026-02-01');
    DELETE FROM subscribers WHERE id = 'ed'`);
  expect(mergeChangesSince(restored, present, namesOf)).toEqual({ unsubscribes: 4, copies: 0 });
  expect(restored.prepare("SELECT id, state, suppression_reason AS why FROM subscribers ORDER BY id").all()).toEqual([
    { id: "ann", state: "unsubscribed", why: null },
    { id: "bo", state: "suppressed", why: "complaint" },
    { id: "di", state: "suppressed", why: "bounce" },
    { id: "ed", state: "confirmed", why: null },
  ]);
  expect(restored.prepare("SELECT act FROM consents WHERE subscriber_id IN ('ann', 'cy') ORDER BY at").all()).toEqual([
    { act: "confirmed" },
    { act: "left" },
  ]);
  expect(restored.prepare("SELECT COUNT(*) AS count FROM suppressions").get()).toEqual({ count: 3 });
  expect(mergeChangesSince(restored, present, namesOf)).toEqual({ unsubscribes: 0, copies: 0 });
});

test("copies that were sent since are on record again, and one that was on its way has its end; what ended before stays", () => {
  using restored = openTown();
  using present = openTown();
  const insert = "INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, changed_at) VALUES";
  restored.exec(`${insert} ('c', 'ann', 'e', 'sending', '1'), ('c', 'bo', 'e', 'delivered', '1')`);
  present.exec(
    `${insert} ('c', 'ann', 'e', 'accepted', '2'), ('c', 'bo', 'e', 'accepted', '0'), ('d', 'cy', 'e', 'accepted', '2')`,
  );
  expect(mergeChangesSince(restored, present, namesOf)).toEqual({ unsubscribes: 0, copies: 2 });
  expect(
    restored.prepare("SELECT chapter_id || ' ' || subscriber_id AS copy, state FROM deliveries ORDER BY 1").all(),
  ).toEqual([
    { copy: "c ann", state: "accepted" },
    { copy: "c bo", state: "delivered" },
    { copy: "d cy", state: "accepted" },
  ]);
});

test("whoever left stays away and gets nothing twice, also where they are on record under another id since", () => {
  using restored = openTown();
  using present = openTown();
  // The database was lost, and recreated from an exported list.
  present.exec(`DELETE FROM consents; UPDATE subscribers SET id = 'new ' || id;
    UPDATE subscribers SET state = 'unsubscribed', left_at = '2026-02-01' WHERE id = 'new ann';
    INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES ('new ann', '2026-02-01', 'left', 'mail', 'Leave');
    INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, changed_at)
      VALUES ('tea/cooling', 'new bo', 'each_tea_cooling', 'accepted', '2026-02-02')`);
  expect(mergeChangesSince(restored, present, namesOf)).toEqual({ unsubscribes: 1, copies: 1 });
  expect(restored.prepare("SELECT state, left_at FROM subscribers WHERE id = 'ann'").get()).toEqual({
    state: "unsubscribed",
    left_at: "2026-02-01",
  });
  expect(restored.prepare("SELECT act FROM consents WHERE subscriber_id = 'ann' ORDER BY at").all()).toEqual([
    { act: "confirmed" },
    { act: "left" },
  ]);
  expect(restored.prepare("SELECT subscriber_id AS id, state FROM deliveries").all()).toEqual([
    { id: "bo", state: "accepted" },
  ]);
});

test("an address that bounced since is suppressed from then on", () => {
  using restored = openTown();
  using present = openTown();
  present.exec("INSERT INTO suppressions VALUES ('hash of di@example.org', 'bounce', '2026-02-01')");
  restored.exec("UPDATE subscribers SET state = 'pending', confirmed_at = NULL WHERE id = 'di'");
  mergeChangesSince(restored, present, namesOf);
  expect(restored.prepare("SELECT state, suppressed_at AS at FROM subscribers WHERE id = 'di'").get()).toEqual({
    state: "suppressed",
    at: "2026-02-01",
  });
});

test("by which names a chapter is known, and what the author has answered, is kept; the release is met again", () => {
  using restored = openTown();
  using present = openTown();
  restored.exec(`INSERT INTO chapter_keys VALUES ('cold/old', 'tea/old');
    INSERT INTO chapter_questions (place, may_be, asked_at) VALUES ('cold/cooling', '["tea/cooling"]', '1');
    INSERT INTO chapter_questions (place, may_be, asked_at, answer) VALUES ('cold/ice', '["tea/ice"]', '1', 'new');
    INSERT INTO release_state VALUES (1, 'f', '{}', '{}')`);
  present.exec(`INSERT INTO chapter_keys VALUES ('cold/cooling', 'tea/cooling'), ('cold/old', 'tea/other');
    INSERT INTO chapter_questions VALUES ('cold/cooling', '["tea/cooling"]', '1', 'tea/cooling', '2'),
      ('cold/ice', '["tea/ice"]', '1', 'tea/ice', '2')`);
  mergeChangesSince(restored, present, namesOf);
  markRestored(restored, "3", "1");
  expect(restored.prepare("SELECT key || ' ' || chapter_id AS name FROM chapter_keys ORDER BY 1").all()).toEqual([
    { name: "cold/cooling tea/cooling" },
    { name: "cold/old tea/old" },
  ]);
  expect(restored.prepare("SELECT place, answer FROM chapter_questions ORDER BY 1").all()).toEqual([
    { place: "cold/cooling", answer: "tea/cooling" },
    { place: "cold/ice", answer: "new" },
  ]);
  expect(restored.prepare("SELECT fingerprint FROM release_state").get()).toEqual({ fingerprint: "" });
});
