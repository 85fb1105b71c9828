/** Rehearses `npm run subscribers` with the real wrangler, on the local database and on a fake Cloudflare's. */
import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CloudflareFake, openCloudflare } from "../fakes/cloudflare-api.ts";
import { repository } from "../world.ts";
import { allMigrations, copyProject, type Project } from "./project.ts";

const subscribers = (project: Project, cloudflare: Pick<CloudflareFake, "environment">, ...args: string[]) =>
  project.script("subscribers", args, cloudflare);
const bring = (project: Project, name: string) =>
  copyFileSync(join(repository, "test/cli/import-export/files", name), join(project.root, name));

test("on this machine: shows, writes when told to, and hands out what it took in", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  const say = async (...args: string[]) => {
    const { code, said } = await subscribers(project, cloudflare, ...args);
    return [code, said.trim()] as const;
  };
  for (const name of ["ghost.csv", "plain.txt"]) bring(project, name);
  expect(await say("import", "ghost.csv")).toEqual([
    1,
    "The local database has not been created yet: run `npm start` once.",
  ]);
  await project.prepareDatabase(cloudflare);
  const [code, dry] = await say("import", "ghost.csv");
  expect([code, dry.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, "SOON")]).toEqual([
    0,
    [
      "ghost.csv is a Ghost export of members (UTF-8, commas) with 2 rows.",
      "",
      "  1  new: will get chapters published from SOON UTC; nothing older,",
      "     no welcome email",
      "  1  new, unsubscribed there: kept as unsubscribed, never emailed",
      "",
      "Nothing was imported: there is no terminal to confirm in. To proceed, add `--yes`.",
    ].join("\n"),
  ]);
  expect((await say("import", "ghost.csv", "--yes"))[1]).toContain("Imported: 2. Verified: everyone is on record.");
  expect((await say("import", "--yes", "ghost.csv"))[1]).toContain("Nothing to import.");
  writeFileSync(
    join(project.root, "codes.csv"),
    "email,Mail status,Flag status\nsue@example.com,A,P\ntom@example.com,B,Q\n",
  );
  expect((await say("import", "codes.csv", "--consent", "On paper", "--yes"))[1]).toContain(
    "The column `Mail status` looks like a status, but its values are not known:",
  );
  const answers = ["--column", "Mail status: A=subscribed, B=bounced", "--column=Flag status=ignore"];
  const answered = (await say("import", "codes.csv", "--consent", "On paper", ...answers))[1];
  expect(answered).toContain("  1  new, bounced there: kept as suppressed, never emailed");
  // D1 would split a statement at a semicolon.
  await say("import", "plain.txt", "--consent", "On paper; it's 'signed' -- all of it", "--yes");
  expect(await say("export", "--out", "all.csv", "--excel")).toEqual([
    0,
    "Wrote 3 rows to all.csv, readable only by you.",
  ]);
  expect(statSync(join(project.root, "all.csv")).mode & 0o777).toBe(0o600);
  const text = readFileSync(join(project.root, "all.csv"), "utf8");
  expect(text.startsWith("\ufeffemail,state,")).toBe(true);
  expect(text).toContain("rae@example.com,confirmed,");
  expect(text).toContain("import:list,On paper; it's 'signed' -- all of it,");
  expect(await say("export", "--out", "all.csv")).toEqual([1, "all.csv already exists; nothing was written."]);
  expect((await say("export", "--state", "unsubscribed"))[1].split("\r\n").length).toBe(2);
  expect(cloudflare.requests).toEqual([]);
}, 240_000);

test("for the deployed library: by way of D1's import; and not without the key where somebody was erased", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  bring(project, "mailchimp-subscribed.csv");
  cloudflare.databases.create("ml-blog");
  cloudflare.databases.write("ml-blog", allMigrations());
  const erased =
    "INSERT INTO suppressions (address_hash, reason, at) VALUES ('abc', 'erased', '2026-01-01T00:00:00.000Z')";
  cloudflare.databases.write("ml-blog", erased);
  const order = ["import", "mailchimp-subscribed.csv", "--yes", "--remote"];
  const refused = await subscribers(project, cloudflare, ...order);
  expect([refused.code, refused.said.trim()]).toEqual([
    1,
    expect.stringContaining("TOKEN_KEYS is needed: 1 erased or suppressed addresses are on record as keyed hashes"),
  ]);
  expect(refused.said).not.toContain("    at ");
  writeFileSync(join(project.root, ".dev.vars"), `TOKEN_KEYS=k1:${"x".repeat(40)}\n`);
  const { code, said } = await subscribers(project, cloudflare, ...order);
  expect([code, said.trim().split("\n").at(-1)]).toEqual([0, "Imported: 2. Verified: everyone is on record."]);
  expect(said).toContain("using the key from .dev.vars;");
  expect(cloudflare.databases.rows("ml-blog", "SELECT email FROM subscribers ORDER BY 1")).toMatchObject([
    { email: "Ann@example.com" },
    { email: "bo@example.com" },
  ]);
  const out = await subscribers(project, cloudflare, "export", "--remote", "--state", "confirmed");
  expect(out.said.split("\r\n").filter((line) => line.includes(",confirmed,")).length).toBe(2);
  expect(cloudflare.unknown).toEqual([]);
}, 240_000);

test("what is mistyped is not taken for something else", async () => {
  using project = copyProject();
  await using cloudflare = await openCloudflare();
  for (const [args, words] of [
    [["improt", "ghost.csv"], "Unknown command `improt`. Did you mean `import`?"],
    [["import", "ghost.csv", "--remot"], "Unknown option `--remot`. Did you mean `--remote`?"],
    [
      ["export", "--yes"],
      "Unknown option `--yes`. The options: `--out`, `--state`, `--excel`, `--suppressions`, `--env`, `--remote`, `--help`, `-h`.",
    ],
    [["export", "--state", "pendng"], "Unknown state `pendng`. Did you mean `pending`?"],
    [
      ["import", "package.json", "--everybody", "bounce"],
      "`--everybody bounce` is not a known state. Did you mean `bounced`?",
    ],
    [["import", "nowhere.csv"], "There is no file nowhere.csv."],
    [["import", "content"], "content is a folder: pass a CSV file."],
    [["export", "--out"], "`--out` needs a value. See `--help`."],
    [["export", "--out", "nowhere/all.csv"], "There is no folder nowhere."],
  ] as const) {
    const { code, said } = await subscribers(project, cloudflare, ...args);
    expect([code, said.trim()]).toEqual([1, words]);
  }
  const { code, said } = await subscribers(project, cloudflare, "--help");
  expect([code, said]).toEqual([0, expect.stringContaining("Exports all subscribers and their consents as CSV")]);
}, 120_000);
