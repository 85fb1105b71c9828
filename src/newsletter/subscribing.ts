/** What a request from a form leads to. Runs after the answer, which is the same for every address. */
import { subscribeWording } from "../ui/subscribe-form.tsx";
import { sendAlreadySubscribed, sendConfirmation, sendPreferencesLink, sendWelcome } from "./correspondence.ts";
import type { FrontDesk } from "./front-desk.ts";
import { iso } from "./post-room.ts";
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
  insertConsent,
  insertSubscriber,
  moveSubscriber,
} from "./subscriber-queries.ts";
import { randomSecret } from "./tokens.ts";

export const confirmWording = "Yes, send me new chapters";
export const returnWording = "Subscribe me again";

/**
 * A suppressed address gets nothing. One that was erased may begin anew, because its owner asks here and
 * confirms by mail: erasing keeps it out of imports and editions only.
 */
export async function subscribe(desk: FrontDesk, address: string, page: string): Promise<void> {
  const { db, settings, now } = desk;
  const suppression = await findSuppression(db, address, settings.keys);
  if (suppression !== undefined && suppression !== "erased") return;
  const anew = { confirmation: randomSecret(), now: iso(now) };
  const pending = request({ id: crypto.randomUUID(), email: address, leaveKey: randomSecret() }, anew);
  const known = await findByAddress(db, address);
  if (!known) {
    if (await insertSubscriber(db, pending)) await ask(desk, pending, page);
    // Otherwise the same form came in twice at once, and the other one is being dealt with.
    return;
  }
  switch (known.state) {
    case "confirmed":
      return sendAlreadySubscribed(desk, known);
    case "pending":
    case "unsubscribed": {
      const next = requestAgain(known, address, anew);
      if (await moveSubscriber(db, known, next)) await ask(desk, next, page);
      return;
    }
    case "suppressed":
      return;
  }
}

async function ask(desk: FrontDesk, subscriber: Pending, page: string): Promise<void> {
  await insertConsent(desk.db, {
    subscriberId: subscriber.id,
    at: iso(desk.now),
    act: "requested",
    page,
    wording: subscribeWording,
  });
  await sendConfirmation(desk, subscriber);
}

/** False when the request was overtaken by another. */
export async function confirmSubscriber(desk: FrontDesk, subscriber: Pending): Promise<boolean> {
  const { db, settings, now } = desk;
  const confirmed = confirm(subscriber, iso(now));
  if (!(await moveSubscriber(db, subscriber, confirmed))) return false;
  await insertConsent(db, {
    subscriberId: subscriber.id,
    at: iso(now),
    act: "confirmed",
    page: "/newsletter/confirm",
    wording: confirmWording,
  });
  await forgetErasure(db, subscriber.email, settings.keys);
  await sendWelcome(desk, confirmed);
  return true;
}

/** Takes back that somebody left. */
export async function returnSubscriber(
  { db, now }: FrontDesk,
  subscriber: Unsubscribed & { readonly confirmedAt: string },
): Promise<Confirmed | undefined> {
  const back = comeBack(subscriber);
  if (!(await moveSubscriber(db, subscriber, back))) return undefined;
  await insertConsent(db, {
    subscriberId: subscriber.id,
    at: iso(now),
    act: "returned",
    page: "/newsletter/return",
    wording: returnWording,
  });
  return back;
}

/** A fresh link, for whoever has something here to look at, to change or to erase. */
export async function mailPreferencesLink(desk: FrontDesk, address: string): Promise<void> {
  const subscriber = await findByAddress(desk.db, address);
  if (subscriber?.state === "confirmed" || subscriber?.state === "unsubscribed") {
    await sendPreferencesLink(desk, subscriber);
  }
}
