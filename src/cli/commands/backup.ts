/** `npm run backup`: the database and the shelf into a folder on this machine, read back before it is called a backup. */
import { defineCommand } from "citty";
import { count } from "../../publish/source/problem.ts";
import { listBackups } from "../backup/backup-folder.ts";
import { type Made, makeBackup } from "../backup/make-backup.ts";
import { createWorkProgress } from "../backup/work-progress.ts";
import { thousands } from "../editions/words.ts";
import { runStrictly } from "../strict-command.ts";
import { wrapped } from "../terminal.ts";
import { environmentOption, useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const root = process.cwd();

const command = defineCommand({
  meta: { name: "npm run backup --", description: "Copies subscribers, mailings, numbers and the shelf into backups/" },
  args: {
    remote: { type: "boolean", description: "The deployed library; without it, the one on this machine" },
    ...environmentOption,
    list: { type: "boolean", description: "Only says which backups there are" },
  },
  run: async ({ args }) => {
    if (args.list) return console.log(listed(listBackups(root)));
    const place = args.remote ? "remote" : "local";
    useEnvironment(args.env);
    const target = await announceTarget(place);
    const now = new Date().toISOString();
    const made = await makeBackup({ root, place, target, now, onProgress: createWorkProgress() });
    console.log(withEnvironment(told(made, place)));
  },
});

function told({ name, backup, known, moving, tallies, damaged }: Made, place: "local" | "remote"): string {
  const tables = Object.values(backup.database.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const keys = Object.keys(backup.shelf).length;
  return [
    `backups/${name} is written, and was read back:`,
    `  ${thousands(rows)} rows in ${count(tables.length, "table")}, as many as the database has itself`,
    ...(tallies > 0
      ? [
          wrapped(
            `after ${thousands(tallies)} ${tallies === 1 ? "tally" : "tallies"} of the last hour became sums of their days`,
            "  ",
          ),
        ]
      : []),
    `  ${count(keys, "object")} of the shelf, with the bytes that their names say:`,
    `  ${thousands(keys - known)} fetched, ${thousands(known)} known from earlier backups`,
    ...(moving.length > 0
      ? [wrapped(`${moving.join(", ")} changed meanwhile, and is as it was at one moment of that`, "  ")]
      : []),
    ...damaged.map((key) =>
      wrapped(`left out: ${key}, whose bytes are not what its name says (readers get the deploy's own copy)`, "  "),
    ),
    "",
    wrapped(
      `It holds your readers' addresses: git leaves it out, only you can read it, and it should not be the only copy. \`npm run restore -- ${name}${place === "remote" ? " --remote" : ""}\` brings it back.`,
      "",
    ),
  ].join("\n");
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "There are no backups yet." : names.map((name) => `backups/${name}`).join("\n");

await runStrictly(command, process.argv.slice(2));
