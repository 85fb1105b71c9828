/**
 * Calls Cloudflare's API with wrangler's login, where wrangler has no command, or only one that must be started for
 * every value.
 */
import { setTimeout } from "node:timers/promises";
import * as v from "valibot";
import { explain, isUnmigrated, type Part, Unmigrated, Unreachable } from "../explain-failure.ts";
import { parseJson } from "../parse-json.ts";
import type { WranglerConfig } from "./config.ts";
import { environment } from "./environment.ts";
import { findAccount, loginHeaders } from "./login.ts";

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
  /** `false`: is not sent again after a failure, which may have come after it was carried out. */
  readonly isRepeatable?: boolean;
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
  await loginHeaders();
  const account = await findAccount(config);
  const base = environment().variables.CLOUDFLARE_API_BASE_URL ?? "https://api.cloudflare.com/client/v4";
  const call = async (path: string, change?: Change): Promise<Received> => {
    // Requested each time: a long command outlives the token of a login.
    const headers = await loginHeaders();
    return patiently(path, change?.isRepeatable === false ? 1 : maxAttempts, wait, async () => {
      const response = await fetch(`${base}/accounts/${account}${path}`, {
        ...(change && { method: change.method, body: JSON.stringify(change.body) }),
        headers: { ...headers, ...(change && { "content-type": "application/json" }) },
        signal: AbortSignal.timeout(60_000),
      });
      // The connection can also fail during the body.
      return { path, response, bytes: new Uint8Array(await response.arrayBuffer()) };
    });
  };
  return {
    account,
    async ask(path, change) {
      const received = await call(path, change);
      const { response, bytes } = received;
      if (response.status === 404) return undefined;
      const answer = v.safeParse(Envelope, parseJson(new TextDecoder().decode(bytes)));
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
const maxAttempts = 4;

/** Retries an idempotent call. */
async function patiently(path: string, attempts: number, wait: Wait, call: () => Promise<Received>): Promise<Received> {
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
export function reasonOf(error: unknown): string {
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
  const message = header === "" ? status : header;
  const explained = explain(message, "remote", partOf(path));
  return isUnmigrated(message) ? new Unmigrated(explained) : new Rejected(explained);
}
