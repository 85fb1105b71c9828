/**
 * Decides who may open the desk. Production: the Cloudflare Access JWT. Local: wrangler's dev identity. No password,
 * and no default that opens the desk.
 */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import * as v from "valibot";
import type { Bindings } from "../../env.ts";
import { isThisMachine } from "../../mail/inbox-is-open.ts";
import type { Author, DeskEnv } from "../desk-env.ts";
import { type Application, verifyAccessToken } from "./access-token.ts";
import { Certificates } from "./certificates.ts";

export type DeskAccess =
  | { readonly kind: "cloudflare"; readonly team: string; readonly audience: string }
  | { readonly kind: "local" }
  /** `reason` is for the author, in the log. */
  | { readonly kind: "closed"; readonly reason: string };

const AccessSettings = v.object({
  ACCESS_TEAM: v.pipe(
    v.string("is not set"),
    v.regex(/^[a-z0-9-]+$/i, "must be just the team name, such as `library` of library.cloudflareaccess.com"),
  ),
  ACCESS_AUD: v.pipe(
    v.string("is not set"),
    v.regex(/^[0-9a-f]{64}$/, "must be the application's audience tag, 64 characters of 0-9 and a-f"),
  ),
});

/** Cloudflare Access takes precedence if it is configured; an incomplete configuration closes the desk. */
export function deskAccess(bindings: Partial<Bindings>): DeskAccess {
  const { ACCESS_TEAM, ACCESS_AUD, DESK_OPEN, ORIGIN = "" } = bindings;
  if (ACCESS_TEAM !== undefined || ACCESS_AUD !== undefined) {
    const result = v.safeParse(AccessSettings, bindings);
    if (result.success) {
      return { kind: "cloudflare", team: result.output.ACCESS_TEAM, audience: result.output.ACCESS_AUD };
    }
    const [issue] = result.issues;
    const problem = issue.input === undefined ? "is not set" : issue.message;
    return {
      kind: "closed",
      reason: `The desk is closed: ${v.getDotPath(issue)} ${problem} (in [vars] of wrangler.toml).`,
    };
  }
  if (DESK_OPEN === "local" && URL.canParse(ORIGIN) && isThisMachine(ORIGIN)) return { kind: "local" };
  return {
    kind: "closed",
    reason: "The desk is closed: set ACCESS_TEAM and ACCESS_AUD in [vars] of wrangler.toml (see README.md).",
  };
}

export type Admission =
  | { readonly kind: "author"; readonly author: Author }
  /** Not configured, or requested at a host where the desk is not available. */
  | { readonly kind: "disabled"; readonly reason: string }
  /** No token, or an invalid one. */
  | { readonly kind: "not logged in" }
  /** The token cannot be verified now. */
  | { readonly kind: "unknown"; readonly error: unknown };

/** The check runs on each request. Certificates are cached as long as the isolate lives. */
export function createAccessCheck(): (context: Context<DeskEnv>) => Promise<Admission> {
  const teams = new Map<string, Certificates>();
  return async (context) => {
    const access = deskAccess(context.env);
    if (access.kind === "closed") return { kind: "disabled", reason: access.reason };
    if (access.kind === "local") return admitLocally(context);

    const { host } = new URL(context.req.url);
    if (host !== new URL(context.var.origin).host) {
      return {
        kind: "disabled",
        reason: `The desk was requested at ${host}; it is only available at ${context.var.origin}.`,
      };
    }
    const certificates = teams.get(access.team) ?? new Certificates(access.team);
    teams.set(access.team, certificates);
    return admitByToken(context, access, certificates);
  };
}

async function admitByToken(
  context: Context<DeskEnv>,
  application: Application,
  certificates: Certificates,
): Promise<Admission> {
  const token = context.req.header("Cf-Access-Jwt-Assertion") ?? getCookie(context, "CF_Authorization") ?? "";
  const result = await verifyAccessToken(token.trim(), application, certificates, Date.now());
  switch (result.kind) {
    case "holds":
      return { kind: "author", author: { name: result.name ?? context.var.words.desk.access.author } };
    case "does not hold":
      return { kind: "not logged in" };
    case "unknown":
      return result;
  }
}

/**
 * `wrangler dev` emulates Cloudflare Access with the identity in [access.dev]. Four conditions: a setting that only
 * `npm start` makes, a local ORIGIN, a local host, and no header of Cloudflare's edge.
 */
async function admitLocally(context: Context<DeskEnv>): Promise<Admission> {
  const { url } = context.req;
  if (!isThisMachine(url) || context.req.header("CF-Ray") !== undefined) {
    return {
      kind: "disabled",
      reason: `The local desk was requested at ${new URL(url).host}; it is only available on this machine.`,
    };
  }
  const { access } = context.executionCtx as { access?: ExecutionContext["access"] };
  const identity = await access?.getIdentity();
  if (!identity)
    return { kind: "disabled", reason: "The desk is closed: wrangler.toml has no identity in [access.dev]." };
  const name = identity.email ?? identity.name ?? context.var.words.desk.access.author;
  return { kind: "author", author: { name } };
}
