/** `npm run newsletter`: shows editions and carries out the author's decisions about them. */

import { Command, Option } from "@commander-js/extra-typings";
import { CommandError } from "../command-error.ts";
import { ask, runCommand } from "../command-line.ts";
import {
  announce,
  type Dialogue,
  dismiss,
  goOn,
  list,
  type Reply,
  resume,
  show,
  skip,
  stop,
} from "../editions/dialogue.ts";
import { identify } from "../editions/identify.ts";
import { environmentOption, remoteOption, yesOption } from "../options.ts";
import { paintFor } from "../terminal.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { useEnvironment } from "../wrangler/environment.ts";
import { announceTarget } from "../wrangler/target.ts";

const editionWords = "The id of the edition, as listed";
const limitOption = <Standard extends string>(what: string, standard: Standard) =>
  new Option("--limit <number>", `How many ${what} to list`).default<string>(standard);

const newsletter = new Command("npm run newsletter --").description("Manages newsletter editions");
newsletter
  .command("setup")
  .description("Sets up Resend and the Worker's secrets; safe to repeat")
  .option("--wait", "Wait until Resend has found the DNS records")
  .option("--region <region>", "Region of a new sending domain, such as eu-west-1", "us-east-1")
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action(setUp);
newsletter
  .command("list")
  .description("Lists editions: needing attention, sending, and complete (default)")
  .addOption(limitOption("completed editions", "5"))
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action(({ limit, ...given }) => hold(given, (dialogue) => list(dialogue, wholeNumber(limit))));
newsletter
  .command("show")
  .description("Shows one edition: recipients by state and reason, and what happens next")
  .argument("<edition>", editionWords)
  .addOption(limitOption("deliveries that may not have arrived", "20"))
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((edition, { limit, ...given }) => hold(given, (dialogue) => show(dialogue, edition, wholeNumber(limit))));
newsletter
  .command("continue")
  .description("Continues a stopped edition, for everyone with no delivery on record")
  .argument("<edition>", editionWords)
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((edition, given) => hold(given, (dialogue) => goOn(dialogue, edition)));
newsletter
  .command("skip")
  .description("Ends an edition: subscribers who have not got it yet will not get it")
  .argument("<edition>", editionWords)
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((edition, given) => hold(given, (dialogue) => skip(dialogue, edition)));
newsletter
  .command("stop")
  .description("Pauses an edition immediately, until you continue or skip it")
  .argument("<edition>", editionWords)
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((edition, given) => hold(given, (dialogue) => stop(dialogue, edition)));
newsletter
  .command("announce")
  .description("Emails a chapter that would not be sent automatically")
  .argument("<chapter>", "book/chapter")
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((chapter, given) => hold(given, (dialogue) => announce(dialogue, chapter)));
newsletter
  .command("identify")
  .description("Says whether a chapter that appeared has moved or is new")
  .argument("<place>", "book/chapter, or a renamed book")
  .argument("<answer>", "The id of the chapter that it was, or `new`")
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((place, answer, given) => hold(given, (dialogue) => identify(dialogue, place, answer)));
newsletter
  .command("resume")
  .description("After a restore: resumes sending")
  .addOption(yesOption())
  .addOption(environmentOption())
  .addOption(remoteOption())
  .action((given) => hold(given, resume));
// `settle` is the former name of `dismiss`.
for (const name of ["dismiss", "settle"])
  newsletter
    .command(name, { hidden: name === "settle" })
    .description("Dismisses a notice")
    .argument("<notice>", "The id of the notice, as listed")
    .argument("[detail]", "The second part of its id, if any")
    .addOption(environmentOption())
    .addOption(remoteOption())
    .action((notice, detail, given) =>
      hold(given, (dialogue) => dismiss(dialogue, [notice, detail].filter(Boolean).join(" "))),
    );

/** Imported on demand: only the setup needs Resend's package. */
async function setUp(given: {
  readonly env?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly region: string;
}): Promise<void> {
  const { runSetup } = await import("../setup/run-setup.ts");
  const isDone = await runSetup({
    environment: given.env,
    remote: given.remote === true,
    wait: given.wait === true,
    region: given.region,
    confirm: given.yes === true ? async () => "yes" : ask,
  });
  if (!isDone) process.exitCode = 1;
}

/** Runs a command and prints its reply. */
async function hold(
  given: {
    readonly env?: string | undefined;
    readonly remote?: boolean | undefined;
    readonly yes?: boolean | undefined;
  },
  command: (dialogue: Dialogue) => Promise<Reply>,
): Promise<void> {
  const target = given.remote === true ? "remote" : "local";
  useEnvironment(given.env);
  if (target === "remote") await announceTarget(target);
  const { text, ok } = await command({
    execute: executeOn(target),
    target,
    now: new Date().toISOString(),
    paint: paintFor(process.stdout),
    tell: (words) => console.log(`${words}\n`),
    confirm: given.yes === true ? async () => "yes" : ask,
  });
  if (ok) return console.log(text);
  console.error(text);
  process.exitCode = 1;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new CommandError(`--limit must be a whole number, not \`${text}\`.`);
  return Number(text);
}

await runCommand(newsletter, { standard: "list" });
