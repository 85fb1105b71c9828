/**
 * Tests the questions about chapters in `npm run deploy`, with databases of several versions, and the answers it
 * writes to front matter.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkChapters } from "../../../src/cli/identity/check-chapters.ts";
import { readRemoteRecord } from "../../../src/cli/identity/remote-record.ts";
import type { Manifest } from "../../../src/library/manifest.ts";
import { LibraryCompiler } from "../../../src/publish/compile-library.ts";
import { discardingStore } from "../../../src/publish/object-store.ts";
import { bookFolder, repository } from "../../world.ts";

const now = Date.parse("2026-03-01T12:00:00.000Z");
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "check-chapters-"));
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(home, path), "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
  writeFileSync(join(home, path), text.replace(from, to));
}

async function compile(): Promise<Manifest> {
  const result = await new LibraryCompiler(home, discardingStore).compile();
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.manifest as Manifest;
}

/** A database migrated up to `last`, with tea's chapters recorded. */
function database(last: string, ...statements: readonly string[]) {
  const sqlite = new DatabaseSync(":memory:");
  const folder = join(repository, "migrations");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql") && name.slice(0, 4) <= last);
  for (const name of files.sort()) sqlite.exec(readFileSync(join(folder, name), "utf8"));
  for (const statement of statements) sqlite.exec(statement);
  return async (asked: readonly string[]) => asked.map((statement) => sqlite.prepare(statement).all());
}
const onRecord = `INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES
  ('tea/tea-overview', '2026-01-05T00:00:00.000Z', '2026-01-05T00:00:00.000Z'),
  ('tea/leaves', '2026-01-12T00:00:00.000Z', '2026-01-12T00:00:00.000Z'),
  ('tea/cooling', '2026-02-02T08:30:00.000Z', '2026-02-02T08:35:00.000Z')`;
const begun = "INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z')";

async function check(execute: ReturnType<typeof database>) {
  const record = await readRemoteRecord(execute);
  return record && checkChapters(await compile(), record, now);
}

test("before the first deploy, and before the first cron run, nothing is on record", async () => {
  expect(await readRemoteRecord(async (asked) => asked.map(() => []))).toBeUndefined();
  expect(await readRemoteRecord(database("9999", begun))).toBeUndefined();
});

test.each(["0000", "0001", "0012", "9999"])(
  "a library that stays as it was passes, on a database of version %s",
  async (version) => {
    expect(await check(database(version, onRecord))).toMatchObject({ kind: "clear", known: 3 });
  },
);

/** Renames the file of cooling; `front` is added to its front matter. */
function rename(front = ""): void {
  edit("content/tea/cooling.md", "published:", `${front}published:`);
  renameSync(join(home, "content/tea/cooling.md"), join(home, "content/tea/heat.md"));
  edit("content/tea/book.md", "- cooling", "- heat");
  edit("content/tea/book.md", "(cooling#", "(heat#");
}

test.each(["0001", "0012", "9999"])(
  "a chapter that moved without a word is a question, on a database of version %s",
  async (version) => {
    rename();
    expect(await check(database(version, onRecord, begun))).toEqual({
      kind: "unclear",
      questions: [
        "content/tea/heat.md may be a new chapter, or a chapter on record that is missing from this release: `tea/cooling`.\nIf it moved: `id: tea/cooling`, and `redirect_from: [/tea/cooling]` for its old URL.\nIf it is new: `id: tea/heat`.",
      ],
    });
  },
);

test.each([
  ["it moved", "id: tea/cooling\n", 3],
  ["it is new", "id: tea/heat\n", 2],
])("an answer in the front matter passes: %s", async (_, front, known) => {
  rename(front);
  expect(await check(database("9999", onRecord, begun))).toMatchObject({ kind: "clear", known });
});

test.each([
  ["tea/cooling", 3],
  ["new", 2],
])("an answer on record passes: %s", async (answer, known) => {
  rename();
  const answered = `INSERT INTO chapter_questions VALUES ('tea/heat', '["tea/cooling"]', '2026-02-20', '${answer}', '2026-02-21')`;
  expect(await check(database("9999", onRecord, begun, answered))).toMatchObject({ kind: "clear", known });
});

test("before the newsletter has begun nobody is asked", async () => {
  rename();
  expect(await check(database("9999", onRecord))).toMatchObject({ kind: "clear", known: 2 });
});

test("the old URL is where the chapter was last seen", async () => {
  const moved = `UPDATE publications SET place = 'tea/warm' WHERE chapter_id = 'tea/cooling'`;
  rename();
  const unclear = await check(database("9999", onRecord, begun, moved));
  expect(unclear).toMatchObject({
    questions: [expect.stringContaining("`redirect_from: [/tea/warm]` for its old URL")],
  });
});

test("a chapter at a URL that another one had in between is told apart by an id of its own", async () => {
  const taken = `UPDATE publications SET place = 'tea/cooling' WHERE chapter_id = 'tea/cooling';
    DELETE FROM publications WHERE chapter_id = 'tea/leaves';
    INSERT INTO chapter_keys VALUES ('tea/leaves', 'tea/cooling')`;
  expect(await check(database("9999", onRecord, begun, taken))).toEqual({
    kind: "unclear",
    questions: [
      "content/tea/leaves.md is at a former URL of `tea/cooling`, a chapter that has moved.\nGive it a new id: `id: tea/leaves-2`.",
    ],
  });
});
