/** Finds the login and the account that wrangler uses. */
import * as v from "valibot";
import type { Run } from "../../publish/run-program.ts";
import { explain, Unreachable } from "../explain-failure.ts";
import { parseJson } from "../parse-json.ts";
import { readChosenAccount } from "./chosen-account.ts";
import type { WranglerConfig } from "./config.ts";
import { type Environment, environment } from "./environment.ts";
import { runWrangler } from "./run-wrangler.ts";

const Token = v.union([v.object({ token: v.string() }), v.object({ key: v.string(), email: v.string() })]);
const Whoami = v.object({ accounts: v.array(v.object({ id: v.string(), name: v.string() })) });

/** Headers for requests to Cloudflare's API. Throws `Unreachable` if wrangler is not logged in. */
export async function loginHeaders(): Promise<Record<string, string>> {
  const { CLOUDFLARE_API_TOKEN: named, CLOUDFLARE_API_KEY: key, CLOUDFLARE_EMAIL: email } = environment().variables;
  // Wrangler prefers a global key to a token; `wrangler auth token` returns the one it uses.
  if (named && !(key && email)) return { authorization: `Bearer ${named}` };
  const { stdout, output } = await askWrangler("auth", "token", "--json");
  const token = v.safeParse(Token, parseJson(stdout));
  if (!token.success) throw new Unreachable(explain(`not logged in\n${output}`, "remote"));
  return "token" in token.output
    ? { authorization: `Bearer ${token.output.token}` }
    : { "x-auth-key": token.output.key, "x-auth-email": token.output.email };
}

/** Wrangler renews the token of a login only when asked for it, and a command may wait for the author's answer. */
const maxAgeMs = 5 * 60_000;

interface Known {
  readonly at: number;
  readonly run: Promise<Run>;
}

/** Wrangler's answers about the login, which several parts of a command need. */
const answers = new WeakMap<Environment, Map<string, Known>>();

function askWrangler(...args: string[]): Promise<Run> {
  const known = answers.get(environment()) ?? new Map<string, Known>();
  answers.set(environment(), known);
  const question = args.join(" ");
  const found = known.get(question);
  if (found && performance.now() - found.at < maxAgeMs) return found.run;
  const run = runWrangler(...args);
  known.set(question, { at: performance.now(), run });
  return run;
}

/** The id of the account. Throws `Unreachable` if there are several and none is chosen. */
export async function findAccount({ account_id: named }: Pick<WranglerConfig, "account_id">): Promise<string> {
  // In wrangler's order: wrangler.toml before the variable.
  const known = named || environment().variables.CLOUDFLARE_ACCOUNT_ID || environment().variables.CF_ACCOUNT_ID;
  if (known) return known;
  const { stdout, output } = await askWrangler("whoami", "--json");
  const answer = v.safeParse(Whoami, parseJson(stdout));
  if (!answer.success) throw new Unreachable(explain(output, "remote"));
  const [first, ...others] = answer.output.accounts;
  if (first && others.length === 0) return first.id;
  const chosen = readChosenAccount(process.cwd());
  if (answer.output.accounts.some(({ id }) => id === chosen)) return String(chosen);
  const list = answer.output.accounts.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
  throw new Unreachable(
    `This login has ${answer.output.accounts.length} accounts. Choose one by setting account_id = "…" at the top of wrangler.toml:\n${list}`,
  );
}
