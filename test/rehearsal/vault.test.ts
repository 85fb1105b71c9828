/** Rehearses `npm run backup` and `npm run restore` with the real wrangler, on the local library and on a fake Cloudflare's. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { allMigrations, copyProject, type Project } from "./project.ts";

const hash = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const page = Buffer.from('{"kind":"chapter"}');
const pack = Buffer.from([0x89, 0x50, 0, 255, 254, 10, 13]);

/** Two subscribers, one of whom will unsubscribe; an edition in progress; and texts with every character special to SQL. */
const town = `
  INSERT INTO newsletter (id, began_at, claims) VALUES (1, '2026-01-01T00:00:00.000Z', 4);
  INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES
    ('s1', 'Ann@example.org', 'ann@example.org', 'confirmed', 'k', '', '2026-01-02T00:00:00.000Z'),
    ('s2', 'bo@example.org', 'bo@example.org', 'confirmed', 'k', '', '2026-01-02T00:00:00.000Z');
  INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES ('s1', '2026-01-02', 'confirmed', '/', 'It''s yours; really
– until you leave \\n');
  INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
    VALUES ('each_tea_cooling', 'each', '["tea/cooling"]', 'sending', '2026-02-02T08:30:00.000Z', '[]');
  INSERT INTO letters (id, kind, state, message, created_at, next_attempt_at)
    VALUES ('l1', 'welcome', 'queued', '[{"html":"a; b"}]', '2026-02-02T08:30:00.000Z', '2026-02-02T08:30:00.000Z');`;
/** The changes between backup and restore. */
const since = `
  UPDATE subscribers SET state = 'unsubscribed', left_at = '2026-02-03T00:00:00.000Z' WHERE id = 's2';
  INSERT INTO consents (subscriber_id, at, act, page, wording) VALUES ('s2', '2026-02-03T00:00:00.000Z', 'left', 'mail', 'Leave');
  INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, changed_at)
    VALUES ('tea/cooling', 's1', 'each_tea_cooling', 'accepted', '2026-02-02T08:31:00.000Z');
  UPDATE newsletter SET claims = 7; UPDATE editions SET state = 'done';
  DELETE FROM consents WHERE subscriber_id = 's1'`;

const run = (project: Project, cloudflare: Pick<CloudflareFake, "environment">, command: string, ...args: string[]) =>
  project.script(command, args, cloudflare);

const backups = (project: Project) => readdirSync(join(project.root, "backups")).filter((name) => name !== "objects");

/** A deployed library with subscribers and an object store. */
function openDeployed(cloudflare: CloudflareFake) {
  cloudflare.databases.create("ml-blog");
  cloudflare.databases.write("ml-blog", allMigrations());
  cloudflare.createWorker("ml-blog");
  const shelf = cloudflare.namespaces.values("ml-blog-shelf");
  shelf.set(`object/${hash(page)}`, page);
  shelf.set(`mail/pictures/${hash(pack)}`, pack);
  for (let index = 0; index < 9; index += 1) shelf.set(`object/${hash(`old ${index}`)}`, Buffer.from(`old ${index}`));
  shelf.set("newsletter/progress", Buffer.from("4"));
  cloudflare.databases.write("ml-blog", town);
  return shelf;
}

test("the deployed library: copied, read back, copied again without fetching anew, and brought back without losing a goodbye", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  expect((await run(project, cloudflare, "backup", "--remote")).said).toContain("`npm run deploy`");
  const shelf = openDeployed(cloudflare);
  const rows = (sql: string) => cloudflare.databases.rows("ml-blog", sql);

  const first = await run(project, cloudflare, "backup", "--remote");
  expect([first.code, first.said]).toEqual([
    0,
    expect.stringContaining("12 objects in the object store, all matching their hashes:\n  12 fetched, 0 already"),
  ]);
  const [name = ""] = backups(project);
  expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-remote$/);
  for (const path of [`${name}/database.sql`, `${name}/backup.json`, `objects/${hash(pack)}`]) {
    expect(statSync(join(project.root, "backups", path)).mode & 0o077, path).toBe(0);
  }
  expect(readFileSync(join(project.root, "backups/objects", hash(pack)))).toEqual(pack);

  cloudflare.forgetRequests();
  shelf.set(`object/${hash("new")}`, Buffer.from("new"));
  const second = await run(project, cloudflare, "backup", "--remote");
  expect(second.said).toContain("13 objects in the object store, all matching their hashes:\n  2 fetched, 11 already");
  expect(cloudflare.requests.filter((line) => line.includes("/values/"))).toHaveLength(2);

  cloudflare.databases.write("ml-blog", since);
  shelf.delete(`mail/pictures/${hash(pack)}`);
  shelf.set("newsletter/progress", Buffer.from("7"));

  const before = cloudflare.writes.length;
  const dry = await run(project, cloudflare, "restore", name, "--remote");
  expect([dry.code, dry.said.trim().split("\n").at(-1)]).toEqual([
    1,
    "Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`.",
  ]);
  expect(dry.said).toMatch(/deliveries +1 +0\n/);
  expect(dry.said).toContain("1 object of 12 missing from the object store will be restored.");
  expect(cloudflare.writes.slice(before).filter((line) => !line.endsWith("/query"))).toEqual([]);

  cloudflare.databases.breaksImports = true;
  const broken = await run(project, cloudflare, "restore", name, "--remote", "--yes");
  expect([broken.code, broken.said]).toEqual([1, expect.stringContaining("The database was not changed")]);
  expect(rows("SELECT state FROM subscribers ORDER BY id")).toEqual([
    { state: "confirmed" },
    { state: "unsubscribed" },
  ]);
  expect(rows("SELECT claims, hold_reason FROM newsletter")).toEqual([{ claims: 7, hold_reason: null }]);
  cloudflare.databases.breaksImports = false;

  const done = await run(project, cloudflare, "restore", name, "--remote", "--yes");
  expect([done.code, done.said]).toEqual([
    0,
    expect.stringContaining("Kept: 1 unsubscribe and 1 record of sent emails."),
  ]);
  expect(done.said).toContain("  npm run newsletter -- resume --remote");
  expect(rows("SELECT id, state FROM subscribers ORDER BY id")).toEqual([
    { id: "s1", state: "confirmed" },
    { id: "s2", state: "unsubscribed" },
  ]);
  expect(rows("SELECT subscriber_id AS of, act, wording FROM consents ORDER BY at")).toEqual([
    { of: "s1", act: "confirmed", wording: "It's yours; really\n– until you leave \\n" },
    { of: "s2", act: "left", wording: "Leave" },
  ]);
  expect(rows("SELECT state, stop_reason AS why FROM editions")).toEqual([{ state: "stopped", why: "restored" }]);
  expect(rows("SELECT claims, hold_reason AS why FROM newsletter")).toEqual([{ claims: -1, why: "restored" }]);
  expect(rows("SELECT state, message FROM letters")).toEqual([{ state: "uncertain", message: null }]);
  expect(shelf.get(`mail/pictures/${hash(pack)}`)).toEqual(pack);
  expect(String(shelf.get("newsletter/progress"))).toBe("8");

  const waits = await run(project, cloudflare, "newsletter", "--remote");
  expect(waits.said.replace(/\s+/g, " ")).toContain("To resume sending: `npm run newsletter -- resume --remote`.");
  expect((await run(project, cloudflare, "newsletter", "resume", "--remote", "--yes")).code).toBe(0);
  expect(rows("SELECT hold_until, hold_reason FROM newsletter")).toEqual([{ hold_until: null, hold_reason: null }]);

  // Restoring the safety backup undoes the restore.
  const safety = backups(project).at(-1) ?? "";
  expect((await run(project, cloudflare, "restore", safety, "--remote", "--yes", "--as-it-was")).code).toBe(0);
  expect(rows("SELECT COUNT(*) AS copies FROM deliveries")).toEqual([{ copies: 1 }]);
  expect(rows("SELECT COUNT(*) AS letters FROM letters WHERE state = 'uncertain'")).toEqual([{ letters: 1 }]);
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);

test("this machine's library: brought back from an older version's backup, with migrations made up for; a backup that was changed is refused", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const locally = (...args: string[]) => project.wrangler(args, cloudflare);
  await project.prepareDatabase(cloudflare, { sql: town });
  expect((await run(project, cloudflare, "backup")).said).toContain("Wrote and verified backups/");
  const [name = ""] = backups(project);

  writeFileSync(join(project.root, "migrations/0099_later.sql"), "ALTER TABLE subscribers ADD `nickname` text;\n");
  await locally("d1", "migrations", "apply", "DB", "--local");
  await locally("d1", "execute", "DB", "--local", "--command=DELETE FROM subscribers");
  const done = await run(project, cloudflare, "restore", name, "--yes");
  expect([done.code, done.said]).toEqual([
    0,
    expect.stringContaining("these migrations will be applied: 0099_later.sql."),
  ]);
  const said = await locally(
    "d1",
    "execute",
    "DB",
    "--local",
    "--json",
    "--command=SELECT id, nickname FROM subscribers",
  );
  expect(JSON.parse(said.said.slice(said.said.indexOf("[")))[0].results).toEqual([
    { id: "s1", nickname: null },
    { id: "s2", nickname: null },
  ]);
  expect((await locally("d1", "migrations", "apply", "DB", "--local")).said).toContain("No migrations to apply");

  const path = join(project.root, "backups", name, "database.sql");
  writeFileSync(path, readFileSync(path, "utf8").replace("Ann@", "Eve@"));
  const refused = await run(project, cloudflare, "restore", name, "--yes");
  expect([refused.code, refused.said.trim()]).toEqual([
    1,
    `Backup ${name} is damaged: its database.sql was modified. Use another one.`,
  ]);
  expect((await run(project, cloudflare, "restore", "2026")).said).toContain("There is no backup `2026`.");
  expect((await run(project, cloudflare, "restore", "--remot", name)).said).toContain("Did you mean `--remote`?");
  expect(cloudflare.requests).toEqual([]);
}, 480_000);
