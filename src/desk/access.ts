/**
 * Who may come to the desk. In production whoever Cloudflare Access lets in, proven by the token it sends along; on
 * the author's own machine whom wrangler names. There is no password, and nothing is open because something is unset.
 */
import { cloudflareAccess } from "@hono/cloudflare-access";
import type { Context } from "hono";
import * as v from "valibot";
import type { Bindings } from "../env.ts";
import { isThisMachine } from "../mail/inbox-is-open.ts";
import type { Author, DeskEnv } from "./desk-env.ts";

export type DeskAccess =
  | { readonly kind: "cloudflare"; readonly team: string; readonly audience: string }
  | { readonly kind: "local" }
  /** `why` is for the author, in the log. */
  | { readonly kind: "closed"; readonly why: string };

const AccessSettings = v.object({
  ACCESS_TEAM: v.pipe(
    v.string("is not set"),
    v.regex(/^[a-z0-9-]+$/i, "must be the team's name alone, such as `library` of library.cloudflareaccess.com"),
  ),
  ACCESS_AUD: v.pipe(
    v.string("is not set"),
    v.regex(/^[0-9a-f]{64}$/, "must be the application's audience tag, 64 characters of 0-9 and a-f"),
  ),
});

/** Cloudflare Access wins wherever it is set up, and half a set-up opens nothing. */
export function deskAccess(bindings: Partial<Bindings>): DeskAccess {
  const { ACCESS_TEAM, ACCESS_AUD, DESK_OPEN, ORIGIN = "" } = bindings;
  if (ACCESS_TEAM !== undefined || ACCESS_AUD !== undefined) {
    const result = v.safeParse(AccessSettings, bindings);
    if (result.success) {
      return { kind: "cloudflare", team: result.output.ACCESS_TEAM, audience: result.output.ACCESS_AUD };
    }
    const [issue] = result.issues;
    const said = issue.input === undefined ? "is not set" : issue.message;
    return { kind: "closed", why: `The desk is closed: ${v.getDotPath(issue)} ${said} (in [vars] of wrangler.toml).` };
  }
  if (DESK_OPEN === "local" && URL.canParse(ORIGIN) && isThisMachine(ORIGIN)) return { kind: "local" };
  return {
    kind: "closed",
    why: "The desk is closed: set ACCESS_TEAM and ACCESS_AUD in [vars] of wrangler.toml (see README.md).",
  };
}

export type Admission =
  | { readonly kind: "author"; readonly author: Author }
  /** There is no desk here: not set up, or asked for at an address that is not the library's own. */
  | { readonly kind: "no desk"; readonly why: string }
  /** No token, or one that does not hold. */
  | { readonly kind: "not logged in" }
  /** Whether the token holds cannot be found out just now. */
  | { readonly kind: "unknown"; readonly error: unknown };

/** How long Cloudflare's certificates may take, in milliseconds. */
const longestWait = 5000;

const Payload = v.object({ email: v.optional(v.string()), common_name: v.optional(v.string()) });

/** Asks at each request; keeps the team's certificates for as long as the isolate lives, and renews them hourly. */
export function createDoorkeeper(): (context: Context<DeskEnv>) => Promise<Admission> {
  const checks = new Map<string, ReturnType<typeof cloudflareAccess>>();
  return async (context) => {
    const access = deskAccess(context.env);
    if (access.kind === "closed") return { kind: "no desk", why: access.why };
    if (access.kind === "local") return admitLocally(context);

    const { host } = new URL(context.req.url);
    if (host !== new URL(context.var.origin).host) {
      return { kind: "no desk", why: `The desk was asked for at ${host}; it is only at ${context.var.origin}.` };
    }
    const name = `${access.team} ${access.audience}`;
    const check = checks.get(name) ?? cloudflareAccess(access.team, access.audience);
    checks.set(name, check);
    let holds = false;
    try {
      // Only the question is put to it: what comes behind the door must not be able to look like its answer.
      await withinTime(
        check(context, async () => {
          holds = true;
        }),
      );
    } catch (error) {
      return { kind: "unknown", error };
    }
    if (!holds) return { kind: "not logged in" };
    const payload = v.safeParse(Payload, context.get("accessPayload"));
    const known = payload.success ? (payload.output.email ?? payload.output.common_name) : undefined;
    return { kind: "author", author: { name: known ?? "the author" } };
  };
}

/**
 * `wrangler dev` plays Cloudflare Access with the identity of [access.dev]. Four locks: a setting that only `npm start`
 * makes, an ORIGIN and a host that no other machine has, and no trace of Cloudflare's edge.
 */
async function admitLocally(context: Context<DeskEnv>): Promise<Admission> {
  const { url } = context.req;
  if (!isThisMachine(url) || context.req.header("CF-Ray") !== undefined) {
    return { kind: "no desk", why: `The desk of this machine was asked for at ${new URL(url).host}.` };
  }
  const { access } = context.executionCtx as { access?: ExecutionContext["access"] };
  const identity = await access?.getIdentity();
  if (!identity) return { kind: "no desk", why: "The desk is closed: wrangler.toml has no identity in [access.dev]." };
  return { kind: "author", author: { name: identity.email ?? identity.name ?? "the author" } };
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("Cloudflare's certificates did not come in time.")), longestWait);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
