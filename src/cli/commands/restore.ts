/** `npm run restore`: restores a backup; shows first what it would replace, and never sends email. */
import { Command } from "@commander-js/extra-typings";
import { count } from "../../publish/source/problem.ts";
import { type Backup, listBackups } from "../backup/backup-folder.ts";
import { differencesFrom } from "../backup/backup-origin.ts";
import { planRestore, type Restored, type RestorePlan, restore } from "../backup/restore.ts";
import { createWorkProgress } from "../backup/work-progress.ts";
import { CommandError } from "../command-error.ts";
import { ask, runCommand } from "../command-line.ts";
import { commandFor, moment, thousands } from "../editions/words.ts";
import type { Target } from "../explain-failure.ts";
import { environmentOption, yesOption } from "../options.ts";
import { wrapped } from "../terminal.ts";
import { useEnvironment, withEnvironment } from "../wrangler/environment.ts";
import { announceTarget, type TargetNames } from "../wrangler/target.ts";

const root = process.cwd();
const places = { local: "the library on this machine", remote: "the deployed library" } as const;

const command = new Command("npm run restore --")
  .description("Restores a backup; shows first what it would replace")
  .argument("[backup]", "Name of a backup in backups/; without it, lists all backups")
  .option("--remote", "Restore into the deployed library instead of the local one")
  .addOption(environmentOption())
  .addOption(yesOption())
  .option("--only <part>", "Restore only `database` or only `shelf`")
  .option("--into-another", "Allow restoring into a different environment, database or account")
  .option("--as-it-was", "Discard unsubscribes and sends since the backup")
  .option("--without-backup", "Do not back up the current state first")
  .action(async (backup, { only, ...args }) => {
    if (backup === undefined) throw new CommandError(whichOne(listBackups(root)));
    if (only !== undefined && only !== "database" && only !== "shelf") {
      throw new CommandError(`--only must be \`database\` or \`shelf\`, not \`${only}\`.`);
    }
    const target = args.remote ? "remote" : "local";
    useEnvironment(args.env);
    const names = await announceTarget(target);
    const order = {
      root,
      target,
      names,
      now: new Date().toISOString(),
      onProgress: createWorkProgress(),
      database: only !== "shelf",
      shelf: only !== "database",
      mergesChanges: !args.asItWas,
      backsUp: !args.withoutBackup,
    } as const;
    const plan = await planRestore(order, backup);
    await checkTarget(plan.backup, names, args.intoAnother === true);
    console.log(`${planned(plan, order)}\n`);
    const answer = args.yes ? "yes" : await ask(`Replace the current data?`);
    if (answer === "no") throw new CommandError("Nothing was changed.");
    if (answer === "unasked")
      throw new CommandError("Nothing was changed: there is no terminal to confirm in. To proceed, add `--yes`.");
    const done = await restore(order, plan, (safety) => {
      console.log(`The current state was backed up to backups/${safety}.`);
    });
    console.log(withEnvironment(summaryOf(done, target, order.database)));
  });

/**
 * Asks separately (or needs `--into-another`) before a backup of another library replaces all subscribers of this one.
 */
async function checkTarget(backup: Backup, names: TargetNames, isMeant: boolean): Promise<void> {
  const differences = differencesFrom(backup, names);
  if (differences.length === 0) return;
  const width = Math.max(...differences.map(({ what }) => what.length));
  const rows = differences.map(({ what, backup: from, target: to }) => `  ${what.padEnd(width)}  ${from} -> ${to}`);
  console.log(`This backup comes from a different library than the one it would replace:\n${rows.join("\n")}\n`);
  if (isMeant) return;
  const answer = await ask(
    `Restore it into ${names.target === "local" ? "this machine's library" : names.database} anyway?`,
  );
  if (answer === "no") throw new CommandError("Nothing was changed.");
  if (answer === "unasked")
    throw new CommandError(
      "Nothing was changed: there is no terminal to confirm in. To restore it anyway, add `--into-another`.",
    );
}

function planned(
  { name, backup, now, migrations, missing }: RestorePlan,
  {
    target,
    database,
    shelf,
    mergesChanges,
  }: { target: Target; database: boolean; shelf: boolean; mergesChanges: boolean },
): string {
  const lines = [
    wrapped(`backups/${name}, made ${moment(backup.at)} from ${places[backup.place]}, into ${places[target]}:`, ""),
    "",
  ];
  if (database) {
    const tables = [...new Set([...Object.keys(now), ...Object.keys(backup.database.tables)])].sort();
    lines.push(row("rows of", "now", "in the backup"));
    for (const table of tables) lines.push(row(table, rows(now[table]), rows(backup.database.tables[table])));
    lines.push("");
    if (migrations.length > 0)
      lines.push(wrapped(`It has an older schema; these migrations will be applied: ${migrations.join(", ")}.`, "  "));
    lines.push(
      wrapped(
        "Tables are replaced in one transaction, all or none. Afterwards the newsletter sends nothing until you resume it.",
        "  ",
      ),
      wrapped(
        mergesChanges
          ? "Kept from the current data: unsubscribes, bounces and complaints since the backup, and which emails were sent."
          : "Nothing is kept from the current data: people who have unsubscribed or been erased since become subscribers again.",
        "  ",
      ),
    );
  }
  if (shelf) {
    lines.push(
      missing.length === 0
        ? "  The object store already has every object in the backup; nothing to restore."
        : wrapped(
            `${count(missing.length, "object")} of ${thousands(Object.keys(backup.shelf).length)} missing from the object store will be restored. (Workers Free allows 1,000 writes a day.)`,
            "  ",
          ),
    );
  }
  return lines.join("\n");
}

const row = (...[name, one, other]: [string, string, string]): string =>
  `  ${name.padEnd(22)}${one.padStart(12)}${other.padStart(16)}`;
const rows = (extent: { readonly rows: number } | undefined): string => (extent ? thousands(extent.rows) : "none");

function summaryOf({ kept, safety }: Restored, target: Target, database: boolean): string {
  const remote = target === "remote" ? " --remote" : "";
  const back = safety ? `To undo: \`npm run restore -- ${safety}${remote}\`` : "";
  if (!database) return ["The object store was restored and verified.", back].filter(Boolean).join("\n");
  return [
    "The database was restored and verified.",
    ...(kept
      ? [`Kept: ${count(kept.unsubscribes, "unsubscribe")} and ${count(kept.copies, "record")} of sent emails.`]
      : []),
    "",
    "Sending is paused until you resume it:",
    lineFor(target, "", "what needs your attention"),
    lineFor(target, "resume", "resume sending"),
    ...(back === "" ? [] : ["", back]),
  ].join("\n");
}

const lineFor = (target: Target, words: string, what: string): string =>
  `${`  ${commandFor(target, words)}`.padEnd(46)}${what}`;

const whichOne = (names: readonly string[]): string =>
  names.length === 0
    ? "There are no backups yet: `npm run backup` creates one."
    : `Choose one:\n${names.map((name) => `  npm run restore -- ${name}${name.includes("-remote") ? " --remote" : ""}`).join("\n")}`;

await runCommand(command);
