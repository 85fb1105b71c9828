/** A command of one sentence: its help, its options, and nothing that was mistyped taken for something else. */
import { stripVTControlCharacters } from "node:util";
import { type ArgsDef, type CommandDef, renderUsage, runCommand } from "citty";
import { Unreachable } from "./mailings/database.ts";
import { Refusal } from "./preview/refusal.ts";
import { advise } from "./suggest.ts";

/**
 * Runs it with what was written behind its name. What it refuses, and what cannot be reached, is said without a
 * stack and with exit code 1. Not by citty's `runMain`, which prints every error with its stack.
 */
export async function runStrictly<Args extends ArgsDef>(
  command: CommandDef<Args>,
  written: readonly string[],
): Promise<void> {
  try {
    if (written.includes("--help") || written.includes("-h")) {
      const usage = await renderUsage(command as unknown as CommandDef);
      // Citty paints it for a file as well.
      return console.log(process.stdout.isTTY ? usage : stripVTControlCharacters(usage));
    }
    checkWritten(command.args as ArgsDef, written);
    await runCommand(command, { rawArgs: [...written] });
  } catch (error) {
    const isSaid = error instanceof Refusal || error instanceof Unreachable;
    if (!isSaid && (error as Error).name !== "CLIError") throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** Citty lets an option pass that it does not know, and a mistyped `--remote` would mean this machine. */
function checkWritten(args: ArgsDef, written: readonly string[]): void {
  const entries = Object.entries(args);
  const known = [
    ...entries.flatMap(([name, { type }]) => (type === "positional" ? [] : [`--${name}`])),
    "--help",
    "-h",
  ];
  const takesValue = new Set(entries.flatMap(([name, { type }]) => (type === "string" ? [`--${name}`] : [])));
  const mostWords = entries.filter(([, { type }]) => type === "positional").length;
  let words = 0;
  for (const [index, argument] of written.entries()) {
    const name = argument.replace(/=.*$/s, "");
    if (takesValue.has(written[index - 1] ?? "")) continue;
    if (!argument.startsWith("-")) {
      words += 1;
      if (words > mostWords) throw new Refusal(`\`${argument}\` means nothing here. \`--help\` says what does.`);
    } else if (!known.includes(name)) {
      throw new Refusal(`There is no option \`${name}\`. ${advise(name, known, "options")}`);
    }
  }
}
