/** Rehearses a deploy with the real wrangler and a fake Cloudflare API. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCloudflare } from "../fakes/cloudflare-api.ts";
import { repository } from "../world.ts";
import { copyProject } from "./project.ts";

test("wrangler deploy: a dry run writes nothing; the first uploads all, the second nothing, a change only itself; a failure leaves the old site whole", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();

  const dry = await project.wrangler(["deploy", "--dry-run"], cloudflare);
  expect([dry.code, cloudflare.writes]).toEqual([0, []]);

  const first = await project.wrangler(["deploy"], cloudflare);
  expect([first.code, cloudflare.unknown]).toEqual([0, []]);
  expect([...cloudflare.assets.uploads].sort()).toEqual(project.releaseFiles().sort());
  expect([...(cloudflare.site?.assets.keys() ?? [])].sort()).toEqual(project.releaseFiles().sort());
  const manifest = JSON.parse(readFileSync(join(project.root, ".release/manifest.json"), "utf8"));
  expect(cloudflare.site?.script).toContain(manifest.books[0].overview.object);
  expect(cloudflare.site?.script).not.toContain("You pour, and wait.");
  expect(cloudflare.site?.assetHeaders).toContain("max-age=31536000, immutable");
  expect(cloudflare.schedules).toEqual(["*/5 * * * *"]);

  cloudflare.assets.uploads.length = 0;
  expect((await project.wrangler(["deploy"], cloudflare)).code).toBe(0);
  expect(cloudflare.assets.uploads).toEqual([]);

  const before = cloudflare.site;
  project.edit("content/tea/leaves.md", "how far the leaf", "how long the leaf");
  cloudflare.fail("script upload");
  const broken = await project.wrangler(["deploy"], cloudflare);
  expect(broken.code).not.toBe(0);
  expect(cloudflare.site).toBe(before);
  expect(cloudflare.site?.assets.size).toBe(before?.assets.size);

  cloudflare.fail(undefined);
  cloudflare.assets.uploads.length = 0;
  expect((await project.wrangler(["deploy"], cloudflare)).code).toBe(0);
  // Its objects were uploaded by the failed deploy: only missing ones are ever uploaded.
  expect(cloudflare.assets.uploads).toEqual([]);
  const added = [...(cloudflare.site?.assets.keys() ?? [])].filter((path) => !before?.assets.has(path));
  expect(added.length).toBeGreaterThan(0);
  expect(added.every((path) => path.startsWith("/objects/"))).toBe(true);
  expect(cloudflare.unknown).toEqual([]);
}, 120_000);

test("content with a mistake stops wrangler before it asks Cloudflare for anything", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  project.edit("content/tea/cooling.md", "\\frac{dT}{dt}", "\\frak{dT}{dt");
  const { code, said } = await project.wrangler(["deploy"], cloudflare);
  expect(code).not.toBe(0);
  expect(said).toContain("content/tea/cooling.md:");
  expect(cloudflare.writes).toEqual([]);
}, 60_000);

const migrations = readdirSync(join(repository, "migrations"))
  .filter((name) => name.endsWith(".sql"))
  .sort();

test("npm run deploy says each step in a line, and prepares the database before the Worker that needs it", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  project.edit("wrangler.toml", "http://localhost:8787", "https://ml-blog.library.workers.dev");
  project.edit("package.json", '"check": "', '"check": "exit 0 && ');

  const { code, said } = await project.script("deploy", [], cloudflare);
  expect(said.trim().split("\n")).toEqual([
    "Environment ... top level of wrangler.toml: Worker ml-blog, database ml-blog",
    "Settings ... the URL is https://ml-blog.library.workers.dev",
    "Checks ... passed",
    "Login ... by CLOUDFLARE_API_TOKEN",
    "Workers ... the database is new",
    "Chapters ... none on record",
    `Database ... created ml-blog, applied ${migrations.join(", ")}`,
    expect.stringMatching(/^Deploy \.\.\. \d+ new files uploaded$/),
    "",
    "The library is live: https://ml-blog.library.workers.dev",
  ]);
  expect([code, cloudflare.unknown]).toEqual([0, []]);
  expect(cloudflare.site?.bindings.map(({ name }) => name).sort()).toEqual(["ASSETS", "DB", "ORIGIN", "SHELF"]);

  const again = await project.script("deploy", [], cloudflare);
  expect(again.said).toContain(
    "Workers ... no other Worker uses the database\nChapters ... none on record\nDatabase ... no new migrations\nDeploy ... no new files to upload\n",
  );

  const before = cloudflare.site;
  cloudflare.fail("script upload");
  const failed = await project.script("deploy", [], cloudflare);
  expect(failed.code).toBe(1);
  expect(failed.said).toContain("Deploy ... failed\n");
  expect(failed.said.trim().split("\n").at(-1)).toBe(
    "Readers still see the previous version. Fix the error above, then run `npm run deploy` again.",
  );
  expect(cloudflare.site).toBe(before);
}, 180_000);

test.each([
  ["http://localhost:8787", 'ORIGIN is "http://localhost:8787", which is only reachable from this machine.'],
  [
    "https://library.example.org/",
    'ORIGIN is "https://library.example.org/", which should be just "https://library.example.org".',
  ],
  ["http://library.example.org", 'ORIGIN is "http://library.example.org", which does not begin with https://.'],
])(
  "npm run deploy refuses the address %s before anything else",
  async (origin, reason) => {
    using project = copyProject();
    await using cloudflare = await openCloudflare();
    project.edit("wrangler.toml", "http://localhost:8787", origin);
    const { code, said } = await project.script("deploy", [], cloudflare);
    expect(code).toBe(1);
    expect(said).toContain(`Settings ... failed\n\n${reason}\n\nSet ORIGIN in [vars] of wrangler.toml`);
    expect(cloudflare.requests).toEqual([]);
  },
  60_000,
);

test("npm run deploy stops at a failed check, and nothing is sent", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  project.edit("wrangler.toml", "http://localhost:8787", "https://ml-blog.library.workers.dev");
  project.edit("package.json", '"check": "', '"check": "echo something is wrong && exit 1 && ');
  const { code, said } = await project.script("deploy", [], cloudflare);
  expect(code).toBe(1);
  expect(said).toContain("Checks ... failed\n\nsomething is wrong\n\nNothing was sent to Cloudflare.");
  expect(cloudflare.requests).toEqual([]);
}, 60_000);
