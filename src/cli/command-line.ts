/** Runs the author's commands with Commander: strict parsing, one-sentence errors, help without side effects. */
import { confirm, isCancel } from "@clack/prompts";
import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { CommandError } from "./command-error.ts";
import { diskProblem } from "./disk-problem.ts";
import { Unreachable } from "./explain-failure.ts";
import { sayInstead } from "./terminal.ts";
import { describeUsageError, optionsOf } from "./usage-error.ts";
import { withEnvironment } from "./wrangler/environment.ts";

/**
 * Runs a command with its arguments. Expected failures are printed without a stack, with exit code 1. `standard` is the
 * default subcommand.
 */
export const runCommand = (
  command: CommandUnknownOpts,
  { standard, written = process.argv.slice(2) }: { standard?: string; written?: readonly string[] } = {},
): Promise<void> => sayingWhyNot(() => parseStrictly(command, written, standard));

/** Throws a `CommandError` before the command does anything if an argument is mistyped, missing or unexpected. */
export async function parseStrictly(
  command: CommandUnknownOpts,
  written: readonly string[],
  standard?: string,
): Promise<void> {
  for (const each of [command, ...command.commands]) beStrict(each);
  await command.parseAsync(commandFirst(command, written, standard), { from: "user" });
}

/**
 * Configures our wording for errors, no implicit command `help`, and no option that takes another option for its value.
 */
function beStrict(command: CommandUnknownOpts): void {
  command
    .helpOption("-h, --help", "Show this help")
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride((error) => {
      throw isHelp(error) ? error : new CommandError(describeUsageError(command, error));
    });
  if (command.commands.length > 0)
    command.addHelpText("after", `\nFor the options of one command: ${command.name()} COMMAND --help`);
  for (const option of command.options) {
    // Commander would put a text in quotes.
    if (option.defaultValue !== undefined) option.defaultValueDescription ??= String(option.defaultValue);
    if (!option.required) continue;
    const { long, parseArg } = option;
    option.argParser((value: string, previous: unknown) => {
      // `--env ""` is wrangler's own way to name the top level.
      const isMissing = value === "" ? long !== "--env" : optionsOf(command).includes(value);
      if (isMissing) throw new CommandError(`\`${long}\` needs a value. See \`--help\`.`);
      return parseArg ? parseArg(value, previous) : value;
    });
  }
}

const isHelp = ({ code }: CommanderError): boolean => code.startsWith("commander.help");

/**
 * Moves the subcommand to the front: options may precede it, but Commander passes a subcommand only what follows its
 * name.
 */
function commandFirst(command: CommandUnknownOpts, written: readonly string[], standard?: string): string[] {
  if (command.commands.length === 0) return [...written];
  const options = command.commands.flatMap((each) => each.options);
  const takesValue = (argument = ""): boolean => options.some(({ long, required }) => required && long === argument);
  const at = written.findIndex((argument, index) => !argument.startsWith("-") && !takesValue(written[index - 1]));
  if (at !== -1) return [written[at] ?? "", ...written.slice(0, at), ...written.slice(at + 1)];
  const wantsHelp = written.some((argument) => argument === "--help" || argument === "-h");
  return standard === undefined || wantsHelp ? [...written] : [standard, ...written];
}

/** Prints expected failures as a sentence, with exit code 1; rethrows others. */
export async function sayingWhyNot(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Commander has printed the help.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode;
      return;
    }
    const isSaid = error instanceof CommandError || error instanceof Unreachable;
    const message = isSaid ? withEnvironment(error.message) : diskProblem(error);
    if (message === undefined) throw error;
    sayInstead(message);
    process.exitCode = 1;
  }
}

/** Asks for confirmation; `unasked` without a terminal. */
export async function ask(question: string): Promise<"yes" | "no" | "unasked"> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return "unasked";
  const answer = await confirm({ message: question, initialValue: false });
  return isCancel(answer) || !answer ? "no" : "yes";
}
