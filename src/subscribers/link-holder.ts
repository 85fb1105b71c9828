/** Finds the subscriber that a link was made for. */
import type { NewsletterContext } from "./newsletter-context.ts";
import type { Subscriber } from "./subscriber.ts";
import { findSubscriber } from "./subscriber-queries.ts";
import { type Purpose, verifyToken } from "./tokens.ts";

export interface LinkHolder {
  readonly subscriber: Subscriber;
  /** Number of the request that the link belongs to. */
  readonly detail: string;
}

/** Undefined if the link is forged, truncated, expired or made for another purpose, or if the subscriber no longer exists. */
export async function findLinkHolder(
  { db, settings, now }: NewsletterContext,
  token: string,
  purpose: Purpose,
): Promise<LinkHolder | undefined> {
  const claim = await verifyToken(token, purpose, settings.keys, now);
  const subscriber = claim && (await findSubscriber(db, claim.subscriber));
  return subscriber && { subscriber, detail: claim.detail };
}
