/** Executes SQL on the library's database through `wrangler d1 execute`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { databaseFailure, type Target, type Unreachable } from "../explain-failure.ts";
import { inPrivateFolder } from "../private-folder.ts";
import { runWrangler } from "./run-wrangler.ts";

/**
 * Runs the statements as one transaction and returns the rows of each. Wrangler batches them for the local database, D1
 * for the deployed one (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query/).
 * Throws `Unreachable` with an explanation.
 */
export type Execute = (statements: readonly string[]) => Promise<unknown[][]>;

const Answer = v.array(v.object({ results: v.array(v.unknown()) }));
const Failure = v.object({
  error: v.object({ text: v.string(), notes: v.optional(v.array(v.object({ text: v.string() })), []) }),
});

export const openWithWrangler =
  (target: Target): Execute =>
  async (statements) => {
    const { stdout, output } = await runWrangler(
      "d1",
      "execute",
      "DB",
      `--${target}`,
      "--json",
      `--command=${statements.join(";\n")}`,
    );
    const answer = v.safeParse(Answer, parseJson(stdout));
    if (answer.success && answer.output.length === statements.length)
      return answer.output.map(({ results }) => results);
    throw failed(stdout, output, target);
  };

/** Runs any number of statements as one transaction, without returning rows. Throws like `Execute`. */
export type Write = (statements: readonly string[]) => Promise<void>;

/**
 * Uses a file, because Windows limits a command line to 32 KB. D1 imports a file completely or not at all
 * (https://developers.cloudflare.com/d1/best-practices/import-export-data/), and answers no other queries during the
 * import.
 */
export const writeWithWrangler =
  (target: Target): Write =>
  (statements) =>
    inPrivateFolder("statements", async (folder) => {
      const file = join(folder, "statements.sql");
      writeFileSync(file, `${statements.join(";\n")};\n`, { mode: 0o600 });
      const { ok, stdout, output } = await runWrangler(
        "d1",
        "execute",
        "DB",
        `--${target}`,
        "--json",
        "--yes",
        `--file=${file}`,
      );
      if (!ok) throw failed(stdout, output, target);
    });

function failed(stdout: string, output: string, target: Target): Unreachable {
  const failure = v.safeParse(Failure, parseJson(stdout));
  const { text, notes } = failure.success ? failure.output.error : { text: output, notes: [] };
  return databaseFailure([text, ...notes.map((note) => note.text)].join("\n").trim(), target);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Wrangler itself failed; its output is shown.
    return undefined;
  }
}
