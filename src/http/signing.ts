/** Signs texts and computes keyed hashes: HMAC-SHA-256 (RFC 2104) with the secrets in TOKEN_KEYS. */
import type { SigningKey } from "../env.ts";
import { toHex } from "../library/hash.ts";

const encoder = new TextEncoder();

/** `text.key.signature`; the signature covers text and key id. The first key signs. */
export async function signText(text: string, [key]: readonly SigningKey[]): Promise<string> {
  if (!key) throw new Error("No signing key is set.");
  const signed = `${text}.${key.id}`;
  const signature = await crypto.subtle.sign("HMAC", await keyOf(key.secret), encoder.encode(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}

/** The last character of the signature has two unused bits, which must be zero: each token has one spelling. */
const shape = /^(([0-9A-Za-z._~-]{1,300})\.([0-9a-z]{1,20}))\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/** The text, if one of the keys signed it; otherwise undefined, with no reason given. */
export async function verifiedText(token: string, keys: readonly SigningKey[]): Promise<string | undefined> {
  const [, signed = "", text, id, signature = ""] = shape.exec(token) ?? [];
  const key = keys.find((known) => known.id === id);
  if (text === undefined || !key) return undefined;
  // `verify` compares in constant time.
  const isOurs = await crypto.subtle.verify(
    "HMAC",
    await keyOf(key.secret),
    fromBase64Url(signature),
    encoder.encode(signed),
  );
  return isOurs ? text : undefined;
}

/** Compares two secrets in a time that does not depend on where they differ. */
export async function sameSecret(left: string, right: string): Promise<boolean> {
  const key = await importKey(crypto.randomUUID());
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(left));
  return crypto.subtle.verify("HMAC", key, signature, encoder.encode(right));
}

/** 128 random bits in hexadecimal. */
export const randomSecret = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)));

/** A pseudonym for something that must not be readable: HMAC-SHA-256 in hexadecimal. `scope` separates uses. */
export async function keyedHash(scope: string, text: string, key: SigningKey): Promise<string> {
  const bytes = await crypto.subtle.sign("HMAC", await keyOf(key.secret), encoder.encode(`${scope}\0${text}`));
  return toHex(new Uint8Array(bytes));
}

const imported = new Map<string, CryptoKey>();

/**
 * Cached, because a batch signs a hundred links with the same key. The key, not its promise, which would belong to one
 * request.
 */
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
