/** Sends transactional emails: which links each one has and who gets it. All of them go through the outbox. */
import { catalogueAt, newestFirst } from "../library/catalogue.ts";
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
import { type MessageKind, type NewMessage, queueMessage, queueStatement, readerMessageLetter } from "./outbox.ts";
import { type Confirmed, type Pending, returnDays, type Subscriber, type Unsubscribed } from "./subscriber.ts";
import { signPreferencesToken, signToken, unsubscribeToken } from "./tokens.ts";

const day = 86_400_000;
const confirmationHours = 48;
export const confirmationLifeMs = confirmationHours * 3_600_000;

export const preferencesToken = (
  { settings, now }: NewsletterContext,
  { id }: Pick<Subscriber, "id">,
): Promise<string> => signPreferencesToken(id, now, settings.keys);

/** Valid for this unsubscribing only, for 30 days. */
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

export const sendConfirmation = async (newsletter: NewsletterContext, subscriber: Pending): Promise<void> =>
  queueMessage(newsletter.db, await composeConfirmation(newsletter, subscriber));

/** To be queued with the change that causes it. */
export async function composeConfirmation(newsletter: NewsletterContext, subscriber: Pending): Promise<NewMessage> {
  const token = await signToken(
    {
      purpose: "confirm",
      subscriber: subscriber.id,
      detail: subscriber.confirmation,
      expires: newsletter.now + confirmationLifeMs,
    },
    newsletter.settings.keys,
  );
  const confirmUrl = newsletter.origin + href.confirm(token);
  const content = confirmation({ frame: strangersFrame(newsletter), confirmUrl, expiresInHours: confirmationHours });
  return compose(newsletter, "confirmation", subscriber, content);
}

export async function sendAlreadySubscribed(newsletter: NewsletterContext, subscriber: Confirmed): Promise<void> {
  const frame = await subscribersFrame(newsletter, subscriber);
  await send(newsletter, "already-subscribed", subscriber, alreadySubscribed({ frame }));
}

export async function sendWelcome(newsletter: NewsletterContext, subscriber: Confirmed): Promise<void> {
  const frame = await subscribersFrame(newsletter, subscriber);
  // Not the catalogue of the request, which includes unpublished chapters on the author's own machine.
  const [place] = newestFirst(catalogueAt(newsletter.now, newsletter.catalogue.manifest));
  const newest = place && {
    title: place.chapter.title,
    url: newsletter.origin + place.path,
    excerpt: place.chapter.excerpt,
    language: place.chapter.language,
  };
  await send(
    newsletter,
    "welcome",
    subscriber,
    welcome({ frame, ...(newest && { newest }) }),
    subscriber.confirmation ?? undefined,
  );
}

export async function sendGoodbye(newsletter: NewsletterContext, subscriber: Unsubscribed): Promise<void> {
  const undoUrl = newsletter.origin + href.resubscribe(await returnToken(newsletter, subscriber));
  await send(
    newsletter,
    "goodbye",
    subscriber,
    goodbye({ frame: strangersFrame(newsletter), undoUrl }),
    `${subscriber.id}_${leavingNumber(subscriber.unsubscribedAt)}`,
  );
}

export async function sendPreferencesLink(newsletter: NewsletterContext, subscriber: Subscriber): Promise<void> {
  const preferencesUrl = newsletter.origin + href.preferences(await preferencesToken(newsletter, subscriber));
  const frame = { ...strangersFrame(newsletter), preferencesUrl };
  await send(newsletter, "preferences-link", subscriber, preferencesLink({ frame }));
}

/** Emails a link to the new address. `number` is that of the request. */
export async function sendAddressChange(
  newsletter: NewsletterContext,
  subscriber: Confirmed,
  newEmail: string,
  number: string,
): Promise<void> {
  const token = await signToken(
    { purpose: "address", subscriber: subscriber.id, detail: number, expires: newsletter.now + confirmationLifeMs },
    newsletter.settings.keys,
  );
  const confirmUrl = newsletter.origin + href.newAddress(token);
  const content = addressChange({
    frame: strangersFrame(newsletter),
    confirmUrl,
    newAddress: newEmail,
    expiresInHours: confirmationHours,
  });
  await send(newsletter, "address-change", { ...subscriber, email: newEmail }, content);
}

/** Emails a notice to the present address. */
export async function sendAddressChangeNotice(
  newsletter: NewsletterContext,
  subscriber: Confirmed,
  newEmail: string,
): Promise<void> {
  const frame = await subscribersFrame(newsletter, subscriber);
  await send(newsletter, "address-change-notice", subscriber, addressChangeNotice({ frame, newAddress: newEmail }));
}

/** Emails the author, if the settings name an address; once per `occasion`, however often it is called. */
export async function sendAuthorNotice(
  newsletter: NewsletterContext,
  title: string,
  body: string,
  occasion: string,
): Promise<void> {
  console.warn(`${title}: ${body}`);
  const { db, settings, now } = newsletter;
  if (settings.authorEmail === undefined) return;
  const { subject, html, text } = authorNotice({ frame: strangersFrame(newsletter), title, lines: [body] });
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

export interface ReaderMessage {
  readonly id: string;
  /** Title of the chapter or book, if the message is about one. */
  readonly title: string | undefined;
  readonly place: string | null;
  readonly quote: string | null;
  readonly message: string;
  readonly email: string | null;
}

/**
 * The statement that queues the email to the author about a reader's message; undefined if the settings name no address.
 * `isLast`: no further ones are sent for now.
 */
export function queuedReaderMessage(newsletter: NewsletterContext, reader: ReaderMessage, isLast: boolean) {
  const { settings, now, origin } = newsletter;
  if (settings.authorEmail === undefined) return undefined;
  const words = newsletter.words.readerMessages.notice;
  const { subject, html, text } = authorNotice({
    frame: strangersFrame(newsletter),
    title: words.title(reader.title),
    lines: [
      ...(reader.place === null ? [] : [words.place(reader.place)]),
      ...(reader.quote === null ? [] : [words.quote(reader.quote)]),
      ...reader.message.split("\n").filter((line) => line !== ""),
      reader.email === null ? words.noAnswer : words.answer(reader.email),
      ...(isLast ? [words.last] : []),
    ],
    action: { label: words.desk, url: origin + href.deskMessages() },
  });
  const letter = readerMessageLetter(reader.id);
  return queueStatement({
    id: letter,
    kind: "reader-message",
    subscriberId: null,
    message: {
      from: settings.from,
      to: [settings.authorEmail],
      ...(reader.email !== null && { reply_to: reader.email }),
      subject,
      html,
      text,
      tags: messageTags("reader-message", letter),
    },
    now,
  });
}

/** For emails to someone who has not confirmed, or has unsubscribed. */
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

const subscribersFrame = async (newsletter: NewsletterContext, subscriber: Confirmed): Promise<MailFrame> => ({
  ...strangersFrame(newsletter),
  preferencesUrl: newsletter.origin + href.preferences(await preferencesToken(newsletter, subscriber)),
  unsubscribeUrl: newsletter.origin + href.unsubscribe(unsubscribeToken(subscriber.id, subscriber.unsubscribeKey)),
});

const send = (...email: Parameters<typeof compose>): Promise<void> => queueMessage(email[0].db, compose(...email));

function compose(
  newsletter: NewsletterContext,
  kind: MessageKind,
  { id, email, unsubscribeKey, state }: Subscriber,
  { subject, html, text }: MailContent,
  /** The occasion: a second email of the same kind about it is not queued. */
  about: string = crypto.randomUUID(),
): NewMessage {
  // RFC 8058: email clients show their own button. Emails to others are not list emails.
  const unsubscribeUrl = newsletter.origin + href.unsubscribe(unsubscribeToken(id, unsubscribeKey));
  const headers =
    state === "confirmed" && kind !== "address-change"
      ? listHeaders({ title: newsletter.catalogue.manifest.title, origin: newsletter.origin, unsubscribeUrl })
      : undefined;
  const letter = `${kind}_${about}`;
  return {
    id: letter,
    kind,
    subscriberId: id,
    message: {
      from: newsletter.settings.from,
      to: [email],
      subject,
      html,
      text,
      ...(headers && { headers }),
      tags: messageTags(kind, letter),
    },
    now: newsletter.now,
  };
}

/** Returned by webhooks, perhaps before Resend's id is on record; the outbox id identifies the email. */
const messageTags = (kind: MessageKind, letter: string) => [
  { name: "letter", value: kind },
  { name: "letter_id", value: letter },
];
