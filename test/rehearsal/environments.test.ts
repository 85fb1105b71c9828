/** Rehearses two environments: every command uses and names the one wrangler uses, and keeps their data separate. */
import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { copyProject, type Project } from "./project.ts";

const staging = `
[env.staging]
name = "ml-blog-staging"
[env.staging.vars]
ORIGIN = "https://ml-blog-staging.library.workers.dev"
[[env.staging.kv_namespaces]]
binding = "SHELF"
[[env.staging.d1_databases]]
binding = "DB"
database_name = "ml-blog-staging"
migrations_dir = "migrations"
`;
const readers = (state: string) =>
  `INSERT INTO newsletter (id, began_at, claims) VALUES (1, '2026-01-01T00:00:00.000Z', 4);
  INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at) VALUES
    ('s1', '${state}@example.org', '${state}@example.org', 'confirmed', 'k', '', '2026-01-02T00:00:00.000Z')`;
const topLevel =
  "Environment: top level of wrangler.toml. Worker ml-blog, database ml-blog, KV namespace ml-blog-shelf.";
const byFile =
  "Environment: staging (CLOUDFLARE_ENV in .env). Worker ml-blog-staging, database ml-blog-staging, KV namespace ml-blog-staging-shelf.";

function openStage(project: Project, cloudflare: CloudflareFake) {
  project.edit("wrangler.toml", "http://localhost:8787", "https://ml-blog.library.workers.dev");
  project.edit("package.json", '"check": "', '"check": "exit 0 && ');
  appendFileSync(join(project.root, "wrangler.toml"), staging);
  const run = async (command: string, ...args: string[]) => {
    const { code, said } = await project.script(command, args, cloudflare);
    return { code, said: said.replace(/\s+/g, " ").trim() };
  };
  const progress = (environment: string) =>
    String(cloudflare.namespaces.values(`${environment}-shelf`).get("newsletter/progress"));
  const emails = (database: string) => cloudflare.databases.rows(database, "SELECT email FROM subscribers");
  return { run, progress, emails, deployedTo: (name: string) => cloudflare.workers.site(name) !== undefined };
}

test("an .env file that names an environment counts for every command, and a restore into another library is refused until it is meant", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const { run, progress, emails, deployedTo } = openStage(project, cloudflare);

  const first = await run("deploy");
  expect([first.code, first.said]).toEqual([
    0,
    expect.stringContaining("Environment ... top level of wrangler.toml: Worker ml-blog, database ml-blog Settings"),
  ]);
  expect(first.said).toContain("The library is live: https://ml-blog.library.workers.dev");
  cloudflare.namespaces.values("ml-blog-shelf").set("newsletter/progress", Buffer.from("4"));
  cloudflare.databases.write("ml-blog", readers("production"));
  const backup = await run("backup", "--remote");
  expect([backup.code, backup.said]).toEqual([0, expect.stringMatching(new RegExp(`^${topLevel} `))]);
  const [name = ""] = readdirSync(join(project.root, "backups")).filter((entry) => entry !== "objects");

  writeFileSync(join(project.root, ".env"), "CLOUDFLARE_ENV=staging\n");
  const second = await run("deploy");
  expect([second.code, second.said]).toEqual([
    0,
    expect.stringContaining(
      "Environment ... staging (CLOUDFLARE_ENV in .env): Worker ml-blog-staging, database ml-blog-staging Settings",
    ),
  ]);
  expect(second.said).toContain("The library is live: https://ml-blog-staging.library.workers.dev");
  expect(second.said).not.toContain("Wrangler serves it at");
  expect([deployedTo("ml-blog"), deployedTo("ml-blog-staging")]).toEqual([true, true]);
  cloudflare.namespaces.values("ml-blog-staging-shelf").set("newsletter/progress", Buffer.from("9"));
  cloudflare.databases.write("ml-blog-staging", readers("staging"));

  for (const [command, ...args] of [["newsletter"], ["subscribers", "export"], ["sweep"], ["backup"]] as const) {
    const { said } = await run(command, ...args, "--remote");
    expect(said.slice(0, byFile.length), command).toBe(byFile);
  }
  expect((await run("subscribers", "export", "--remote")).said).toContain("staging@example.org");
  const doctor = await run("doctor", "--remote");
  expect(doctor.said).toMatch(/^ok Environment staging \(CLOUDFLARE_ENV in \.env\) ok Node/);
  expect(doctor.said).toContain("ok Database ml-blog-staging ok KV namespace ml-blog-staging-shelf");

  cloudflare.forgetRequests();
  const refused = await run("restore", name, "--remote", "--yes");
  expect([refused.code, refused.said]).toEqual([
    1,
    expect.stringContaining(
      "This backup comes from a different library than the one it would replace: environment top level -> staging Worker ml-blog -> ml-blog-staging database ml-blog -> ml-blog-staging KV namespace ml-blog-shelf -> ml-blog-staging-shelf Nothing was changed: there is no terminal to confirm in. To restore it anyway, add `--into-another`.",
    ),
  ]);
  expect(cloudflare.writes.filter((line) => !line.endsWith("/query"))).toEqual([]);
  expect([emails("ml-blog-staging"), progress("ml-blog-staging"), progress("ml-blog")]).toEqual([
    [{ email: "staging@example.org" }],
    "9",
    "4",
  ]);

  const meant = await run("restore", name, "--remote", "--yes", "--into-another");
  expect(meant.code).toBe(0);
  expect([emails("ml-blog-staging"), progress("ml-blog-staging")]).toEqual([
    [{ email: "production@example.org" }],
    "10",
  ]);
  expect([emails("ml-blog"), progress("ml-blog")]).toEqual([[{ email: "production@example.org" }], "4"]);

  const back = await run("newsletter", "--remote", "--env", "");
  expect(back.said).toContain("Environment: top level of wrangler.toml (--env). Worker ml-blog, database ml-blog,");
  expect(cloudflare.unknown).toEqual([]);
}, 480_000);

test("--env names the environment, and the commands that are then advised name it too", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const { run, emails, deployedTo } = openStage(project, cloudflare);
  const deployed = await run("deploy", "--env", "staging");
  expect(deployed.said).toContain("The library is live: https://ml-blog-staging.library.workers.dev");
  expect([deployedTo("ml-blog"), deployedTo("ml-blog-staging")]).toEqual([false, true]);
  cloudflare.databases.write("ml-blog-staging", readers("staging"));
  const backup = await run("backup", "--remote", "--env=staging");
  const [name = ""] = readdirSync(join(project.root, "backups")).filter((entry) => entry !== "objects");
  expect(backup.said).toContain(`\`npm run restore -- ${name} --remote --env staging\` restores it.`);
  const restored = await run("restore", name, "--remote", "--env", "staging", "--yes");
  expect([restored.code, restored.said]).toEqual([
    0,
    expect.stringContaining("npm run newsletter -- resume --remote --env staging"),
  ]);
  expect(emails("ml-blog-staging")).toEqual([{ email: "staging@example.org" }]);

  const unknown = await run("backup", "--remote", "--env", "stagin");
  expect([unknown.code, unknown.said]).toEqual([
    1,
    "There is no [env.stagin] in wrangler.toml, but --env names it. Did you mean `staging`?",
  ]);

  project.edit("wrangler.toml", '[[env.staging.kv_namespaces]]\nbinding = "SHELF"\n', "");
  cloudflare.forgetRequests();
  const incomplete = await run("deploy", "--env", "staging");
  expect([incomplete.code, incomplete.said]).toEqual([
    1,
    expect.stringContaining(
      "Settings ... failed SHELF in [[env.staging.kv_namespaces]] is missing from wrangler.toml. An environment does not inherit bindings and [vars] from the top level: give it its own namespace and database. Then run `npm run deploy -- --env staging` again.",
    ),
  ]);
  expect(cloudflare.requests).toEqual([]);
}, 480_000);

test("this machine's library has environments too: a backup is of one of them", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const { run } = openStage(project, cloudflare);
  // Without ids, wrangler uses one local database for all environments.
  project.edit("wrangler.toml", 'binding = "SHELF"', 'binding = "SHELF"\nid = "shelf"');
  project.edit("wrangler.toml", 'database_name = "ml-blog"', 'database_name = "ml-blog"\ndatabase_id = "library"');
  project.edit("wrangler.toml", "[[env.staging.kv_namespaces]]", '[[env.staging.kv_namespaces]]\nid = "stage"');
  project.edit("wrangler.toml", "[[env.staging.d1_databases]]", '[[env.staging.d1_databases]]\ndatabase_id = "stage"');
  const locally = (...args: string[]) => project.wrangler(args, cloudflare);
  for (const environment of ["", "staging"]) {
    const sql = `${readers(environment || "production")};`;
    await project.prepareDatabase(cloudflare, { sql, args: [`--env=${environment}`] });
    await locally(
      "kv",
      "key",
      "put",
      "which",
      environment || "top",
      "--binding=SHELF",
      "--local",
      `--env=${environment}`,
    );
  }
  writeFileSync(join(project.root, ".env.local"), "CLOUDFLARE_ENV=staging\n");
  expect((await run("subscribers", "export")).said).toContain("staging@example.org");
  expect((await run("backup")).said).toContain("1 object in the object store");
  const [name = ""] = readdirSync(join(project.root, "backups")).filter((entry) => entry !== "objects");
  rmSync(join(project.root, ".env.local"));
  expect((await run("restore", name, "--yes")).said).toContain("environment staging -> top level");
  expect(cloudflare.requests).toEqual([]);
}, 480_000);
