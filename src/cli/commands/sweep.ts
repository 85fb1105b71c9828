/** `npm run sweep`: deletes unused objects from the object store after listing them. */
import { Command } from "@commander-js/extra-typings";
import { count } from "../../publish/source/problem.ts";
import { openShelf } from "../backup/open-shelf.ts";
import { findUnneeded, sizeOf } from "../backup/sweep.ts";
import { createWorkProgress } from "../backup/work-progress.ts";
import { CommandError } from "../command-error.ts";
import { ask, runCommand } from "../command-line.ts";
import { thousands } from "../editions/words.ts";
import { environmentOption, remoteOption, yesOption } from "../options.ts";
import { table, wrapped } from "../terminal.ts";
import { useEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const root = process.cwd();
/** Below Workers Free's limit of 1,000 deletes a day. */
const maxAtOnce = 900;

const command = new Command("npm run sweep --")
  .description("Deletes unused objects from the KV store; lists them first")
  .addOption(remoteOption())
  .addOption(environmentOption())
  .addOption(yesOption())
  .option("--limit <keys>", "Maximum number of keys to delete", String(maxAtOnce))
  .action(async (args) => {
    if (!/^[1-9]\d{0,5}$/.test(args.limit))
      throw new CommandError(`--limit must be a positive whole number, not \`${args.limit}\`.`);
    useEnvironment(args.env);
    if (args.remote) await announceTarget("remote");
    const onProgress = createWorkProgress();
    await using shelf = await openShelf(args.remote ? "remote" : "local");
    const plan = await findUnneeded(root, shelf, Date.now());
    if (plan.kind === "too early") throw new CommandError(wrapped(plan.reason, ""));
    const kept = [...plan.kept].sort(([, one], [, other]) => other - one);
    if (kept.length > 0)
      console.log(`Kept:\n${table(kept.map(([reason, keys]) => [thousands(keys), reason] as const))}\n`);
    if (plan.unused.length === 0) return console.log("There are no unused objects.");
    const bytes = await sizeOf(root, shelf, plan.unused, (done, of) => onProgress("Measuring object", done, of));
    const since = plan.oldest === undefined ? "" : `, the oldest since ${plan.oldest.slice(0, 10)}`;
    console.log(`Unused${since}:\n  ${count(plan.unused.length, "key")}, ${kilobytes(bytes)}`);
    const now = plan.unused.slice(0, Number(args.limit));
    const answer = args.yes ? "yes" : await ask(`Delete ${count(now.length, "key")}?`);
    if (answer !== "yes") {
      console.log(answer === "no" ? "\nNothing was deleted." : "\nNothing was deleted. To delete them, add `--yes`.");
      return;
    }
    await shelf.delete(now);
    const rest = plan.unused.length - now.length;
    console.log(
      `\nDeleted ${count(now.length, "key")}.${rest > 0 ? ` ${thousands(rest)} remain: run the command again another day.` : ""}`,
    );
  });

const kilobytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

await runCommand(command);
