/** `npm run restore`: a backup back into the library; says first what it would replace, and never causes a mail. */
import { defineCommand } from "citty";
import { count } from "../../publish/source/problem.ts";
import { type Backup, listBackups } from "../backup/backup-folder.ts";
import { differencesFrom } from "../backup/backup-origin.ts";
import { planRestore, type Restored, type RestorePlan, restore } from "../backup/restore.ts";
import { createWorkProgress } from "../backup/work-progress.ts";
import { Refusal } from "../command-error.ts";
import { ask } from "../command-line.ts";
import { commandFor, moment, thousands } from "../editions/words.ts";
import type { Place } from "../explain-failure.ts";
import { runStrictly } from "../strict-command.ts";
import { wrapped } from "../terminal.ts";
import { environmentOption, useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { announceTarget, type Target } from "../wrangler/target.ts";

const root = process.cwd();
const places = { local: "the library on this machine", remote: "the deployed library" } as const;

const command = defineCommand({
  meta: { name: "npm run restore --", description: "Brings a backup back; says first what it would replace" },
  args: {
    backup: { type: "positional", required: false, description: "Its name in backups/; without one, they are listed" },
    remote: { type: "boolean", description: "Into the deployed library; without it, into the one on this machine" },
    ...environmentOption,
    yes: { type: "boolean", description: "Does it without asking" },
    only: { type: "string", description: "database, or shelf: leaves the other as it is" },
    "into-another": {
      type: "boolean",
      description: "Restores a backup into a different environment, database or account without asking",
    },
    "as-it-was": { type: "boolean", description: "Also forgets who has left since, and what was sent since" },
    "without-backup": { type: "boolean", description: "Makes no backup of what is there now" },
  },
  run: async ({ args }) => {
    const { backup, only } = args;
    if (backup === undefined) throw new Refusal(whichOne(listBackups(root)));
    if (only !== undefined && only !== "database" && only !== "shelf") {
      throw new Refusal(`--only wants \`database\` or \`shelf\`, and got \`${only}\`.`);
    }
    const place = args.remote ? "remote" : "local";
    useEnvironment(args.env);
    const target = await announceTarget(place);
    const order = {
      root,
      place,
      target,
      now: new Date().toISOString(),
      onProgress: createWorkProgress(),
      database: only !== "shelf",
      shelf: only !== "database",
      keepsSince: !args["as-it-was"],
      backsUp: !args["without-backup"],
    } as const;
    const plan = await planRestore(order, backup);
    await checkTarget(plan.backup, target, args["into-another"] === true);
    console.log(`${planned(plan, order)}\n`);
    const said = args.yes ? "yes" : await ask(`Replace what is there?`);
    if (said === "no") throw new Refusal("Nothing was changed.");
    if (said === "unasked")
      throw new Refusal("Nothing was changed: there is no terminal to ask in. To do it, add `--yes`.");
    const done = await restore(order, plan, (safety) => {
      console.log(`What is there now is kept in backups/${safety}.`);
    });
    console.log(withEnvironment(told(done, place, order.database)));
  },
});

/** A backup of another library replaces all subscribers of this one: that has a question, or an option, of its own. */
async function checkTarget(backup: Backup, target: Target, isMeant: boolean): Promise<void> {
  const differences = differencesFrom(backup, target);
  if (differences.length === 0) return;
  const width = Math.max(...differences.map(({ what }) => what.length));
  const rows = differences.map(({ what, backup: from, target: to }) => `  ${what.padEnd(width)}  ${from} -> ${to}`);
  console.log(`This backup was not made of the library that it would replace:\n${rows.join("\n")}\n`);
  if (isMeant) return;
  const said = await ask(
    `Restore it into ${target.place === "local" ? "this machine's library" : target.database} anyway?`,
  );
  if (said === "no") throw new Refusal("Nothing was changed.");
  if (said === "unasked")
    throw new Refusal(
      "Nothing was changed: there is no terminal to ask in. To restore it there, add `--into-another`.",
    );
}

function planned(
  { name, backup, now, migrations, missing }: RestorePlan,
  { place, database, shelf, keepsSince }: { place: Place; database: boolean; shelf: boolean; keepsSince: boolean },
): string {
  const lines = [
    wrapped(`backups/${name}, made ${moment(backup.at)} of ${places[backup.place]}, into ${places[place]}:`, ""),
    "",
  ];
  if (database) {
    const tables = [...new Set([...Object.keys(now), ...Object.keys(backup.database.tables)])].sort();
    lines.push(row("rows of", "now", "in the backup"));
    for (const table of tables) lines.push(row(table, rows(now[table]), rows(backup.database.tables[table])));
    lines.push("");
    if (migrations.length > 0)
      lines.push(wrapped(`It is older than the tables are, and gets ${migrations.join(", ")} on the way.`, "  "));
    lines.push(
      wrapped(
        "All of the tables are replaced in one step, or none is. The newsletter mails nothing after that until you say so.",
        "  ",
      ),
      wrapped(
        keepsSince
          ? "Kept of what is there: who has left, bounced or complained since, and which copies were sent."
          : "Nothing is kept of what is there: who has left since, or had everything erased, is a subscriber again.",
        "  ",
      ),
    );
  }
  if (shelf) {
    lines.push(
      missing.length === 0
        ? "  The shelf has every object of the backup; nothing is put back."
        : wrapped(
            `${count(missing.length, "object")} of ${thousands(Object.keys(backup.shelf).length)} that the shelf has lost, and gets back. (Workers Free allows 1,000 writes a day.)`,
            "  ",
          ),
    );
  }
  return lines.join("\n");
}

const row = (...[name, one, other]: [string, string, string]): string =>
  `  ${name.padEnd(22)}${one.padStart(12)}${other.padStart(16)}`;
const rows = (extent: { readonly rows: number } | undefined): string => (extent ? thousands(extent.rows) : "none");

function told({ kept, safety }: Restored, place: Place, database: boolean): string {
  const remote = place === "remote" ? " --remote" : "";
  const back = safety ? `Back to what was there: \`npm run restore -- ${safety}${remote}\`` : "";
  if (!database) return ["The shelf has its objects again; they were read back.", back].filter(Boolean).join("\n");
  return [
    "The database is back, and was read back.",
    ...(kept
      ? [`Kept: ${count(kept.goodbyes, "goodbye")}, and ${count(kept.copies, "record")} of copies that were sent.`]
      : []),
    "",
    "No chapter is mailed until you say so:",
    lineFor(place, "", "what waits for you"),
    lineFor(place, "resume", "the newsletter mails again"),
    ...(back === "" ? [] : ["", back]),
  ].join("\n");
}

const lineFor = (place: Place, words: string, what: string): string =>
  `${`  ${commandFor(place, words)}`.padEnd(46)}${what}`;

const whichOne = (names: readonly string[]): string =>
  names.length === 0
    ? "There are no backups yet: `npm run backup` makes one."
    : `Say which one:\n${names.map((name) => `  npm run restore -- ${name}${name.includes("-remote") ? " --remote" : ""}`).join("\n")}`;

await runStrictly(command, process.argv.slice(2));
