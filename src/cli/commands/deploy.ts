/**
 * `npm run deploy`: checks, migrates the remote database and deploys. Each step prints one line; the first failure
 * stops it, with its output and a fix.
 */

import { readFileSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import type { Catalogue } from "../../library/catalogue.ts";
import { parseManifest } from "../../library/manifest.ts";
import { manifestPath } from "../../publish/release-paths.ts";
import { runProgram } from "../../publish/run-program.ts";
import { recordDeployed } from "../../publish/source/previous-release.ts";
import { count } from "../../publish/source/problem.ts";
import { openRemoteShelf } from "../backup/remote-shelf.ts";
import { readMigrations } from "../backup/restore.ts";
import { runCommand } from "../command-line.ts";
import { Unreachable } from "../explain-failure.ts";
import { checkChapters } from "../identity/check-chapters.ts";
import { type RemoteRecord, readRemoteRecord } from "../identity/remote-record.ts";
import { storeFeedIds } from "../identity/store-feed-ids.ts";
import { environmentOption } from "../options.ts";
import { originProblem } from "../origin-problem.ts";
import { wrapped } from "../terminal.ts";
import { hasAllMigrations } from "../wrangler/applied-migrations.ts";
import { bindingsWayOut, missingBindings, sectionName } from "../wrangler/bindings.ts";
import {
  checkWorkers,
  describeOtherObjects,
  describeShared,
  wayOutOfOtherObjects,
  wayOutOfShared,
} from "../wrangler/check-workers.ts";
import { openCloudflareApi } from "../wrangler/cloudflare-api.ts";
import { readConfig, type WranglerConfig } from "../wrangler/config.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { environment, useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { recordDeployedWorker } from "../wrangler/other-workers.ts";
import { runWrangler } from "../wrangler/run-wrangler.ts";
import { describeEnvironment, findNamespace } from "../wrangler/target.ts";

type Outcome =
  | { readonly kind: "done"; readonly message: string }
  | { readonly kind: "failed"; readonly output: string; readonly wayOut: string };

const done = (message: string): Outcome => ({ kind: "done", message });
const failed = (output: string, wayOut: string): Outcome => ({ kind: "failed", output, wayOut });
const again = "then run `npm run deploy` again.";

let config: WranglerConfig;
let served = "";
let hasDatabase = false;
let record: RemoteRecord | undefined;
/** With the identities on record. */
let catalogue: Catalogue | undefined;

await runCommand(
  new Command("npm run deploy --")
    .description(
      "Checks everything, applies database migrations and deploys; stops at the first failure. To see what would be uploaded: `npx wrangler deploy --dry-run`, which writes nothing.",
    )
    .addOption(environmentOption())
    .option("--beside <worker>", "Deploy although this other Worker uses, or used, the same database")
    .action(({ env, beside }) => deploy(env, beside)),
);

async function deploy(asked: string | undefined, beside: string | undefined): Promise<void> {
  useEnvironment(asked);
  config = readConfig();
  await step("Environment", nameEnvironment);
  await step("Settings", checkSettings);
  await step("Checks", runChecks);
  await step("Login", checkLogin);
  await step("Workers", () => checkOtherWorkers(beside));
  await step("Chapters", compareChapters);
  // Before the Worker that needs them: migrations are additive, so the old Worker keeps running until the deploy.
  await step("Database", migrateDatabase);
  if (record !== undefined) await step("Feeds", storeFeeds);
  await step("Deploy", deployWorker);
  // Readers of another environment are not those of the library.
  if (environment().name === undefined) recordDeployed(process.cwd());
  await recordWorker();
  console.log(`\nThe library is live: ${config.vars.ORIGIN}`);
  if (!served.includes(new URL(String(config.vars.ORIGIN)).host)) {
    console.log(
      `Wrangler serves it at ${served || "no URL"}, but links in pages and feeds use ORIGIN: make the two match in wrangler.toml.`,
    );
  }
}

async function step(name: string, run: () => Outcome | Promise<Outcome>): Promise<void> {
  process.stdout.write(`${name} ... `);
  const outcome = await run();
  if (outcome.kind === "done") return console.log(outcome.message);
  console.log("failed");
  console.error(`\n${outcome.output.trim()}\n\n${withEnvironment(outcome.wayOut)}`);
  process.exit(1);
}

function nameEnvironment(): Outcome {
  const database = config.d1_databases.find(({ binding }) => binding === "DB");
  return done(`${describeEnvironment()}: Worker ${config.name}, database ${database?.database_name ?? "none"}`);
}

function checkSettings(): Outcome {
  const missing = missingBindings(config);
  if (missing.length > 0) {
    return failed(
      `${missing.join(", ")} is missing from wrangler.toml.`,
      `${bindingsWayOut()} Then run \`npm run deploy\` again.`,
    );
  }
  const origin: unknown = config.vars.ORIGIN;
  const wrong = originProblem(origin);
  if (wrong === undefined) return done(`the URL is ${origin}`);
  return failed(
    wrong,
    `Set ORIGIN in ${sectionName("vars")} of wrangler.toml to the public URL of your library, for example https://${config.name}.<your-subdomain>.workers.dev`,
  );
}

async function runChecks(): Promise<Outcome> {
  const { ok, output } = await runProgram("npm", ["run", "--silent", "check"]);
  const warnings = /^\S+:\d+:\d+ {2}warning {2}[\s\S]*^\d+ warnings?\.$/m.exec(output)?.[0];
  if (ok) return done(warnings === undefined ? "passed" : `passed, with warnings:\n\n${warnings}\n`);
  return failed(output, `Nothing was sent to Cloudflare. Fix the problems above, ${again}`);
}

async function checkLogin(): Promise<Outcome> {
  if (environment().variables.CLOUDFLARE_API_TOKEN) return done("by CLOUDFLARE_API_TOKEN");
  const { ok, output } = await runWrangler("whoami", "--json");
  if (ok) return done("by wrangler");
  const wayOut = `Log in with \`npx wrangler login\`, or set CLOUDFLARE_API_TOKEN, ${again}`;
  return failed(output.includes('"loggedIn"') ? "Wrangler is not logged in to Cloudflare." : output, wayOut);
}

/** Runs before any change: a Worker under a new name would email the same subscribers as the old one. */
async function checkOtherWorkers(beside: string | undefined): Promise<Outcome> {
  try {
    const api = await openCloudflareApi(config);
    const found = await checkWorkers(api, config, executeOn("remote"), beside);
    hasDatabase = found.kind !== "new";
    switch (found.kind) {
      case "new":
        return done("the database is new");
      case "alone":
        return done(
          found.before ? `takes over the database from ${found.before.name}` : "no other Worker uses the database",
        );
      case "shared":
        return failed(
          wrapped(describeShared(found.other, config), ""),
          wrapped(wayOutOfShared(found.other, config), ""),
        );
      case "other objects":
        return failed(wrapped(describeOtherObjects(found.before), ""), wrapped(wayOutOfOtherObjects(found.before), ""));
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return failed(error.message, `Nothing was deployed. Fix the error above, ${again}`);
  }
}

/** Runs before the deploy: afterwards, an unidentified chapter would wait for the author, who might not notice. */
async function compareChapters(): Promise<Outcome> {
  try {
    record = hasDatabase ? await readRemoteRecord(executeOn("remote")) : undefined;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return failed(error.message, `Nothing was deployed. Fix the error above, ${again}`);
  }
  if (record === undefined) return done("none on record");
  const { ok, output } = await runProgram("npm", ["run", "--silent", "build"]);
  if (!ok) return failed(output, `Nothing was deployed. Fix the error above, ${again}`);
  const manifest = parseManifest(JSON.parse(readFileSync(manifestPath, "utf8")));
  const found = checkChapters(manifest, record, Date.now());
  if (found.kind === "unclear") {
    return failed(
      found.questions.map((question) => wrapped(question, "")).join("\n\n"),
      `Nothing was deployed. Add the answer to the front matter, ${again}`,
    );
  }
  catalogue = found.named;
  return done(`${count(found.known, "chapter")} on record, nothing unclear`);
}

async function storeFeeds(): Promise<Outcome> {
  try {
    const isThere = (await findNamespace(await openCloudflareApi(config), config)) !== undefined;
    if (!record || !catalogue || !isThere) return done("nothing to keep");
    await using shelf = await openRemoteShelf(config);
    const isWritten = await storeFeedIds(shelf, catalogue, record, String(config.vars.ORIGIN));
    return done(isWritten ? "entries keep the ids they had" : "ids are on record");
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return failed(error.message, `Readers still see the previous version. Fix the error above, ${again}`);
  }
}

/**
 * Records the Worker for the next deploy, which may have another name. A failure is only reported: the deploy is
 * complete.
 */
async function recordWorker(): Promise<void> {
  try {
    const namespace = await findNamespace(await openCloudflareApi(config), config);
    const worker = { name: config.name ?? "", origin: String(config.vars.ORIGIN), namespace };
    await executeOn("remote")([recordDeployedWorker({ ...worker, at: new Date().toISOString() })]);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    console.error(`\nThe name of the Worker could not be recorded in the database:\n${error.message}`);
  }
}

async function migrateDatabase(): Promise<Outcome> {
  const wayOut = `Nothing was deployed, and a failed migration is rolled back completely. Fix the error above, ${again}`;
  const name = missingDatabase();
  const migrationFiles = readMigrations(process.cwd()).map((migration) => migration.name);
  if (hasDatabase && (await hasAllMigrations(executeOn("remote"), migrationFiles))) return done("no new migrations");
  if (name !== undefined) {
    // A deploy would also create the database, but together with a Worker that finds it empty. The deploy binds this
    // one by name.
    const created = await runWrangler("d1", "create", name);
    if (!created.ok) return failed(created.output, wayOut);
  }
  const { ok, output } = await runWrangler("d1", "migrations", "apply", "DB", "--remote");
  if (!ok) return failed(output, wayOut);
  // Wrangler prints the table again after each file, with all files so far.
  const applied = [...new Set([...output.matchAll(/│ (\S+\.sql)\s+│ ✅/g)].map(([, file]) => file))];
  const migrations = applied.length === 0 ? "no new migrations" : `applied ${applied.join(", ")}`;
  return done(name === undefined ? migrations : `created ${name}, ${migrations}`);
}

/** The database name in wrangler.toml, if the account has no such database yet. */
function missingDatabase(): string | undefined {
  return hasDatabase ? undefined : config.d1_databases.find(({ binding }) => binding === "DB")?.database_name;
}

async function deployWorker(): Promise<Outcome> {
  const { ok, output } = await runWrangler("deploy");
  if (ok) {
    served =
      /^Deployed .*\n((?: {2}.*\n)*)/m
        .exec(output)?.[1]
        ?.replace(/^ {2}schedule:.*\n/gm, "")
        .trim() ?? "";
    const files = Number(/Found (\d+) new or modified static asset/.exec(output)?.[1] ?? 0);
    return done(files === 0 ? "no new files to upload" : `${count(files, "new file")} uploaded`);
  }
  const leftOver = output.includes("[code: 10014]") ? await leftOverNamespace() : undefined;
  if (leftOver !== undefined) {
    return failed(
      output,
      `An earlier deploy failed part-way and left its KV namespace behind. Add this line below binding = "SHELF" in wrangler.toml, ${again}\n\nid = "${leftOver}"`,
    );
  }
  // Wrangler prints this line once the new version is live; URLs and cron triggers follow.
  return output.includes(`\nUploaded ${config.name} (`)
    ? failed(output, `The new version is live, but the deploy did not finish. Fix the error above, ${again}`)
    : failed(output, `Readers still see the previous version. Fix the error above, ${again}`);
}

/** Wrangler creates the namespace before it uploads the Worker, and a second attempt cannot bind it by name. */
async function leftOverNamespace(): Promise<string | undefined> {
  const { ok, stdout } = await runWrangler("kv", "namespace", "list");
  return ok ? named(stdout, "title", `${config.name}-shelf`)?.id : undefined;
}

/** Finds the entry of a JSON list whose field has this value. */
function named(json: string, field: string, value: string): Record<string, string> | undefined {
  return (JSON.parse(json) as Record<string, string>[]).find((entry) => entry[field] === value);
}
