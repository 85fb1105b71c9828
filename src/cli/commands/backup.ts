/** `npm run backup`: backs up the database and the object store into a folder, and verifies the copy. */
import { Command } from "@commander-js/extra-typings";
import { count } from "../../publish/source/problem.ts";
import { listBackups } from "../backup/backup-folder.ts";
import { type Made, makeBackup } from "../backup/make-backup.ts";
import { createWorkProgress } from "../backup/work-progress.ts";
import { runCommand } from "../command-line.ts";
import { thousands } from "../editions/words.ts";
import { environmentOption, remoteOption } from "../options.ts";
import { wrapped } from "../terminal.ts";
import { useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const root = process.cwd();

const command = new Command("npm run backup --")
  .description("Backs up the database and the KV object store into backups/")
  .addOption(remoteOption())
  .addOption(environmentOption())
  .option("--list", "List existing backups")
  .action(async (args) => {
    if (args.list) return console.log(listed(listBackups(root)));
    const target = args.remote ? "remote" : "local";
    useEnvironment(args.env);
    const names = await announceTarget(target);
    const now = new Date().toISOString();
    const made = await makeBackup({ root, target, names, now, onProgress: createWorkProgress() });
    console.log(withEnvironment(summaryOf(made, target)));
  });

function summaryOf({ name, backup, known, moving, tallies, damaged }: Made, target: "local" | "remote"): string {
  const tables = Object.values(backup.database.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const keys = Object.keys(backup.shelf).length;
  return [
    `Wrote and verified backups/${name}:`,
    `  ${thousands(rows)} rows in ${count(tables.length, "table")}, matching the database's own count`,
    ...(tallies > 0
      ? [
          wrapped(
            `after ${thousands(tallies)} buffered ${tallies === 1 ? "count" : "counts"} of the last hour ${tallies === 1 ? "was" : "were"} added to the daily totals`,
            "  ",
          ),
        ]
      : []),
    `  ${count(keys, "object")} in the object store, all matching their hashes:`,
    `  ${thousands(keys - known)} fetched, ${thousands(known)} already in earlier backups`,
    ...(moving.length > 0
      ? [wrapped(`${moving.join(", ")} changed during the backup, which holds a consistent snapshot`, "  ")]
      : []),
    ...damaged.map((key) =>
      wrapped(`skipped: ${key}, whose content does not match its hash (readers get the copy in the deploy)`, "  "),
    ),
    "",
    wrapped(
      `It contains subscriber addresses: git ignores it and only you can read it. Keep a second copy elsewhere. \`npm run restore -- ${name}${target === "remote" ? " --remote" : ""}\` restores it.`,
      "",
    ),
  ].join("\n");
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "There are no backups yet." : names.map((name) => `backups/${name}`).join("\n");

await runCommand(command);
