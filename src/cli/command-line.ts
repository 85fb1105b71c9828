/** Commands that have commands of their own: their help, their options, and nothing that was mistyped taken for something else. */
import { stripVTControlCharacters } from "node:util";
import { confirm, isCancel } from "@clack/prompts";
import { type ArgsDef, type CommandDef, renderUsage, runMain } from "citty";
import { advise } from "../publish/source/suggest.ts";
import { checkWritten, valuedOptions } from "./check-written.ts";
import { Refusal } from "./command-error.ts";
import { diskProblem } from "./disk-problem.ts";
import { Unreachable } from "./explain-failure.ts";
import { sayInstead } from "./terminal.ts";
import { withEnvironment } from "./wrangler/environment.ts";

/** By name. Citty's own type of a command differs with its arguments; only those are looked at here. */
type Commands = Readonly<Record<string, { readonly args?: unknown }>>;

/** Runs what was written behind `npm run … --`. What is refused, and what cannot be reached, is said without a stack, with exit code 1. */
export async function runCommands<Args extends ArgsDef>(
  main: CommandDef<Args>,
  commands: Commands,
  standard?: string,
): Promise<void> {
  await sayingWhyNot(() => run(main, inOrder(process.argv.slice(2), commands, standard)));
}

const run = <Args extends ArgsDef>(main: CommandDef<Args>, rawArgs: string[]): Promise<void> =>
  runMain(main, { rawArgs, showUsage });

/** Citty's help, without the colours that it has for a file as well. */
export async function showUsage<Args extends ArgsDef>(
  command: CommandDef<Args>,
  parent?: CommandDef<Args>,
): Promise<void> {
  const usage = await renderUsage(command, parent);
  console.log(process.stdout.isTTY ? usage : stripVTControlCharacters(usage));
}

/** Citty would swallow such an error, stack and all: this goes around what a command does, too. */
export async function sayingWhyNot(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isSaid = error instanceof Refusal || error instanceof Unreachable;
    const message = isSaid ? withEnvironment((error as Error).message) : diskProblem(error);
    // Citty's own, of an argument that is missing.
    if (message === undefined && (error as Error).name !== "CLIError") throw error;
    sayInstead(message ?? (error as Error).message);
    process.exitCode = 1;
  }
}

/** `unasked` when there is nobody to ask. */
export async function ask(question: string): Promise<"yes" | "no" | "unasked"> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return "unasked";
  const said = await confirm({ message: question, initialValue: false });
  return isCancel(said) || !said ? "no" : "yes";
}

/**
 * The arguments with the options last, because citty gives a command only what stands behind its name. `standard` is the command that is meant when none is named.
 */
export function inOrder(written: readonly string[], commands: Commands, standard?: string): string[] {
  const valued = Object.values(commands).flatMap(({ args }) => valuedOptions((args ?? {}) as ArgsDef));
  const options: string[] = [];
  const words: string[] = [];
  for (const [index, argument] of written.entries()) {
    const isValue = valued.includes(written[index - 1] ?? "");
    (isValue || argument.startsWith("-") ? options : words).push(argument);
  }
  const [command] = words;
  const names = Object.keys(commands);
  if (command !== undefined && !names.includes(command)) {
    throw new Refusal(`Unknown command \`${command}\`. ${advise(command, names, "commands")}`);
  }
  const meant = commands[command ?? standard ?? ""];
  checkWritten((meant?.args ?? {}) as ArgsDef, [...words.slice(1), ...options]);
  return [...words, ...options];
}
