/**
 * Cloudflare's API with the login that wrangler has, for what wrangler has no command for, or only one that
 * begins anew for every value.
 */
import * as v from "valibot";
import { explain, Unreachable } from "../mailings/database.ts";
import type { WranglerConfig } from "../wrangler/config.ts";
import { environment } from "../wrangler/environment.ts";
import { runWrangler } from "../wrangler/run-wrangler.ts";

export interface CloudflareApi {
  /** Its id. */
  readonly account: string;
  /** `result` of the answer; `undefined` when there is no such thing. The path stands below the account. */
  readonly ask: (path: string, change?: Change) => Promise<Answer | undefined>;
  /** The bytes of a value; `undefined` when there is no such thing. */
  readonly bytes: (path: string) => Promise<Uint8Array | undefined>;
}

export interface Change {
  readonly method: "PUT" | "POST" | "DELETE";
  readonly body: unknown;
}

export interface Answer {
  readonly result: unknown;
  /** Of a list: where it goes on. Empty at its end. */
  readonly cursor: string;
}

const Envelope = v.object({
  result: v.optional(v.unknown()),
  result_info: v.nullish(v.object({ cursor: v.optional(v.string(), "") })),
  errors: v.optional(v.array(v.object({ code: v.number(), message: v.string() })), []),
});
const Token = v.union([v.object({ token: v.string() }), v.object({ key: v.string(), email: v.string() })]);
const Whoami = v.object({ accounts: v.array(v.object({ id: v.string(), name: v.string() })) });

/** Throws `Unreachable`, with words for the author, where wrangler is not logged in. */
export async function openCloudflareApi(config: Pick<WranglerConfig, "account_id">): Promise<CloudflareApi> {
  const headers = await loginHeaders();
  const account = await accountOf(config);
  const base = environment().variables.CLOUDFLARE_API_BASE_URL ?? "https://api.cloudflare.com/client/v4";
  const call = (path: string, change?: Change): Promise<Response> =>
    patiently(() =>
      fetch(`${base}/accounts/${account}${path}`, {
        ...(change && { method: change.method, body: JSON.stringify(change.body) }),
        headers: { ...headers, ...(change && { "content-type": "application/json" }) },
        signal: AbortSignal.timeout(60_000),
      }),
    );
  return {
    account,
    async ask(path, change) {
      const response = await call(path, change);
      if (response.status === 404) return undefined;
      const answer = v.safeParse(Envelope, await response.json().catch(() => undefined));
      if (response.ok && answer.success) {
        return { result: answer.output.result, cursor: answer.output.result_info?.cursor ?? "" };
      }
      throw refused(response, answer.success ? answer.output.errors : []);
    },
    async bytes(path) {
      const response = await call(path);
      if (response.status === 404) return undefined;
      if (!response.ok) throw refused(response, []);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** How often a call is made that Cloudflare is too busy for, or that finds no network. */
const attempts = 4;

/** Every call here may be made twice: it reads, or says how something is to be. */
async function patiently(call: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await call();
      if (attempt === attempts || (response.status !== 429 && response.status < 500)) return response;
      const seconds = Number(response.headers.get("retry-after") ?? attempt);
      await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(seconds, 60)));
    } catch (error) {
      if (attempt === attempts) throw new Unreachable(explain(`fetch failed: ${reasonOf(error)}`, "remote"));
    }
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? String((error.cause as Error | undefined)?.message ?? error.message) : String(error);

function refused(response: Response, errors: readonly { readonly code: number; readonly message: string }[]): Error {
  const said = errors.map(({ code, message }) => `${message} [code: ${code}]`).join("\n");
  return new Unreachable(explain(said === "" ? `Cloudflare answered with status ${response.status}.` : said, "remote"));
}

async function loginHeaders(): Promise<Record<string, string>> {
  const { CLOUDFLARE_API_TOKEN: named, CLOUDFLARE_API_KEY: key, CLOUDFLARE_EMAIL: email } = environment().variables;
  // Wrangler prefers a global key to a token; it says which of all possible ones it uses.
  if (named && !(key && email)) return { authorization: `Bearer ${named}` };
  const { stdout, output } = await runWrangler("auth", "token", "--json");
  const token = v.safeParse(Token, parsed(stdout));
  if (!token.success) throw new Unreachable(explain(`not logged in\n${output}`, "remote"));
  return "token" in token.output
    ? { authorization: `Bearer ${token.output.token}` }
    : { "x-auth-key": token.output.key, "x-auth-email": token.output.email };
}

async function accountOf({ account_id: named }: Pick<WranglerConfig, "account_id">): Promise<string> {
  // In wrangler's order: wrangler.toml counts more than the variable.
  const known = named || environment().variables.CLOUDFLARE_ACCOUNT_ID || environment().variables.CF_ACCOUNT_ID;
  if (known) return known;
  const { stdout, output } = await runWrangler("whoami", "--json");
  const answer = v.safeParse(Whoami, parsed(stdout));
  if (!answer.success) throw new Unreachable(explain(output, "remote"));
  const [first, ...others] = answer.output.accounts;
  if (first && others.length === 0) return first.id;
  const list = answer.output.accounts.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
  throw new Unreachable(
    `This login has ${answer.output.accounts.length} accounts. Say which one, as account_id = "…" at the top of wrangler.toml:\n${list}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Wrangler said something in words instead; it is shown.
    return undefined;
  }
}
