/** Programs that a command runs for the author: without a terminal of their own, so that none waits for an answer. */
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export interface Run {
  readonly ok: boolean;
  readonly stdout: string;
  /** Both streams, in the order in which they came, without colours. */
  readonly output: string;
}

/** Runs it to its end, in the current folder, with `input` on its standard input. Only npm needs a shell, on Windows; what has quotes in it must not meet one. */
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
    // It may have ended before it read anything: what it said then is its answer.
    child.stdin.on("error", () => undefined).end(input);
    child.on("error", failed);
    child.on("close", (code) => {
      resolve({ ok: code === 0, stdout: stdout.join(""), output: stripVTControlCharacters(both.join("")) });
    });
  });
}

/** Node throws for some reasons, a command line that is too long among them, and reports others as an event. */
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
