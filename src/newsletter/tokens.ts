/**
 * Links that speak for a subscriber. A token is `purpose.subscriber.detail.expiry.key.signature`: everything
 * is readable, and the signature (HMAC-SHA-256, RFC 2104) covers it all. Who holds the link may do what the
 * purpose names, for that subscriber, until it expires; nothing else can be made of it.
 */
import { toHex } from "../library/hash.ts";
import type { SigningKey } from "./settings.ts";

/** `confirm`: the request of that number. `preferences`: all pages of one's own. `address`: the change of that number. `return`: take back leaving. */
export const purposes = ["confirm", "preferences", "address", "return"] as const;
export type Purpose = (typeof purposes)[number];

export interface Claim {
  readonly purpose: Purpose;
  readonly subscriber: string;
  /** Number of the request it belongs to; `-` where there is none. Letters, digits and hyphens. */
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const encoder = new TextEncoder();

export async function signToken(claim: Claim, keys: readonly SigningKey[]): Promise<string> {
  const [key] = keys;
  if (!key) throw new Error("There is no key to sign with.");
  const text = [claim.purpose, claim.subscriber, claim.detail, claim.expires.toString(36), key.id].join(".");
  const signature = await crypto.subtle.sign("HMAC", await keyOf(key.secret), encoder.encode(text));
  return `${text}.${toBase64Url(new Uint8Array(signature))}`;
}

const preferencesLifeMs = 400 * 86_400_000;

/** For the link to one's own pages that stands in every mail; holds for 400 days from `now` (milliseconds). */
export const signPreferencesToken = (subscriber: string, now: number, keys: readonly SigningKey[]): Promise<string> =>
  signToken({ purpose: "preferences", subscriber, detail: "-", expires: now + preferencesLifeMs }, keys);

/** Of the last letter of the signature two bits mean nothing, and are nought: each token has one spelling. */
const shape =
  /^(([a-z]+)\.([0-9a-z-]{1,64})\.([0-9a-z-]{1,64})\.([0-9a-z]{1,12})\.([0-9a-z]{1,20}))\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/** What the token says, when it was made here for that purpose and its time is not over. All others give the same nothing. */
export async function verifyToken(
  token: string,
  purpose: Purpose,
  keys: readonly SigningKey[],
  now: number,
): Promise<Claim | undefined> {
  const match = shape.exec(token);
  if (!match) return undefined;
  const [, text = "", said = "", subscriber = "", detail = "", expiry = "", id = "", signature = ""] = match;
  const key = keys.find((known) => known.id === id);
  if (!key) return undefined;
  // `verify` compares in constant time.
  const isOurs = await crypto.subtle.verify(
    "HMAC",
    await keyOf(key.secret),
    fromBase64Url(signature),
    encoder.encode(text),
  );
  const expires = Number.parseInt(expiry, 36);
  if (!isOurs || said !== purpose || expires <= now) return undefined;
  return { purpose, subscriber, detail, expires };
}

/** `subscriber.secret`, for the links that end a subscription: signed by nobody, so that no change of keys can end them. */
export const leaveToken = (subscriber: string, leaveKey: string): string => `${subscriber}.${leaveKey}`;

export function parseLeaveToken(token: string): { readonly subscriber: string; readonly leaveKey: string } | undefined {
  const match = /^([0-9a-z-]{1,64})\.([0-9a-z]{32})$/.exec(token);
  return match ? { subscriber: match[1] ?? "", leaveKey: match[2] ?? "" } : undefined;
}

/** Whether two secrets are the same, in a time that says nothing about where they differ. */
export async function sameSecret(left: string, right: string): Promise<boolean> {
  const key = await importKey(crypto.randomUUID());
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(left));
  return crypto.subtle.verify("HMAC", key, signature, encoder.encode(right));
}

/** 128 random bits in hexadecimal. */
export const randomSecret = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)));

/** A name for something that must not be readable: HMAC-SHA-256 in hexadecimal. `scope` keeps uses apart. */
export async function keyedHash(scope: string, text: string, key: SigningKey): Promise<string> {
  const bytes = await crypto.subtle.sign("HMAC", await keyOf(key.secret), encoder.encode(`${scope}\0${text}`));
  return toHex(new Uint8Array(bytes));
}

const imported = new Map<string, CryptoKey>();

/** Of a signing key: a batch signs a hundred links with the same one. Not the promise is kept: it belongs to one request. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const key = imported.get(secret) ?? (await importKey(secret));
  imported.set(secret, key);
  return key;
}

const importKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
