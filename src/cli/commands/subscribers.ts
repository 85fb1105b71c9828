/** `npm run subscribers`: imports lists from other services, and exports this library's subscribers as CSV. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { advise } from "../../publish/source/suggest.ts";
import { writeNew } from "../../publish/write-whole.ts";
import { CommandError } from "../command-error.ts";
import { ask, runCommand } from "../command-line.ts";
import { thousands } from "../editions/words.ts";
import type { Target } from "../explain-failure.ts";
import { meanings } from "../import-export/column-answers.ts";
import { standings } from "../import-export/entry.ts";
import { exportSubscribers, exportSuppressions, type State, states } from "../import-export/export-list.ts";
import { importList } from "../import-export/import-list.ts";
import { readTokenKeys } from "../import-export/token-keys.ts";
import { environmentOption, remoteOption, yesOption } from "../options.ts";
import { createProgressLine } from "../progress.ts";
import { executeOn, writeTo } from "../wrangler/d1-execute.ts";
import { useEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const command = new Command("npm run subscribers --").description(
  "Imports and exports subscribers. An apostrophe before =, +, - or @ keeps spreadsheets from evaluating a cell",
);
command
  .command("import")
  .description("Imports a list from Buttondown, Substack, Mailchimp, Ghost or any other CSV; shows a dry run first")
  .argument("<file>", "The CSV file as exported by the service")
  .addOption(yesOption())
  .option("--consent <wording>", "Where and how people consented, if the list does not say")
  .option(
    "--column <meaning>",
    `How to read a column, "COLUMN=MEANING", or its values, "COLUMN: VALUE=MEANING, VALUE=MEANING"; may be given several times. Meanings: ${meanings.join(", ")}`,
    (one: string, before: string[] | undefined) => [...(before ?? []), one],
  )
  .option(
    "--everybody <status>",
    `Status of everyone in the list unless a row is more cautious, for a file whose name alone says it: ${standings.join(", ")}`,
  )
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((file, { column = [], ...options }) => takeIn({ file, ...options }, column));
command
  .command("export")
  .description("Exports all subscribers and their consents as CSV")
  .option("--out <file>", "Write to this new file (readable only by you) instead of the terminal")
  .option("--state <state>", `Export only subscribers in this state: ${states.join(", ")}`)
  .option("--excel", "Add a byte order mark for Excel")
  .option("--suppressions", "Export the keyed hashes of erased and suppressed addresses instead")
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((options) => handOut(options));

const targetOf = (given: { readonly remote?: boolean | undefined }): Target =>
  given.remote === true ? "remote" : "local";

async function takeIn(
  given: {
    readonly file: string;
    readonly yes?: boolean | undefined;
    readonly consent?: string | undefined;
    readonly everybody?: string | undefined;
    readonly remote?: boolean | undefined;
    readonly env?: string | undefined;
  },
  columns: readonly string[],
): Promise<void> {
  if (!existsSync(given.file)) throw new CommandError(`There is no file ${given.file}.`);
  if (!statSync(given.file).isFile()) throw new CommandError(`${given.file} is a folder: pass a CSV file.`);
  if (given.consent?.trim() === "") throw new CommandError("`--consent` is empty: say where and how people consented.");
  const everybody = standings.find((standing) => standing === given.everybody);
  if (given.everybody !== undefined && everybody === undefined) {
    throw new CommandError(
      `\`--everybody ${given.everybody}\` is not a known state. ${advise(given.everybody, standings, "states")}`,
    );
  }
  const target = targetOf(given);
  useEnvironment(given.env);
  if (target === "remote") await announceTarget(target);
  const parsed = await importList(
    {
      target,
      execute: executeOn(target),
      write: writeTo(target),
      keyRing: readTokenKeys(process.cwd(), target),
      now: Date.now(),
      tell: (text) => console.log(`${text}\n`),
      confirm: given.yes === true ? async () => "yes" : ask,
      progress: createProgressLine,
    },
    { path: given.file, bytes: readFileSync(given.file), options: { consent: given.consent, columns, everybody } },
  );
  console.log(parsed);
}

async function handOut(given: {
  readonly out?: string | undefined;
  readonly state?: string | undefined;
  readonly excel?: boolean | undefined;
  readonly suppressions?: boolean | undefined;
  readonly remote?: boolean | undefined;
  readonly env?: string | undefined;
}): Promise<void> {
  const { out, state } = given;
  if (state !== undefined && !isState(state)) {
    throw new CommandError(`Unknown state \`${state}\`. ${advise(state, states, "states")}`);
  }
  if (state !== undefined && given.suppressions === true) {
    throw new CommandError("Use either `--state` or `--suppressions`, not both: hashes have no state.");
  }
  if (out !== undefined && existsSync(out)) throw new CommandError(`${out} already exists; nothing was written.`);
  if (out !== undefined && !existsSync(dirname(out))) throw new CommandError(`There is no folder ${dirname(out)}.`);
  if (
    out === undefined &&
    !process.stdout.isTTY &&
    process.env.npm_lifecycle_event !== undefined &&
    process.env.npm_config_loglevel !== "silent"
  ) {
    console.error("npm prints its own lines above the list. For a clean file use `--out FILE`.");
  }
  useEnvironment(given.env);
  if (targetOf(given) === "remote") await announceTarget("remote");
  const execute = executeOn(targetOf(given));
  const progress = createProgressLine("Reading subscriber");
  const pieces: string[] = [];
  const order = { state, put: (text: string) => void pieces.push(text), onProgress: progress.update };
  const rows = await (given.suppressions === true
    ? exportSuppressions(execute, order)
    : exportSubscribers(execute, order));
  progress.end();
  const text = `${given.excel === true ? "\ufeff" : ""}${pieces.join("")}`;
  if (out === undefined) return void process.stdout.write(text);
  // Only once it is complete: a partial list looks like a whole one.
  writeNew(out, text, 0o600);
  console.log(`Wrote ${thousands(rows)} ${rows === 1 ? "row" : "rows"} to ${out}, readable only by you.`);
}

const isState = (text: string): text is State => (states as readonly string[]).includes(text);

await runCommand(command);
