/** Forms of the desk: only its own pages can send them, for whoever is logged in, while the page is fresh. */
import type { Context } from "hono";
import { signingKeys } from "../env.ts";
import { signText, verifiedText } from "../http/signing.ts";
import { sha256, toHex } from "../library/hash.ts";
import { isThisMachine } from "../mail/inbox-is-open.ts";
import type { DeskEnv } from "./desk-env.ts";

/** How long a page with a form may lie open, in milliseconds. */
const freshMs = 4 * 3_600_000;

/** Name of the field that carries the token. */
export const tokenField = "token";

/** Whether a request comes from a page of this desk, by what browsers say of it (Fetch standard, `Origin`; Fetch Metadata). */
export function isFromDesk(context: Context<DeskEnv>): boolean {
  const origin = context.req.header("Origin");
  if (origin === undefined) return context.req.header("Sec-Fetch-Site") === "same-origin";
  const { url } = context.req;
  // On this machine the page may have been opened as localhost or as 127.0.0.1.
  return origin === context.var.origin || (isThisMachine(url) && origin === new URL(url).origin);
}

/** A token for the forms of a page that is made now; nothing where no key is set to sign it with. */
export async function formToken(context: Context<DeskEnv>): Promise<string | undefined> {
  const keys = signingKeys(context.env);
  if (keys.length === 0) return undefined;
  const until = Math.floor((Date.now() + freshMs) / 1000);
  return signText(`desk-form~${until}~${await nameHash(context)}`, keys);
}

export type DeskForm =
  | { readonly kind: "sent"; readonly field: (name: string) => string }
  /** Not sent by the page that it belongs to, or one that was left open too long, or by somebody else. */
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
