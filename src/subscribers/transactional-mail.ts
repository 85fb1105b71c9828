/** The single mails: which links each one carries, and who it goes to. All of them go through the outbox. */
import { newestFirst } from "../library/catalogue.ts";
import { sha256, toHex } from "../library/hash.ts";
import {
  addressChange,
  addressChangeNotice,
  alreadySubscribed,
  authorNotice,
  confirmation,
  goodbye,
  preferencesLink,
  welcome,
} from "../mail/letters.tsx";
import type { MailContent, MailFrame } from "../mail/message.ts";
import { href } from "../routes.ts";
import { listHeaders } from "./list-headers.ts";
import type { NewsletterContext } from "./newsletter-context.ts";
import { type MessageKind, queueMessage } from "./outbox.ts";
import { type Confirmed, type Pending, returnDays, type Subscriber, type Unsubscribed } from "./subscriber.ts";
import { signPreferencesToken, signToken, unsubscribeToken } from "./tokens.ts";

const day = 86_400_000;
const confirmationHours = 48;
export const confirmationLifeMs = confirmationHours * 3_600_000;

export const preferencesToken = (
  { settings, now }: NewsletterContext,
  { id }: Pick<Subscriber, "id">,
): Promise<string> => signPreferencesToken(id, now, settings.keys);

/** Holds for this leaving only, and for 30 days from it. */
export const returnToken = ({ settings }: NewsletterContext, { id, unsubscribedAt }: Unsubscribed): Promise<string> =>
  signToken(
    {
      purpose: "return",
      subscriber: id,
      detail: leavingNumber(unsubscribedAt),
      expires: Date.parse(unsubscribedAt) + returnDays * day,
    },
    settings.keys,
  );

export const leavingNumber = (unsubscribedAt: string): string => Date.parse(unsubscribedAt).toString(36);

export async function sendConfirmation(desk: NewsletterContext, subscriber: Pending): Promise<void> {
  const token = await signToken(
    {
      purpose: "confirm",
      subscriber: subscriber.id,
      detail: subscriber.confirmation,
      expires: desk.now + confirmationLifeMs,
    },
    desk.settings.keys,
  );
  const confirmUrl = desk.origin + href.confirm(token);
  const content = confirmation({ frame: strangersFrame(desk), confirmUrl, expiresInHours: confirmationHours });
  await send(desk, "confirmation", subscriber, content);
}

export async function sendAlreadySubscribed(desk: NewsletterContext, subscriber: Confirmed): Promise<void> {
  const frame = await subscribersFrame(desk, subscriber);
  await send(desk, "already-subscribed", subscriber, alreadySubscribed({ frame }));
}

export async function sendWelcome(desk: NewsletterContext, subscriber: Confirmed): Promise<void> {
  const frame = await subscribersFrame(desk, subscriber);
  const [place] = newestFirst(desk.catalogue);
  const newest = place && {
    title: place.chapter.title,
    url: desk.origin + place.path,
    excerpt: place.chapter.excerpt,
    language: place.chapter.language,
  };
  await send(
    desk,
    "welcome",
    subscriber,
    welcome({ frame, ...(newest && { newest }) }),
    subscriber.confirmation ?? undefined,
  );
}

export async function sendGoodbye(desk: NewsletterContext, subscriber: Unsubscribed): Promise<void> {
  const undoUrl = desk.origin + href.comeBack(await returnToken(desk, subscriber));
  await send(
    desk,
    "goodbye",
    subscriber,
    goodbye({ frame: strangersFrame(desk), undoUrl }),
    `${subscriber.id}_${leavingNumber(subscriber.unsubscribedAt)}`,
  );
}

export async function sendPreferencesLink(desk: NewsletterContext, subscriber: Subscriber): Promise<void> {
  const preferencesUrl = desk.origin + href.preferences(await preferencesToken(desk, subscriber));
  const frame = { ...strangersFrame(desk), preferencesUrl };
  await send(desk, "preferences-link", subscriber, preferencesLink({ frame }));
}

/** A link to the new address. `number` is that of the request. */
export async function sendAddressChange(
  desk: NewsletterContext,
  subscriber: Confirmed,
  newEmail: string,
  number: string,
): Promise<void> {
  const token = await signToken(
    { purpose: "address", subscriber: subscriber.id, detail: number, expires: desk.now + confirmationLifeMs },
    desk.settings.keys,
  );
  const confirmUrl = desk.origin + href.newAddress(token);
  const content = addressChange({
    frame: strangersFrame(desk),
    confirmUrl,
    newAddress: newEmail,
    expiresInHours: confirmationHours,
  });
  await send(desk, "address-change", { ...subscriber, email: newEmail }, content);
}

/** A notice to the present one. */
export async function sendAddressChangeNotice(
  desk: NewsletterContext,
  subscriber: Confirmed,
  newEmail: string,
): Promise<void> {
  const frame = await subscribersFrame(desk, subscriber);
  await send(desk, "address-change-notice", subscriber, addressChangeNotice({ frame, newAddress: newEmail }));
}

/** To the author, if the settings name an address; once for each `occasion`, however often it is asked for. */
export async function sendAuthorNotice(
  desk: NewsletterContext,
  title: string,
  body: string,
  occasion: string,
): Promise<void> {
  console.warn(`${title}: ${body}`);
  const { db, settings, now } = desk;
  if (settings.authorEmail === undefined) return;
  const { subject, html, text } = authorNotice({ frame: strangersFrame(desk), title, lines: [body] });
  const letter = `author-notice_${toHex(await sha256(occasion)).slice(0, 32)}`;
  await queueMessage(db, {
    id: letter,
    kind: "author-notice",
    subscriberId: null,
    message: {
      from: settings.from,
      to: [settings.authorEmail],
      subject,
      html,
      text,
      tags: messageTags("author-notice", letter),
    },
    now,
    // Other databases on the same Resend account have the same occasions.
    isOfThisDatabase: true,
  });
}

/** For mail to somebody who has not said yes, or no longer. */
const strangersFrame = ({ catalogue: { manifest }, words, origin, settings }: NewsletterContext): MailFrame => ({
  library: manifest.title,
  tagline: manifest.tagline,
  language: manifest.language,
  words,
  origin,
  postalAddress: settings.postalAddress,
  preferencesUrl: undefined,
  unsubscribeUrl: undefined,
});

const subscribersFrame = async (desk: NewsletterContext, subscriber: Confirmed): Promise<MailFrame> => ({
  ...strangersFrame(desk),
  preferencesUrl: desk.origin + href.preferences(await preferencesToken(desk, subscriber)),
  unsubscribeUrl: desk.origin + href.leave(unsubscribeToken(subscriber.id, subscriber.unsubscribeKey)),
});

async function send(
  desk: NewsletterContext,
  kind: MessageKind,
  { id, email, unsubscribeKey, state }: Subscriber,
  { subject, html, text }: MailContent,
  /** What it is about: a second letter of that kind about the same thing is not written. */
  about: string = crypto.randomUUID(),
): Promise<void> {
  // RFC 8058: a mail program shows its own button. Mail to strangers is no list mail.
  const unsubscribeUrl = desk.origin + href.leave(unsubscribeToken(id, unsubscribeKey));
  const headers =
    state === "confirmed" && kind !== "address-change"
      ? listHeaders({ title: desk.catalogue.manifest.title, origin: desk.origin, unsubscribeUrl })
      : undefined;
  const letter = `${kind}_${about}`;
  await queueMessage(desk.db, {
    id: letter,
    kind,
    subscriberId: id,
    message: {
      from: desk.settings.from,
      to: [email],
      subject,
      html,
      text,
      ...(headers && { headers }),
      tags: messageTags(kind, letter),
    },
    now: desk.now,
  });
}

/** They come back with webhooks, perhaps before Resend's id of the letter is on record: the letter's own id names it. */
const messageTags = (kind: MessageKind, letter: string) => [
  { name: "letter", value: kind },
  { name: "letter_id", value: letter },
];
