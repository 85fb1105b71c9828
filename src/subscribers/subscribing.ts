/** What a request from a form leads to. Runs after the answer, which is the same for every address. */

import { iso } from "../db/database.ts";
import { randomSecret } from "../http/signing.ts";
import type { Consent } from "./consents.ts";
import { personReturns } from "./endings.ts";
import type { NewsletterContext } from "./newsletter-context.ts";
import {
  type Confirmed,
  comeBack,
  confirm,
  type Pending,
  request,
  requestAgain,
  type Unsubscribed,
} from "./subscriber.ts";
import {
  findByAddress,
  findSuppression,
  forgetErasure,
  insertSubscriber,
  moveSubscriber,
} from "./subscriber-queries.ts";
import { sendAlreadySubscribed, sendConfirmation, sendPreferencesLink, sendWelcome } from "./transactional-mail.ts";

/**
 * A suppressed address gets nothing. One that was erased may begin anew, because its owner asks here and
 * confirms by mail: erasing keeps it out of imports and editions only.
 */
export async function subscribe(
  desk: NewsletterContext,
  address: string,
  { page, wording }: Pick<Consent, "page" | "wording">,
): Promise<void> {
  const { db, settings, now } = desk;
  const suppression = await findSuppression(db, address, settings.keys);
  if (suppression !== undefined && suppression !== "erased") return;
  const anew = { confirmation: randomSecret(), now: iso(now) };
  const consent: Consent = { act: "requested", at: anew.now, page, wording };
  const pending = request({ id: crypto.randomUUID(), email: address, unsubscribeKey: randomSecret() }, anew);
  const known = await findByAddress(db, address);
  if (!known) {
    // When not, the same form came in twice at once, and the other one is being dealt with.
    if (await insertSubscriber(db, pending, consent)) await sendConfirmation(desk, pending);
    return;
  }
  switch (known.state) {
    case "confirmed":
      return sendAlreadySubscribed(desk, known);
    case "pending":
    case "unsubscribed": {
      const next = requestAgain(known, address, anew);
      if (await moveSubscriber(db, known, next, consent)) await sendConfirmation(desk, next);
      return;
    }
    case "suppressed":
      return;
  }
}

/**
 * False when it was confirmed before, or the request was overtaken by another. What an earlier click did not get
 * to, because something broke, is made good: the welcome is the same letter each time, and is sent once.
 */
export async function confirmSubscriber(desk: NewsletterContext, subscriber: Pending | Confirmed): Promise<boolean> {
  const { db, settings, words, now } = desk;
  const isNew = subscriber.state === "pending";
  const confirmed = isNew ? confirm(subscriber, iso(now)) : subscriber;
  const wording = words.newsletter.confirm.button;
  const consent: Consent = { act: "confirmed", at: iso(now), page: "/newsletter/confirm", wording };
  const record = await personReturns(subscriber.id, iso(now), settings.keys);
  if (isNew && !(await moveSubscriber(db, subscriber, confirmed, consent, record))) return false;
  await forgetErasure(db, subscriber.email, settings.keys);
  await sendWelcome(desk, confirmed);
  return isNew;
}

/** Takes back that somebody left. */
export async function returnSubscriber(
  { db, settings, words, now }: NewsletterContext,
  subscriber: Unsubscribed & { readonly confirmedAt: string },
): Promise<Confirmed | undefined> {
  const back = comeBack(subscriber);
  const wording = words.unsubscribe.comeBack.button;
  const consent: Consent = { act: "returned", at: iso(now), page: "/newsletter/return", wording };
  const record = await personReturns(subscriber.id, iso(now), settings.keys);
  return (await moveSubscriber(db, subscriber, back, consent, record)) ? back : undefined;
}

/** A fresh link, for whoever has something here to look at, to change or to erase; to confirm, for whoever has not yet. */
export async function mailPreferencesLink(desk: NewsletterContext, address: string): Promise<void> {
  const subscriber = await findByAddress(desk.db, address);
  switch (subscriber?.state) {
    case "confirmed":
    case "unsubscribed":
      return sendPreferencesLink(desk, subscriber);
    case "pending":
      return sendConfirmation(desk, subscriber);
  }
}
