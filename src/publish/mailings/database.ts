/** The newsletter's database, from the author's machine: statements go through `wrangler d1 execute`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { inPrivateFolder } from "../private-folder.ts";
import { wrapped } from "../terminal.ts";
import { runWrangler } from "../wrangler/run-wrangler.ts";

/**
 * Runs the statements as one transaction, and gives the rows of each. Wrangler makes a batch of them for the
 * local database, and D1 of what it is sent (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/query/).
 * Throws `Unreachable` with words for the author.
 */
export type Execute = (statements: readonly string[]) => Promise<unknown[][]>;

/** The library that the author means: the one on this machine, or the one that readers meet. */
export type Place = "local" | "remote";

/** The database did not answer; said without a stack. */
export class Unreachable extends Error {}

const Answer = v.array(v.object({ results: v.array(v.unknown()) }));
const Failure = v.object({
  error: v.object({ text: v.string(), notes: v.optional(v.array(v.object({ text: v.string() })), []) }),
});

export const openWithWrangler =
  (place: Place): Execute =>
  async (statements) => {
    const { stdout, output } = await runWrangler(
      "d1",
      "execute",
      "DB",
      `--${place}`,
      "--json",
      `--command=${statements.join(";\n")}`,
    );
    const answer = v.safeParse(Answer, parseJson(stdout));
    if (answer.success && answer.output.length === statements.length)
      return answer.output.map(({ results }) => results);
    throw failed(stdout, output, place);
  };

/** Runs the statements as one transaction, however many they are, and gives no rows. Throws as `Execute` does. */
export type Write = (statements: readonly string[]) => Promise<void>;

/**
 * By way of a file: a command line takes 32 KB on Windows. D1 imports a file as a whole or not at all
 * (https://developers.cloudflare.com/d1/best-practices/import-export-data/), and answers nobody else meanwhile.
 */
export const writeWithWrangler =
  (place: Place): Write =>
  (statements) =>
    inPrivateFolder("statements", async (folder) => {
      const file = join(folder, "statements.sql");
      writeFileSync(file, `${statements.join(";\n")};\n`, { mode: 0o600 });
      const { ok, stdout, output } = await runWrangler(
        "d1",
        "execute",
        "DB",
        `--${place}`,
        "--json",
        "--yes",
        `--file=${file}`,
      );
      if (!ok) throw failed(stdout, output, place);
    });

function failed(stdout: string, output: string, place: Place): Unreachable {
  const failure = v.safeParse(Failure, parseJson(stdout));
  const { text, notes } = failure.success ? failure.output.error : { text: output, notes: [] };
  return new Unreachable(explain([text, ...notes.map((note) => note.text)].join("\n").trim(), place));
}

interface Explanation {
  readonly when: RegExp;
  readonly words: string | Readonly<Record<Place, string>>;
  /** Wrangler's own words add nothing. */
  readonly isAll: boolean;
}

/** The first that fits what wrangler says. */
const explanations: readonly Explanation[] = [
  {
    when: /no such (table|column)/i,
    words: {
      local: "The database on this machine is not prepared yet: run `npm start` once.",
      remote: "The database is there, but not prepared: `npm run deploy` applies the migrations.",
    },
    isAll: true,
  },
  {
    when: /non-interactive environment|not logged in|no credentials/i,
    words: "Wrangler is not logged in to Cloudflare. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
    isAll: true,
  },
  {
    when: /Authentication error|Invalid access token|auth token has expired|\[code: (10000|10001|9106|9109)\]/i,
    words:
      "Cloudflare does not accept this login. Log in anew with `npx wrangler login`, or look at CLOUDFLARE_API_TOKEN: it needs the permission to edit D1.",
    isAll: false,
  },
  {
    when: /fetch failed|ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT/i,
    words: "Cloudflare cannot be reached. Is this machine connected to the network?",
    isAll: false,
  },
  {
    when: /Couldn't find.*\bDB\b|could not be found|\[code: 7404\]/i,
    words:
      "There is no such database in this account: `npm run deploy` creates it. `npx wrangler whoami` says which account it is.",
    isAll: false,
  },
  {
    when: /SQLITE_BUSY|database is locked/i,
    words: "The database is busy with something else. Try again in a moment.",
    isAll: true,
  },
];

const unexplained: Explanation = {
  when: /^/,
  words:
    "The database did not answer as it should. Whether an answer of yours came through is not known; give it again, nothing is done twice.",
  isAll: false,
};

/** The words of `Unreachable`. */
export function explain(said: string, place: Place): string {
  const { words, isAll } = explanations.find(({ when }) => when.test(said)) ?? unexplained;
  const ours = wrapped(typeof words === "string" ? words : words[place], "");
  return isAll || said === "" ? ours : `${ours}\n\n${said}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Wrangler itself could not run; what it said instead is shown.
    return undefined;
  }
}
