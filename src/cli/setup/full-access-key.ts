/** Gets the Resend key with full access that the setup needs. It is never stored, and never a process argument. */
import { isCancel, password } from "@clack/prompts";
import { CommandError } from "../command-error.ts";
import { keysPage } from "./resend-account.ts";

/** Variable with the key, for use without a terminal. */
export const keyVariable = "RESEND_FULL_ACCESS_KEY";

/** Reads the key and removes it from the environment, so child processes do not inherit it. Undefined if not set. */
export function takeKeyFromEnvironment(environment = process.env): string | undefined {
  const key = environment[keyVariable]?.trim();
  delete environment[keyVariable];
  if (!key) return undefined;
  return checked(key, keyVariable);
}

/** Reads the key from a hidden prompt or standard input. Throws a `CommandError` if there is none. */
export async function askForKey(input: NodeJS.ReadStream = process.stdin): Promise<string> {
  if (input.isTTY && process.stdout.isTTY) {
    const typed = await password({ message: `A Resend key with full access, from ${keysPage} (it is not stored):` });
    if (isCancel(typed)) throw new CommandError("Nothing was changed.");
    return checked(typed.trim(), "What you entered");
  }
  const piped = input.isTTY ? "" : await firstLine(input);
  if (piped !== "") return checked(piped, "Standard input");
  throw new CommandError(
    `A Resend key with full access is needed, but there is no terminal to ask in. Create one at ${keysPage}, and pass it on standard input or in ${keyVariable}.`,
  );
}

function checked(key: string, from: string): string {
  if (/^re_[A-Za-z0-9_-]{6,200}$/.test(key)) return key;
  throw new CommandError(
    `${from} is not a Resend API key, which starts with \`re_\`. Create one at ${keysPage}, with full access.`,
  );
}

/** Longer than any key, so a large file piped by mistake is not read completely. */
const maxBytes = 4096;

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes("\n") || text.length > maxBytes) break;
  }
  return (text.split("\n")[0] ?? "").trim();
}
