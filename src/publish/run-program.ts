/** Runs programs for a command, without a terminal, so that none of them waits for input. */
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export interface Run {
  readonly ok: boolean;
  readonly stdout: string;
  /** Both streams in order of arrival, without colours. */
  readonly output: string;
}

/**
 * Runs a program in the current folder until it exits, with `input` on its standard input. Only npm on Windows needs a
 * shell; arguments with quotes must never be passed through one.
 */
export function runProgram(command: string, args: readonly string[], env = process.env, input = ""): Promise<Run> {
  return new Promise((resolve) => {
    const failed = ({ message }: Error) => resolve({ ok: false, stdout: "", output: message });
    const child = spawned(command, args, env);
    if (child instanceof Error) return failed(child);
    const stdout: string[] = [];
    const both: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => both.push(text));
    }
    // The program may exit without reading its input; its output then explains why.
    child.stdin.on("error", () => undefined).end(input);
    child.on("error", failed);
    child.on("close", (code) => {
      resolve({ ok: code === 0, stdout: stdout.join(""), output: stripVTControlCharacters(both.join("")) });
    });
  });
}

/** Node throws for some failures, such as a command line that is too long, and reports others as an event. */
function spawned(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    return spawn(command, args, {
      stdio: ["pipe", "pipe", "pipe"],
      shell: process.platform === "win32" && command === "npm",
      env,
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
