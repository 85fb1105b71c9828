/** Explains failures of wrangler and Cloudflare, and how to fix them. */
import { wrapped } from "./terminal.ts";

/** The local library, or the deployed one. */
export type Target = "local" | "remote";

/** The service that failed, so the explanation does not blame another one. */
export type Part = "database" | "object store" | "Cloudflare";

/** An external service did not answer, or not as expected; printed without a stack. */
export class Unreachable extends Error {}

/** The database lacks tables or columns that this version needs. */
export class Unmigrated extends Unreachable {}

interface Explanation {
  readonly when: RegExp;
  readonly explanation: string | Readonly<Record<Target, string>> | ((part: Part) => string);
  /** The output of wrangler adds nothing to the explanation. */
  readonly isAll: boolean;
}

const permissions = { database: "D1", "object store": "Workers KV Storage", Cloudflare: "Workers Scripts" } as const;

const asked = {
  database: " to the database",
  "object store": " to the object store (Workers KV)",
  Cloudflare: "",
} as const;

const unmigrated = /no such (table|column)/i;

/** The first match counts. */
const explanations: readonly Explanation[] = [
  {
    when: /ENOSPC|no space left on device|database or disk is full/i,
    explanation: "The disk of this machine is full: free some space, then run the command again.",
    isAll: true,
  },
  {
    when: unmigrated,
    explanation: {
      local: "The local database has not been created yet: run `npm start` once.",
      remote: "The database exists, but its migrations are not applied: run `npm run deploy`.",
    },
    isAll: true,
  },
  {
    when: /SQLITE_TOOBIG|statement too long/i,
    explanation:
      "A statement is longer than the 100 KB that D1 accepts, so nothing was executed. Shorten the longest text in it.",
    isAll: false,
  },
  {
    when: /\bE2BIG\b|\bENAMETOOLONG\b/,
    explanation: "The statements are longer than this system allows on a command line, so nothing was executed.",
    isAll: false,
  },
  {
    when: /non-interactive environment|not logged in|no credentials/i,
    explanation:
      "Wrangler is not logged in to Cloudflare. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
    isAll: true,
  },
  {
    when: /Authentication error|Invalid access token|auth token has expired|\[code: (10000|10001|9106|9109)\]/i,
    explanation: (part) =>
      `Cloudflare does not accept this login. Log in again with \`npx wrangler login\`, or check CLOUDFLARE_API_TOKEN: it needs the ${permissions[part]} Edit permission.`,
    isAll: false,
  },
  {
    when: /ECONNRESET|EPIPE|UND_ERR_SOCKET|other side closed|socket hang up|\bterminated\b|premature close/i,
    explanation:
      "The connection to Cloudflare was lost before the response was complete. It is not known whether the request was carried out; run the command again, it is safe to repeat.",
    isAll: false,
  },
  {
    when: /TimeoutError|due to timeout|ETIMEDOUT|UND_ERR_\w*TIMEOUT/i,
    explanation: "Cloudflare did not answer in time. Run the command again in a moment; it is safe to repeat.",
    isAll: false,
  },
  {
    when: /fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/i,
    explanation: "Cloudflare cannot be reached. Check the network connection of this machine.",
    isAll: false,
  },
  {
    when: /status 429|too many requests|rate limit|\[code: (971|10429)\]/i,
    explanation: (part) =>
      `Cloudflare is limiting the rate of requests${asked[part]}. Wait five minutes, then run the command again; it resumes where it stopped.`,
    isAll: false,
  },
  {
    when: /Couldn't find.*\bDB\b|could not be found|\[code: 7404\]/i,
    explanation:
      "The database does not exist in this account: `npm run deploy` creates it. `npx wrangler whoami` shows the account.",
    isAll: false,
  },
  {
    when: /SQLITE_BUSY|database is locked/i,
    explanation: (part) =>
      `${part === "object store" ? "The object store" : "The database"} is busy. Try again in a moment.`,
    isAll: true,
  },
];

const unexplained: Readonly<Record<Part, string>> = {
  database:
    "The database returned an unexpected response. It is not known whether your command was applied; run it again, it is safe to repeat.",
  "object store":
    "The object store (Workers KV) returned an unexpected response. Run the command again: it resumes where it stopped.",
  Cloudflare: "Cloudflare returned an unexpected response. Run the command again; it is safe to repeat.",
};

/** Is this message about a table or column that the database lacks? */
export const isUnmigrated = (output: string): boolean => unmigrated.test(output);

/** The error for a message about the database. */
export const databaseFailure = (output: string, target: Target): Unreachable =>
  isUnmigrated(output) ? new Unmigrated(explain(output, target)) : new Unreachable(explain(output, target));

/** The message for an `Unreachable`: an explanation, followed by the output unless that adds nothing. */
export function explain(output: string, target: Target, part: Part = "database"): string {
  const found = explanations.find(({ when }) => when.test(output));
  const explanation = found?.explanation ?? unexplained[part];
  const text =
    typeof explanation === "string"
      ? explanation
      : typeof explanation === "function"
        ? explanation(part)
        : explanation[target];
  const ours = wrapped(text, "");
  return found?.isAll === true || output === "" ? ours : `${ours}\n\n${output}`;
}
