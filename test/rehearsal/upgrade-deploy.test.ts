/** Rehearses the first deploy after an upgrade: feeds keep their ids, and a chapter that cannot be identified stops it. */
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { repository } from "../world.ts";
import { copyProject } from "./project.ts";

const origin = "https://ml-blog.library.workers.dev";
const key = "feed/identities";

/** As left by the version before 0013: its migrations, the recorded chapters, and a started newsletter. */
async function openOlder(cloudflare: CloudflareFake) {
  const { CLOUDFLARE_API_BASE_URL: base, CLOUDFLARE_ACCOUNT_ID: account } = cloudflare.environment;
  const create = (path: string, body: unknown) =>
    fetch(`${base}/accounts/${account}${path}`, { method: "POST", body: JSON.stringify(body) });
  await create("/d1/database", { name: "ml-blog" });
  await create("/storage/kv/namespaces", { title: "ml-blog-shelf" });
  const folder = join(repository, "migrations");
  const older = readdirSync(folder).filter((name) => name.endsWith(".sql") && name.slice(0, 4) <= "0012");
  for (const name of older.sort()) cloudflare.databases.write("ml-blog", readFileSync(join(folder, name), "utf8"));
  cloudflare.databases.write(
    "ml-blog",
    `CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
    INSERT INTO d1_migrations (name) VALUES ${older.map((name) => `('${name}')`).join()};
    INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES
      ('tea/tea-overview', '2026-01-05T00:00:00.000Z', '2026-01-05T00:00:00.000Z'),
      ('tea/leaves', '2026-01-12T00:00:00.000Z', '2026-01-12T00:00:00.000Z'),
      ('tea/cooling', '2026-02-02T08:30:00.000Z', '2026-02-02T08:35:00.000Z');
    INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z')`,
  );
  const project = copyProject();
  project.edit("wrangler.toml", "http://localhost:8787", origin);
  project.edit("wrangler.toml", 'binding = "SHELF"', 'binding = "SHELF"\nid = "00000000000000000000000000000001"');
  project.edit("package.json", '"check": "', '"check": "exit 0 && ');
  const deploy = async () => {
    cloudflare.forgetRequests();
    const { code, said } = await project.script("deploy", [], cloudflare);
    return { code, lines: said.trim().split("\n") };
  };
  return { project, deploy, shelf: cloudflare.namespaces.values("ml-blog-shelf") };
}

test("an upgrade puts the ids of feeds into KV before the new Worker is there, and a later deploy leaves them alone", async () => {
  await using cloudflare = await openCloudflare();
  const { project: opened, deploy, shelf } = await openOlder(cloudflare);
  using project = opened;
  cloudflare.forgetRequests();
  expect((await project.wrangler(["deploy", "--dry-run"], cloudflare)).code).toBe(0);
  expect([cloudflare.writes, shelf.size]).toEqual([[], 0]);

  const upgrade = await deploy();
  expect([upgrade.code, upgrade.lines]).toEqual([
    0,
    expect.arrayContaining([
      "Chapters ... 3 chapters on record, nothing unclear",
      expect.stringMatching(/^Database \.\.\. applied 0013/),
      "Feeds ... entries keep the ids they had",
    ]),
  ]);
  const { entries, feeds, names } = JSON.parse(String(shelf.get(key)));
  const host = "tag:ml-blog.library.workers.dev";
  expect(entries).toEqual({
    "tea/tea-overview": `${host},2026-01-05:tea/tea-overview`,
    "tea/leaves": `${host},2026-01-12:tea/leaves`,
    "tea/cooling": `${host},2026-02-02:tea/cooling`,
  });
  expect(feeds).toEqual({ "": `${origin}/`, "tea/tea-overview": `${origin}/tea/` });
  expect(names).toMatchObject({ "tea/cooling": "tea/cooling", "tea/tea": "tea/tea-overview" });
  const puts = cloudflare.writes.map((line) =>
    line.endsWith("/bulk") ? "feeds" : line.includes("/workers/scripts/ml-blog") ? "Worker" : "",
  );
  expect(puts.indexOf("feeds")).toBeGreaterThan(-1);
  expect(puts.indexOf("Worker")).toBeGreaterThan(puts.indexOf("feeds"));

  // From now on only the cron trigger writes it.
  shelf.set(key, Buffer.from("as the cron trigger wrote it"));
  const again = await deploy();
  expect([again.code, again.lines]).toEqual([0, expect.arrayContaining(["Feeds ... ids are on record"])]);
  expect(String(shelf.get(key))).toBe("as the cron trigger wrote it");
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);

test("a chapter that may have moved stops the deploy before anything is changed; so do ids that KV does not take, before the Worker", async () => {
  await using cloudflare = await openCloudflare();
  const { project: opened, deploy } = await openOlder(cloudflare);
  using project = opened;
  renameSync(join(project.root, "content/tea/cooling.md"), join(project.root, "content/tea/heat.md"));
  project.edit("content/tea/book.md", "- cooling", "- heat");
  project.edit("content/tea/book.md", "(cooling#", "(heat#");
  const asked = await deploy();
  expect([
    asked.code,
    asked.lines.slice(asked.lines.indexOf("Chapters ... failed")).join(" ").replace(/\s+/g, " "),
  ]).toEqual([
    1,
    "Chapters ... failed content/tea/heat.md may be a new chapter, or a chapter on record that is missing from this release: `tea/cooling`. If it moved: `id: tea/cooling`, and `redirect_from: [/tea/cooling]` for its old URL. If it is new: `id: tea/heat`. Nothing was deployed. Add the answer to the front matter, then run `npm run deploy` again.",
  ]);
  expect(cloudflare.writes.filter((line) => !line.endsWith("/query"))).toEqual([]);
  expect(cloudflare.databases.tables("ml-blog")).not.toContain("chapter_questions");

  project.edit("content/tea/heat.md", "redirect_from: [", "id: tea/cooling\nredirect_from: [/tea/cooling, ");
  cloudflare.namespaces.refused.add(key);
  const refused = await deploy();
  expect([refused.code, refused.lines]).toEqual([
    1,
    expect.arrayContaining(["Chapters ... 3 chapters on record, nothing unclear", "Feeds ... failed"]),
  ]);
  expect(refused.lines.at(-1)).toBe(
    "Readers still see the previous version. Fix the error above, then run `npm run deploy` again.",
  );
  expect(cloudflare.writes.filter((line) => line.includes("/workers/"))).toEqual([]);
}, 480_000);
