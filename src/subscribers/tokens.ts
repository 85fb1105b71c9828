/**
 * Signs the tokens of personal links. A token is `purpose.subscriber.detail.expiry.key.signature`: everything is readable,
 * and the signature (HMAC-SHA-256, RFC 2104) covers all of it. The holder may do what the purpose names, for that
 * subscriber, until it expires, and nothing else.
 */
import type { SigningKey } from "../env.ts";
import { signText, verifiedText } from "../http/signing.ts";

/**
 * `confirm`: confirms the request with that number. `preferences`: the preferences pages. `address`: confirms the change
 * with that number. `return`: resubscribes.
 */
export const purposes = ["confirm", "preferences", "address", "return"] as const;
export type Purpose = (typeof purposes)[number];

export interface Claim {
  readonly purpose: Purpose;
  readonly subscriber: string;
  /** Number of the request it belongs to; `-` if there is none. Letters, digits and hyphens. */
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export const signToken = (claim: Claim, keys: readonly SigningKey[]): Promise<string> =>
  signText([claim.purpose, claim.subscriber, claim.detail, claim.expires.toString(36)].join("."), keys);

const preferencesLifeMs = 400 * 86_400_000;

/** For the preferences link in every email; valid for 400 days from `now` (milliseconds). */
export const signPreferencesToken = (subscriber: string, now: number, keys: readonly SigningKey[]): Promise<string> =>
  signToken({ purpose: "preferences", subscriber, detail: "-", expires: now + preferencesLifeMs }, keys);

const shape = /^([a-z]+)\.([0-9a-z-]{1,64})\.([0-9a-z-]{1,64})\.([0-9a-z]{1,12})$/;

/** The token's content if it was signed here for that purpose and has not expired; undefined in all other cases alike. */
export async function verifyToken(
  token: string,
  purpose: Purpose,
  keys: readonly SigningKey[],
  now: number,
): Promise<Claim | undefined> {
  const match = shape.exec((await verifiedText(token, keys)) ?? "");
  if (!match) return undefined;
  const [, statedPurpose = "", subscriber = "", detail = "", expiry = ""] = match;
  const expires = Number.parseInt(expiry, 36);
  if (statedPurpose !== purpose || expires <= now) return undefined;
  return { purpose, subscriber, detail, expires };
}

/** `subscriber.secret`, for unsubscribe links: not signed, so no change of keys can break them. */
export const unsubscribeToken = (subscriber: string, unsubscribeKey: string): string =>
  `${subscriber}.${unsubscribeKey}`;

export function parseUnsubscribeToken(
  token: string,
): { readonly subscriber: string; readonly unsubscribeKey: string } | undefined {
  const match = /^([0-9a-z-]{1,64})\.([0-9a-z]{32})$/.exec(token);
  return match ? { subscriber: match[1] ?? "", unsubscribeKey: match[2] ?? "" } : undefined;
}
