/**
 * Links that speak for a subscriber. A token is `purpose.subscriber.detail.expiry.key.signature`: everything
 * is readable, and the signature (HMAC-SHA-256, RFC 2104) covers it all. Who holds the link may do what the
 * purpose names, for that subscriber, until it expires; nothing else can be made of it.
 */
import type { SigningKey } from "../env.ts";
import { signText, verifiedText } from "../http/signing.ts";

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

export const signToken = (claim: Claim, keys: readonly SigningKey[]): Promise<string> =>
  signText([claim.purpose, claim.subscriber, claim.detail, claim.expires.toString(36)].join("."), keys);

const preferencesLifeMs = 400 * 86_400_000;

/** For the link to one's own pages that stands in every mail; holds for 400 days from `now` (milliseconds). */
export const signPreferencesToken = (subscriber: string, now: number, keys: readonly SigningKey[]): Promise<string> =>
  signToken({ purpose: "preferences", subscriber, detail: "-", expires: now + preferencesLifeMs }, keys);

const shape = /^([a-z]+)\.([0-9a-z-]{1,64})\.([0-9a-z-]{1,64})\.([0-9a-z]{1,12})$/;

/** What the token says, when it was made here for that purpose and its time is not over. All others give the same nothing. */
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

/** `subscriber.secret`, for the links that end a subscription: signed by nobody, so that no change of keys can end them. */
export const unsubscribeToken = (subscriber: string, unsubscribeKey: string): string =>
  `${subscriber}.${unsubscribeKey}`;

export function parseUnsubscribeToken(
  token: string,
): { readonly subscriber: string; readonly unsubscribeKey: string } | undefined {
  const match = /^([0-9a-z-]{1,64})\.([0-9a-z]{32})$/.exec(token);
  return match ? { subscriber: match[1] ?? "", unsubscribeKey: match[2] ?? "" } : undefined;
}
