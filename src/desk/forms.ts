/**
 * Protects the desk's forms against CSRF: a form is accepted only from the desk's own pages, for the signed-in author,
 * until its token expires.
 */
import type { Context } from "hono";
import { signingKeys } from "../env.ts";
import { signText, verifiedText } from "../http/signing.ts";
import { sha256, toHex } from "../library/hash.ts";
import { isThisMachine } from "../mail/inbox-is-open.ts";
import type { DeskEnv } from "./desk-env.ts";

/** Lifetime of a form's token, in milliseconds. */
const freshMs = 4 * 3_600_000;

/** Name of the form field with the token. */
export const tokenField = "token";

/**
 * Whether a request comes from a page of this desk, by `Origin` (Fetch standard) or `Sec-Fetch-Site` (Fetch Metadata).
 */
export function isFromDesk(context: Context<DeskEnv>): boolean {
  const origin = context.req.header("Origin");
  if (origin === undefined) return context.req.header("Sec-Fetch-Site") === "same-origin";
  const { url } = context.req;
  // On this machine the page may have been opened as localhost or as 127.0.0.1.
  return origin === context.var.origin || (isThisMachine(url) && origin === new URL(url).origin);
}

/** A token for the forms of the page being rendered; undefined if no signing key is set. */
export async function formToken(context: Context<DeskEnv>): Promise<string | undefined> {
  const keys = signingKeys(context.env);
  if (keys.length === 0) return undefined;
  const until = Math.floor((Date.now() + freshMs) / 1000);
  return signText(`desk-form~${until}~${await nameHash(context)}`, keys);
}

export type DeskForm =
  | { readonly kind: "sent"; readonly field: (name: string) => string }
  /** Sent from another page, too late, or by somebody else. */
  | { readonly kind: "stale" };

export async function readDeskForm(context: Context<DeskEnv>): Promise<DeskForm> {
  if (!/^application\/x-www-form-urlencoded/i.test(context.req.header("Content-Type") ?? "")) return { kind: "stale" };
  const fields = new URLSearchParams(await context.req.text());
  const text = await verifiedText(fields.get(tokenField) ?? "", signingKeys(context.env));
  const [purpose, until = "", name] = text?.split("~") ?? [];
  const holds = purpose === "desk-form" && Number(until) * 1000 > Date.now() && name === (await nameHash(context));
  return holds ? { kind: "sent", field: (field) => fields.get(field) ?? "" } : { kind: "stale" };
}

const nameHash = async (context: Context<DeskEnv>): Promise<string> =>
  toHex(await sha256(context.var.author.name)).slice(0, 32);
