/** Parses and performs the actions of the preferences page. */
import * as v from "valibot";
import { iso } from "../db/database.ts";
import { frequencies } from "../db/subscriber-tables.ts";
import { randomSecret } from "../http/signing.ts";
import { href } from "../routes.ts";
import { parseAddress } from "./address.ts";
import type { Consent } from "./consents.ts";
import type { LinkHolder } from "./link-holder.ts";
import type { NewsletterContext } from "./newsletter-context.ts";
import type { Confirmed, Subscriber } from "./subscriber.ts";
import { findOwner, forgetErasure, takeNewEmail, updateNewEmail } from "./subscriber-queries.ts";
import { subscribe } from "./subscribing.ts";
import { confirmationLifeMs, sendAddressChange, sendAddressChangeNotice } from "./transactional-mail.ts";

const Slugs = v.optional(v.array(v.pipe(v.string(), v.maxLength(100))), []);

const ActSchema = v.variant("act", [
  v.object({
    act: v.literal("save"),
    frequency: v.picklist(frequencies),
    which: v.picklist(["all", "chosen"]),
    books: Slugs,
    corrections: v.optional(v.literal("yes")),
  }),
  v.object({ act: v.literal("pause"), until: v.optional(v.string(), "") }),
  v.object({ act: v.literal("resume") }),
  v.object({ act: v.literal("address"), email: v.optional(v.string(), "") }),
  v.object({ act: v.literal("erase"), sure: v.optional(v.string(), "") }),
]);
export type Act = v.InferOutput<typeof ActSchema>;

/** Undefined if it is not a form of that page. */
export function parseAct(form: FormData): Act | undefined {
  const result = v.safeParse(ActSchema, { ...Object.fromEntries(form), books: form.getAll("books") });
  return result.success ? result.output : undefined;
}

/** Ticked books that exist, in the library's order; undefined if there is none. */
export function chosenBooks(shelf: readonly { readonly slug: string }[], ticked: readonly string[]) {
  const chosen = shelf.map(({ slug }) => slug).filter((slug) => ticked.includes(slug));
  return chosen.length > 0 ? chosen : undefined;
}

const maxPauseMs = 366 * 86_400_000;

/** The end of a pause as an instant, if it is a future day within a year. */
export function parsePauseEnd(day: string, now: number): string | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return time > now && time <= now + maxPauseMs ? iso(time) : undefined;
}

/**
 * The page, the downloaded data and the notice to the present address are the same for every new address: whether it is
 * already subscribed is said only in its own inbox. If it is, the request is handled as if it came from the form.
 */
export async function askForNewAddress(
  newsletter: NewsletterContext,
  subscriber: Confirmed,
  newEmail: string,
): Promise<void> {
  const { db, settings, words } = newsletter;
  const number = `${newsletter.now.toString(36)}-${randomSecret()}`;
  await updateNewEmail(db, subscriber.id, newEmail, number);
  const { subscriber: owner, suppression } = await findOwner(db, newEmail, settings.keys);
  if (owner && owner.id !== subscriber.id) {
    const { label, button } = words.preferences.address;
    await subscribe(newsletter, newEmail, { page: href.preferencesLink(), wording: `${label}. ${button}` });
  } else if (suppression === undefined || suppression === "erased") {
    await sendAddressChange(newsletter, subscriber, newEmail, number);
  }
  await sendAddressChangeNotice(newsletter, subscriber, newEmail);
}

/** The new address, while its link is valid. */
export function waitingAddress({ newEmail, newEmailRequest }: Subscriber, now: number): string | undefined {
  const askedAt = Number.parseInt(newEmailRequest?.split("-")[0] ?? "", 36);
  return newEmail !== null && now < askedAt + confirmationLifeMs ? newEmail : undefined;
}

/** True if the subscription is at the new address now, or was moved there by the same link before. */
export async function moveAddress(
  { db, settings, words, now }: NewsletterContext,
  { subscriber, detail }: LinkHolder,
): Promise<boolean> {
  if (subscriber.state !== "confirmed" || subscriber.newEmailRequest !== detail) return false;
  if (subscriber.newEmail === null) return true;
  const newEmail = parseAddress(subscriber.newEmail);
  const consent: Consent = {
    act: "address-changed",
    at: iso(now),
    page: href.newAddress("").replace(/\/$/, ""),
    wording: words.newsletter.newAddress.button,
  };
  if (newEmail === undefined || !(await takeNewEmail(db, subscriber.id, newEmail, detail, consent))) return false;
  await forgetErasure(db, newEmail, settings.keys);
  return true;
}
