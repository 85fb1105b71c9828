/** A command of one sentence: its help, its options, and nothing that was mistyped taken for something else. */
import { type ArgsDef, type CommandDef, runCommand } from "citty";
import { checkWritten } from "./check-written.ts";
import { sayingWhyNot, showUsage } from "./command-line.ts";

/**
 * Runs it with what was written behind its name. What it refuses, and what cannot be reached, is said without a
 * stack and with exit code 1. Not by citty's `runMain`, which prints every error with its stack.
 */
export async function runStrictly<Args extends ArgsDef>(
  command: CommandDef<Args>,
  written: readonly string[],
): Promise<void> {
  await sayingWhyNot(async () => {
    if (written.includes("--help") || written.includes("-h")) return showUsage(command as unknown as CommandDef);
    checkWritten((command.args ?? {}) as ArgsDef, written);
    await runCommand(command, { rawArgs: [...written] });
  });
}
