/** Tests how long messages from readers and their addresses are kept, and that the migration leaves older data alone. */
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { iso } from "../../src/db/database.ts";
import { messagesKeptFor } from "../../src/db/reader-message-tables.ts";
import { moveCounts } from "../../src/editions/chapters/counted-names.ts";
import { deleteExpiredMessages } from "../../src/reader-messages/delete-expired.ts";
import { FakeD1, migrate } from "../fakes/d1.ts";

const day = 86_400_000;
/** At the minute of the hour when messages are deleted. */
const now = Date.parse("2026-12-03T12:31:00.000Z");

function openMessages(): FakeD1 {
  const d1 = new FakeD1();
  const insert = (id: string, sentDays: number, closedDays: number | undefined) =>
    d1.query(
      `INSERT INTO reader_messages (id, at, message, email, address_key, state, closed_at)
        VALUES (?, ?, 'm', 'a@b.example', 'a@b.example', ?, ?)`,
      id,
      iso(now - sentDays * day),
      closedDays === undefined ? "open" : "answered",
      closedDays === undefined ? null : iso(now - closedDays * day),
    );
  insert("open", messagesKeptFor.message - 1, undefined);
  insert("old", messagesKeptFor.message, undefined);
  insert("answered lately", 100, messagesKeptFor.address - 1);
  insert("answered", 100, messagesKeptFor.address);
  return d1;
}
const rows = (d1: FakeD1) => d1.query("SELECT id, email, address_key AS key FROM reader_messages ORDER BY id");

test("a message is deleted a year after it was sent, its address a month after the author was done with it", async () => {
  const d1 = openMessages();
  expect(await deleteExpiredMessages(d1.binding(), now)).toEqual({ queries: 2, calls: 1 });
  expect(rows(d1)).toEqual([
    { id: "answered", email: null, key: null },
    { id: "answered lately", email: "a@b.example", key: "a@b.example" },
    { id: "open", email: "a@b.example", key: "a@b.example" },
  ]);
});

test("it happens once an hour, and a failure is left to the next", async () => {
  const d1 = openMessages();
  for (const minutes of [0, 5, 25, 35, 55]) {
    const at = Date.parse("2026-12-03T12:00:00.000Z") + minutes * 60_000;
    expect(await deleteExpiredMessages(d1.binding(), at)).toBeUndefined();
  }
  expect(rows(d1)).toHaveLength(4);
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const failing = d1.binding(async () => {
    throw new Error("D1_ERROR: no such thing");
  });
  expect(await deleteExpiredMessages(failing, now)).toEqual({ queries: 2, calls: 1 });
  expect(logged).toHaveBeenCalledOnce();
  logged.mockRestore();
});

test("the queries use the indexes of expiry, so an hour without work reads next to nothing", async () => {
  const statements: string[] = [];
  const d1 = new FakeD1();
  await deleteExpiredMessages(
    d1.binding(async (call, work) => {
      statements.push(...call.statements);
      return work();
    }),
    now,
  );
  const plans = statements.map((sql) =>
    d1
      .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...(sql.match(/\?/g) ?? []).map(() => ""))
      .map(({ detail }) => detail)
      .join("; "),
  );
  expect(plans[0]).toContain("reader_messages_time");
  expect(plans[1]).toContain("reader_messages_expiring");
  expect(plans.join()).not.toMatch(/SCAN reader_messages(?! USING)/);
});

test("messages move with their chapter from a temporary name to its identity", () => {
  expect(moveCounts([]).length).toBe(0);
  const statements = moveCounts([["tea/cooling", "ice/cooling"]]).length;
  expect(statements).toBe(4);
});

test("the migration adds its table to a database with data, and changes nothing else in it", () => {
  using database = new DatabaseSync(":memory:");
  migrate(database, (name) => name < "0023");
  database.exec(`INSERT INTO feedback (id, page, at, clear) VALUES ('f', 'tea/', 'x', 1);
    INSERT INTO letters (id, kind, state, message, created_at, next_attempt_at, attempts)
      VALUES ('l', 'welcome', 'queued', '[]', 'x', 'x', 0)`);
  const before = ["feedback", "letters"].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  migrate(database, (name) => name.startsWith("0023"));
  expect(["feedback", "letters"].map((table) => database.prepare(`SELECT * FROM ${table}`).all())).toEqual(before);
  database.exec("INSERT INTO reader_messages (id, at, message) VALUES ('m', 'x', 'm')");
  expect(database.prepare("SELECT state FROM reader_messages").all()).toEqual([{ state: "open" }]);
});
