/** Executes SQL on the library's database, local or deployed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { databaseFailure, type Target, type Unreachable } from "../explain-failure.ts";
import { parseJson } from "../parse-json.ts";
import { inPrivateFolder } from "../private-folder.ts";
import { executeLocally, hasLocalDatabase, useLocalDatabase } from "./local-database.ts";
import { openRemoteDatabase } from "./remote-database.ts";
import { runWrangler } from "./run-wrangler.ts";

/**
 * Runs the statements as one transaction and returns the rows of each. D1 batches those for the deployed database
 * (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query/). Throws `Unreachable` with
 * an explanation.
 */
export type Execute = (statements: readonly string[]) => Promise<unknown[][]>;

export const executeOn = (target: Target): Execute =>
  target === "remote" ? openRemoteDatabase() : async (statements) => executeLocally(statements);

const Failure = v.object({
  error: v.object({ text: v.string(), notes: v.optional(v.array(v.object({ text: v.string() })), []) }),
});

/** Runs any number of statements as one transaction, without returning rows. Throws like `Execute`. */
export type Write = (statements: readonly string[]) => Promise<void>;

/**
 * Writes through wrangler if the database is deployed or does not exist yet. From a file, because Windows limits a
 * command line to 32 KB; D1 imports a file completely or not at all
 * (https://developers.cloudflare.com/d1/best-practices/import-export-data/), and answers no other queries during the
 * import.
 */
export const writeTo =
  (target: Target): Write =>
  async (statements) => {
    if (target === "remote" || !hasLocalDatabase()) return importFile(target, statements);
    useLocalDatabase((database) => {
      for (const statement of statements) database.exec(statement);
    });
  };

const importFile = (target: Target, statements: readonly string[]): Promise<void> =>
  inPrivateFolder("statements", async (folder) => {
    const file = join(folder, "statements.sql");
    writeFileSync(file, `${statements.join(";\n")};\n`, { mode: 0o600 });
    const to = ["d1", "execute", "DB", `--${target}`, "--json", "--yes", `--file=${file}`];
    const { ok, stdout, output } = await runWrangler(...to);
    if (!ok) throw failed(stdout, output, target);
  });

function failed(stdout: string, output: string, target: Target): Unreachable {
  const failure = v.safeParse(Failure, parseJson(stdout));
  const { text, notes } = failure.success ? failure.output.error : { text: output, notes: [] };
  return databaseFailure([text, ...notes.map((note) => note.text)].join("\n").trim(), target);
}
