/**
 * Calls Cloudflare's API with wrangler's login, where wrangler has no command, or only one that must be started for
 * every value.
 */
import { setTimeout } from "node:timers/promises";
import * as v from "valibot";
import { explain, type Part, Unreachable } from "../explain-failure.ts";
import { readChosenAccount } from "./chosen-account.ts";
import type { WranglerConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { runWrangler } from "./run-wrangler.ts";

/** Cloudflare answered, but rejected the request. */
export class Rejected extends Unreachable {}

export interface CloudflareApi {
  /** Id of the account. */
  readonly account: string;
  /** Returns `result` of the response; `undefined` for 404. `path` is relative to the account. */
  readonly ask: (path: string, change?: Change) => Promise<Answer | undefined>;
  /** Returns the raw bytes of a value; `undefined` for 404. */
  readonly bytes: (path: string) => Promise<Uint8Array | undefined>;
}

interface Change {
  readonly method: "PUT" | "POST" | "DELETE";
  readonly body: unknown;
}

interface Answer {
  readonly result: unknown;
  /** Cursor of the next page; empty on the last one. */
  readonly cursor: string;
}

const Envelope = v.object({
  result: v.optional(v.unknown()),
  // Missing, `null` or empty on the last page.
  result_info: v.nullish(v.object({ cursor: v.nullish(v.string(), "") })),
  errors: v.optional(v.array(v.object({ code: v.number(), message: v.string() })), []),
});
const Token = v.union([v.object({ token: v.string() }), v.object({ key: v.string(), email: v.string() })]);
const Whoami = v.object({ accounts: v.array(v.object({ id: v.string(), name: v.string() })) });

export type Wait = (ms: number) => Promise<unknown>;

interface Received {
  readonly path: string;
  readonly response: Response;
  readonly bytes: Uint8Array;
}

/** Throws `Unreachable` with an explanation if wrangler is not logged in. */
export async function openCloudflareApi(
  config: Pick<WranglerConfig, "account_id">,
  wait: Wait = setTimeout,
): Promise<CloudflareApi> {
  const headers = await loginHeaders();
  const account = await accountOf(config);
  const base = environment().variables.CLOUDFLARE_API_BASE_URL ?? "https://api.cloudflare.com/client/v4";
  const call = (path: string, change?: Change): Promise<Received> =>
    patiently(path, wait, async () => {
      const response = await fetch(`${base}/accounts/${account}${path}`, {
        ...(change && { method: change.method, body: JSON.stringify(change.body) }),
        headers: { ...headers, ...(change && { "content-type": "application/json" }) },
        signal: AbortSignal.timeout(60_000),
      });
      // The connection can also fail during the body.
      return { path, response, bytes: new Uint8Array(await response.arrayBuffer()) };
    });
  return {
    account,
    async ask(path, change) {
      const received = await call(path, change);
      const { response, bytes } = received;
      if (response.status === 404) return undefined;
      const answer = v.safeParse(Envelope, parsed(new TextDecoder().decode(bytes)));
      if (response.ok && answer.success) {
        return { result: answer.output.result, cursor: answer.output.result_info?.cursor ?? "" };
      }
      throw refused(received, answer.success ? answer.output.errors : []);
    },
    async bytes(path) {
      const received = await call(path);
      if (received.response.status === 404) return undefined;
      if (!received.response.ok) throw refused(received, []);
      return received.bytes;
    },
  };
}

/** Attempts if Cloudflare is busy or the network fails. */
const attempts = 4;

/** Retries a call; every call here is idempotent. */
async function patiently(path: string, wait: Wait, call: () => Promise<Received>): Promise<Received> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const received = await call();
      const { status, headers } = received.response;
      if (attempt === attempts || (status !== 429 && status < 500)) return received;
      await wait(retryAfterMs(headers, attempt));
    } catch (error) {
      if (attempt === attempts)
        throw new Unreachable(explain(`fetch failed: ${reasonOf(error)}`, "remote", partOf(path)));
    }
  }
}

/**
 * Parses Retry-After, limited to between a second and a minute: seconds or a date (RFC 9110, section 10.2.3), measured
 * by the response's own clock. `seconds`: the default without a valid header.
 */
export function retryAfterMs(headers: Headers, seconds: number): number {
  const header = headers.get("retry-after")?.trim() ?? "";
  const until = Date.parse(header) - Date.parse(headers.get("date") ?? "");
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : until;
  return Math.min(60_000, Math.max(1000, Number.isFinite(wait) ? wait : seconds * 1000));
}

/** The message of a failed `fetch` is always the same; its cause is specific. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException).code;
  return `${cause.message}${typeof code === "string" ? ` (${code})` : ""}`;
}

const partOf = (path: string): Part =>
  path.startsWith("/storage/kv/") ? "object store" : path.startsWith("/d1/") ? "database" : "Cloudflare";

function refused(
  { path, response }: Received,
  errors: readonly { readonly code: number; readonly message: string }[],
): Error {
  const header = errors.map(({ code, message }) => `${message} [code: ${code}]`).join("\n");
  const status = `Cloudflare answered with status ${response.status}${response.ok ? ", but without the JSON that its API promises" : ""}.`;
  return new Rejected(explain(header === "" ? status : header, "remote", partOf(path)));
}

async function loginHeaders(): Promise<Record<string, string>> {
  const { CLOUDFLARE_API_TOKEN: named, CLOUDFLARE_API_KEY: key, CLOUDFLARE_EMAIL: email } = environment().variables;
  // Wrangler prefers a global key to a token; `wrangler auth token` returns the one it uses.
  if (named && !(key && email)) return { authorization: `Bearer ${named}` };
  const { stdout, output } = await runWrangler("auth", "token", "--json");
  const token = v.safeParse(Token, parsed(stdout));
  if (!token.success) throw new Unreachable(explain(`not logged in\n${output}`, "remote"));
  return "token" in token.output
    ? { authorization: `Bearer ${token.output.token}` }
    : { "x-auth-key": token.output.key, "x-auth-email": token.output.email };
}

async function accountOf({ account_id: named }: Pick<WranglerConfig, "account_id">): Promise<string> {
  // In wrangler's order: wrangler.toml before the variable.
  const known = named || environment().variables.CLOUDFLARE_ACCOUNT_ID || environment().variables.CF_ACCOUNT_ID;
  if (known) return known;
  const { stdout, output } = await runWrangler("whoami", "--json");
  const answer = v.safeParse(Whoami, parsed(stdout));
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Wrangler printed a message instead, which is shown.
    return undefined;
  }
}
