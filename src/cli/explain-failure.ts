/** What wrangler and Cloudflare say when something fails, in words that help the author. */
import { wrapped } from "./terminal.ts";

/** The library that the author means: the one on this machine, or the one that readers meet. */
export type Place = "local" | "remote";

/** What was asked: words about another part would send the author to the wrong place. */
export type Part = "database" | "object store" | "Cloudflare";

/** Something outside did not answer, or not as it should; said without a stack. */
export class Unreachable extends Error {}

interface Explanation {
  readonly when: RegExp;
  readonly words: string | Readonly<Record<Place, string>> | ((part: Part) => string);
  /** Wrangler's own words add nothing. */
  readonly isAll: boolean;
}

const permissions = { database: "D1", "object store": "Workers KV Storage", Cloudflare: "Workers" } as const;

const asked = {
  database: " to the database",
  "object store": " to the object store (Workers KV)",
  Cloudflare: "",
} as const;

/** The first that fits what was said. */
const explanations: readonly Explanation[] = [
  {
    when: /ENOSPC|no space left on device/i,
    words: "The disk of this machine is full: free some space, then run the command again.",
    isAll: true,
  },
  {
    when: /no such (table|column)/i,
    words: {
      local: "The database on this machine is not prepared yet: run `npm start` once.",
      remote: "The database is there, but not prepared: `npm run deploy` applies the migrations.",
    },
    isAll: true,
  },
  {
    when: /SQLITE_TOOBIG|statement too long/i,
    words:
      "A statement is longer than D1 accepts, which is 100 KB, so nothing was executed. Shorten the longest text that goes into it.",
    isAll: false,
  },
  {
    when: /\bE2BIG\b|\bENAMETOOLONG\b/,
    words: "The statements are longer than a command line of this system may be, so nothing was executed.",
    isAll: false,
  },
  {
    when: /non-interactive environment|not logged in|no credentials/i,
    words: "Wrangler is not logged in to Cloudflare. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
    isAll: true,
  },
  {
    when: /Authentication error|Invalid access token|auth token has expired|\[code: (10000|10001|9106|9109)\]/i,
    words: (part) =>
      `Cloudflare does not accept this login. Log in anew with \`npx wrangler login\`, or look at CLOUDFLARE_API_TOKEN: it needs the permission to edit ${permissions[part]}.`,
    isAll: false,
  },
  {
    when: /ECONNRESET|EPIPE|UND_ERR_SOCKET|other side closed|socket hang up|\bterminated\b|premature close/i,
    words:
      "The connection to Cloudflare broke off before the answer was complete. Whether the request was carried out is not known; run the command again, nothing is done twice.",
    isAll: false,
  },
  {
    when: /TimeoutError|due to timeout|ETIMEDOUT|UND_ERR_\w*TIMEOUT/i,
    words: "Cloudflare did not answer in time. Run the command again in a moment; nothing is done twice.",
    isAll: false,
  },
  {
    when: /fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/i,
    words: "Cloudflare cannot be reached. Is this machine connected to the network?",
    isAll: false,
  },
  {
    when: /status 429|too many requests|rate limit|\[code: (971|10429)\]/i,
    words: (part) =>
      `Cloudflare takes no more requests${asked[part]} at the moment. Wait five minutes, then run the command again; it goes on where it stopped.`,
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
    words: (part) =>
      `${part === "object store" ? "The object store" : "The database"} is busy with something else. Try again in a moment.`,
    isAll: true,
  },
];

const unexplained: Readonly<Record<Part, string>> = {
  database:
    "The database did not answer as it should. Whether an answer of yours came through is not known; give it again, nothing is done twice.",
  "object store":
    "The object store (Workers KV) did not answer as it should. Run the command again: it goes on where it stopped.",
  Cloudflare: "Cloudflare did not answer as it should. Run the command again; nothing is done twice.",
};

/** The words of `Unreachable`. */
export function explain(said: string, place: Place, part: Part = "database"): string {
  const found = explanations.find(({ when }) => when.test(said));
  const words = found?.words ?? unexplained[part];
  const text = typeof words === "string" ? words : typeof words === "function" ? words(part) : words[place];
  const ours = wrapped(text, "");
  return found?.isAll === true || said === "" ? ours : `${ours}\n\n${said}`;
}
