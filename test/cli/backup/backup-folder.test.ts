/** Tests a backup's folder: it gets its name only after the backup was verified. */
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Backup, listBackups, readBackup, writeBackup } from "../../../src/cli/backup/backup-folder.ts";
import { sha256 } from "../../../src/publish/object-store.ts";

const sql = "CREATE TABLE cups (name TEXT);\nINSERT INTO cups VALUES ('blue');\n";
const backupOf = (text: string): Backup => ({
  format: 1,
  at: "2026-03-01T12:00:00.000Z",
  place: "local",
  library: "tea",
  version: "1.0.0",
  database: { sha256: sha256(text), migrations: [], tables: { cups: { rows: 1, bytes: 4 } } },
  shelf: {},
});
const openFolder = () => mkdtempSync(join(tmpdir(), "backups-"));

test("what cannot be read back gets no name, and leaves nothing lying", () => {
  const root = openFolder();
  const twice = `${sql}INSERT INTO cups VALUES ('red');\n`;
  expect(() => writeBackup(root, backupOf(twice), twice)).toThrow("cups did not match the original when read back");
  expect([listBackups(root), readdirSync(join(root, "backups"))]).toEqual([[], []]);
  const name = writeBackup(root, backupOf(sql), sql);
  expect([name, listBackups(root)]).toEqual(["2026-03-01T12-00-00Z-local", ["2026-03-01T12-00-00Z-local"]]);
});

test("it is named as its folder is, however a terminal completes that", () => {
  const root = openFolder();
  const name = writeBackup(root, backupOf(sql), sql);
  const path = join(root, "backups", name);
  for (const written of [name, `backups/${name}`, `./backups/${name}/`, `.\\backups\\${name}\\`, path]) {
    const read = readBackup(root, written);
    read.database.close();
    expect(read.name).toBe(name);
  }
  expect(() => readBackup(root, "backups/2026-03-02T12-00-00Z-local")).toThrow("Did you mean");
});
