/** Handles requests from forms. Runs after the response, which is the same for every address. */

import { iso } from "../db/database.ts";
import { randomSecret } from "../http/signing.ts";
import type { Consent } from "./consents.ts";
import { personReturns } from "./endings.ts";
import type { NewsletterContext } from "./newsletter-context.ts";
import {
  type Confirmed,
  confirm,
  type Pending,
  request,
  requestAgain,
  resubscribe,
  type Unsubscribed,
} from "./subscriber.ts";
import { findByAddress, findOwner, forgetErasure, insertSubscriber, moveSubscriber } from "./subscriber-queries.ts";
import {
  composeConfirmation,
  sendAlreadySubscribed,
  sendConfirmation,
  sendPreferencesLink,
  sendWelcome,
} from "./transactional-mail.ts";

/**
 * A suppressed address gets nothing. An erased one may subscribe again, because its owner asks here and confirms by email:
 * the erasure keeps it out of imports and editions only.
 */
export async function subscribe(
  newsletter: NewsletterContext,
  address: string,
  { page, wording }: Pick<Consent, "page" | "wording">,
): Promise<void> {
  const { db, settings, now } = newsletter;
  const { subscriber: known, suppression } = await findOwner(db, address, settings.keys);
  if (suppression !== undefined && suppression !== "erased") return;
  const anew = { confirmation: randomSecret(), now: iso(now) };
  const consent: Consent = { act: "requested", at: anew.now, page, wording };
  const pending = request({ id: crypto.randomUUID(), email: address, unsubscribeKey: randomSecret() }, anew);
  if (!known) {
    // If the same form arrived twice at once, the other request has inserted them, and its email.
    await insertSubscriber(db, pending, consent, await composeConfirmation(newsletter, pending));
    return;
  }
  switch (known.state) {
    case "confirmed":
      return sendAlreadySubscribed(newsletter, known);
    case "pending":
    case "unsubscribed": {
      const next = requestAgain(known, address, anew);
      await moveSubscriber(db, known, next, consent, { email: await composeConfirmation(newsletter, next) });
      return;
    }
    case "suppressed":
      return;
  }
}

/**
 * False if it was already confirmed, or if a later request replaced this one. What an earlier click did not finish is
 * completed: the welcome is the same message each time and is sent once.
 */
export async function confirmSubscriber(
  newsletter: NewsletterContext,
  subscriber: Pending | Confirmed,
): Promise<boolean> {
  const { db, settings, words, now } = newsletter;
  const isNew = subscriber.state === "pending";
  const confirmed = isNew ? confirm(subscriber, iso(now)) : subscriber;
  const wording = words.newsletter.confirm.button;
  const consent: Consent = { act: "confirmed", at: iso(now), page: "/newsletter/confirm", wording };
  const records = await personReturns(subscriber.id, iso(now), settings.keys);
  if (isNew && !(await moveSubscriber(db, subscriber, confirmed, consent, { records }))) return false;
  await forgetErasure(db, subscriber.email, settings.keys);
  await sendWelcome(newsletter, confirmed);
  return isNew;
}

/** Resubscribes. */
export async function returnSubscriber(
  { db, settings, words, now }: NewsletterContext,
  subscriber: Unsubscribed & { readonly confirmedAt: string },
): Promise<Confirmed | undefined> {
  const back = resubscribe(subscriber);
  const wording = words.unsubscribe.resubscribe.button;
  const consent: Consent = { act: "returned", at: iso(now), page: "/newsletter/return", wording };
  const records = await personReturns(subscriber.id, iso(now), settings.keys);
  return (await moveSubscriber(db, subscriber, back, consent, { records })) ? back : undefined;
}

/** A fresh preferences link for subscribers; a confirmation link for those who have not confirmed. */
export async function mailPreferencesLink(newsletter: NewsletterContext, address: string): Promise<void> {
  const subscriber = await findByAddress(newsletter.db, address);
  switch (subscriber?.state) {
    case "confirmed":
    case "unsubscribed":
      return sendPreferencesLink(newsletter, subscriber);
    case "pending":
      return sendConfirmation(newsletter, subscriber);
  }
}
