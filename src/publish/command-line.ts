/** Commands that have commands of their own: their help, their options, and nothing that was mistyped taken for something else. */
import { stripVTControlCharacters } from "node:util";
import { confirm, isCancel } from "@clack/prompts";
import { type ArgsDef, type CommandDef, renderUsage, runMain } from "citty";
import { Unreachable } from "./mailings/database.ts";
import { Refusal } from "./preview/refusal.ts";
import { advise } from "./suggest.ts";

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

/** The same for a command without commands of its own. */
export async function runCommand<Args extends ArgsDef>(main: CommandDef<Args>): Promise<void> {
  const written = process.argv.slice(2);
  await sayingWhyNot(() => {
    const word = written.find((argument) => !argument.startsWith("-"));
    if (word !== undefined) throw new Refusal(`\`${word}\` means nothing here. \`--help\` says what does.`);
    return run(main, inOrder(written, { "": main }, ""));
  });
}

const run = <Args extends ArgsDef>(main: CommandDef<Args>, rawArgs: string[]): Promise<void> =>
  runMain(main, {
    rawArgs,
    // Citty paints it for a file as well.
    showUsage: async (...of) => {
      const usage = await renderUsage(...of);
      console.log(process.stdout.isTTY ? usage : stripVTControlCharacters(usage));
    },
  });

/** Citty would swallow such an error, stack and all: this goes around what a command does, too. */
export async function sayingWhyNot(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error;
    console.error(error.message);
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
 * The arguments with the options last, because citty gives a command only what stands behind its name. Citty
 * would also let an option pass that it does not know, and a mistyped `--remote` would mean this machine.
 * `standard` is the command that is meant when none is named.
 */
export function inOrder(written: readonly string[], commands: Commands, standard?: string): string[] {
  const all = Object.values(commands).flatMap(({ args }) => Object.entries((args ?? {}) as ArgsDef));
  const valued = all.flatMap(([name, { type }]) => (type === "string" ? [`--${name}`] : []));
  const options: string[] = [];
  const words: string[] = [];
  for (const [index, argument] of written.entries()) {
    const isValue = valued.includes(written[index - 1] ?? "");
    (isValue || argument.startsWith("-") ? options : words).push(argument);
  }
  const [command] = words;
  const names = Object.keys(commands);
  if (command !== undefined && !names.includes(command)) {
    throw new Refusal(`There is no command \`${command}\`. ${advise(command, names, "commands")}`);
  }
  const meant = commands[command ?? standard ?? ""];
  const known = [...optionsOf(meant?.args), "--help", "-h"];
  for (const [index, argument] of options.entries()) {
    if (valued.includes(options[index - 1] ?? "")) continue;
    const name = argument.replace(/=.*$/s, "");
    if (!known.includes(name)) {
      throw new Refusal(`There is no option \`${name}\`. ${advise(name, known, "options")}`);
    }
  }
  return [...words, ...options];
}

const optionsOf = (args: unknown): string[] =>
  Object.entries((args ?? {}) as ArgsDef).flatMap(([name, { type }]) => (type === "positional" ? [] : [`--${name}`]));
