/** A command of one sentence: its help, its options, and nothing that was mistyped taken for something else. */
import { stripVTControlCharacters } from "node:util";
import { type ArgsDef, type CommandDef, renderUsage, runCommand } from "citty";
import { checkWritten } from "./check-written.ts";
import { Unreachable } from "./mailings/database.ts";
import { Refusal } from "./preview/refusal.ts";
import { sayInstead } from "./terminal.ts";

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
    checkWritten((command.args ?? {}) as ArgsDef, written);
    await runCommand(command, { rawArgs: [...written] });
  } catch (error) {
    const isSaid = error instanceof Refusal || error instanceof Unreachable;
    if (!isSaid && (error as Error).name !== "CLIError") throw error;
    sayInstead((error as Error).message);
    process.exitCode = 1;
  }
}
