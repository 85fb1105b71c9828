/** The letters that belong to a subscription: each says one thing and has one button. */
import { textWordsInMail } from "../library/language.ts";
import type { DigestChapter } from "./digest.tsx";
import { Button, EntryHeading, Heading, Link, Paragraph, Quiet } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { headerText, type MailContent, type MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

interface Letter {
  readonly frame: MailFrame;
}

export function confirmation({
  frame,
  confirmUrl,
  expiresInHours,
}: Letter & {
  readonly confirmUrl: string;
  readonly expiresInHours: number;
}): MailContent {
  const asked = `Someone, probably you, asked us to send new chapters of ${frame.library} to this address.`;
  const then = "Follow the link and press the button on that page to start your subscription.";
  const else_ = `${linkWorksFor(expiresInHours)} If it was not you, you can ignore this email: we never send chapters to an unconfirmed address.`;
  return renderMail(frame, {
    subject: `Please confirm: new chapters of ${frame.library}`,
    preheader: "One more step to get the next chapter by email.",
    why: `You are receiving this one email because your address was entered at ${frame.origin}.`,
    body: (
      <>
        <Heading>Is this your address?</Heading>
        <Paragraph>{asked}</Paragraph>
        <Paragraph>{then}</Paragraph>
        <Button href={confirmUrl}>Yes, send me chapters</Button>
        <Quiet>{else_}</Quiet>
      </>
    ),
    text: ours("Is this your address?", asked, then, `Yes, send me chapters:\n${confirmUrl}`, else_),
  });
}

export function alreadySubscribed({ frame }: Letter): MailContent {
  const said = `Someone, probably you, asked for new chapters of ${frame.library} at this address. You already get them, so nothing has changed.`;
  const way = "You can choose books and how often we email you at any time.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `You are already subscribed to ${frame.library}`,
    preheader: "Nothing has changed, and you do not need to do anything.",
    why: `You are receiving this email because your address was entered at ${frame.origin}.`,
    body: (
      <>
        <Heading>You are already subscribed</Heading>
        <Paragraph>{said}</Paragraph>
        <Paragraph>{way}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
      </>
    ),
    text: ours("You are already subscribed", said, way, `${button.label}:\n${button.url}`),
  });
}

export function welcome({
  frame,
  newest,
}: Letter & {
  readonly newest?: Pick<DigestChapter, "title" | "url" | "excerpt" | "language">;
}): MailContent {
  const said = "Your address is confirmed. From now on you will get each new chapter once.";
  const meanwhile = newest ? "Until then, here is the latest one." : "Until then, the library is open.";
  const leave = "Every email has an unsubscribe link at the bottom. It works at once, no questions asked.";
  const button = newest
    ? { label: "Read the chapter", url: newest.url }
    : { label: "Open the library", url: frame.origin };
  return renderMail(frame, {
    subject: `Welcome to ${frame.library}`,
    preheader: "Your address is confirmed. You will get the next chapter.",
    body: (
      <>
        <Heading>Welcome</Heading>
        <Paragraph>{said}</Paragraph>
        <Paragraph>{meanwhile}</Paragraph>
        {newest && (
          <div {...textWordsInMail(newest, frame.words.language, frame.language)}>
            <EntryHeading>{newest.title}</EntryHeading>
            <Paragraph>{newest.excerpt}</Paragraph>
          </div>
        )}
        <Button href={button.url}>{button.label}</Button>
        <Quiet>{leave}</Quiet>
      </>
    ),
    text: ours(
      "Welcome",
      said,
      meanwhile,
      newest && `${newest.title}\n${newest.excerpt}`,
      `${button.label}:\n${button.url}`,
      leave,
    ),
  });
}

export function goodbye({ frame, undoUrl }: Letter & { readonly undoUrl: string }): MailContent {
  const said = `You have unsubscribed: we will send no more chapters of ${frame.library} to this address.`;
  const open = "The library stays open to everyone. Thank you for reading.";
  const slip = "Unsubscribed by mistake? You can undo it:";
  return renderMail(frame, {
    subject: `You have unsubscribed from ${frame.library}`,
    preheader: "You have unsubscribed. Thank you for reading.",
    why: "This last email confirms that your subscription has ended.",
    body: (
      <>
        <Heading>Goodbye, and thank you</Heading>
        <Paragraph>{said}</Paragraph>
        <Paragraph>{open}</Paragraph>
        <Paragraph>{slip}</Paragraph>
        <Button href={undoUrl}>Subscribe again</Button>
      </>
    ),
    text: ours("Goodbye, and thank you", said, open, slip, `Subscribe again:\n${undoUrl}`),
  });
}

/** To the new address. */
export function addressChange({
  frame,
  confirmUrl,
  newAddress,
  expiresInHours,
}: Letter & {
  readonly confirmUrl: string;
  readonly newAddress: string;
  readonly expiresInHours: number;
}): MailContent {
  const address = headerText(newAddress);
  const said = `A subscriber of ${frame.library} asked us to send chapters to this address from now on: `;
  const else_ = `${linkWorksFor(expiresInHours)} If that was not you, you can ignore this email: nothing changes until the new address is confirmed.`;
  return renderMail(frame, {
    subject: `Please confirm your new address for ${frame.library}`,
    preheader: "One more step to get chapters at this address.",
    why: "You are receiving this one email because your address was entered in a subscription's preferences.",
    body: (
      <>
        <Heading>Is this your new address?</Heading>
        <Paragraph>
          {said}
          <strong>{address}</strong>.
        </Paragraph>
        <Button href={confirmUrl}>Yes, use this address</Button>
        <Quiet>{else_}</Quiet>
      </>
    ),
    text: ours("Is this your new address?", `${said}${address}.`, `Yes, use this address:\n${confirmUrl}`, else_),
  });
}

/** To the old address, so that nobody's mail is moved behind their back. */
export function addressChangeNotice({ frame, newAddress }: Letter & { readonly newAddress: string }): MailContent {
  const address = headerText(newAddress);
  const said = "A new address was entered in your preferences: ";
  const then = "Once it is confirmed, chapters will go there instead of here.";
  const else_ = "If that was not you, open your preferences and cancel the change.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `Your address at ${frame.library} is about to change`,
    preheader: "If you asked for this, you do not need to do anything.",
    why: `You are receiving this email because this address has been subscribed to ${frame.library} until now.`,
    body: (
      <>
        <Heading>A new address for your chapters</Heading>
        <Paragraph>
          {said}
          <strong>{address}</strong>. {then}
        </Paragraph>
        <Paragraph>{else_}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
      </>
    ),
    text: ours(
      "A new address for your chapters",
      `${said}${address}. ${then}`,
      else_,
      `${button.label}:\n${button.url}`,
    ),
  });
}

/** A fresh link, for a reader who has none at hand. */
export function preferencesLink({ frame }: Letter): MailContent {
  const said =
    "Here is the link you asked for. On that page you can choose books, how often we email you, and to which address.";
  const secret = "Anyone who has this link can change your preferences, so please do not forward it.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `Your preferences at ${frame.library}`,
    preheader: "The link you asked for.",
    why: `You are receiving this email because a link was requested at ${frame.origin}. If it was not you, you can ignore this email.`,
    body: (
      <>
        <Heading>Your preferences</Heading>
        <Paragraph>{said}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
        <Quiet>{secret}</Quiet>
      </>
    ),
    text: ours("Your preferences", said, `${button.label}:\n${button.url}`, secret),
  });
}

/** To the author: something about the newsletter that should be known. */
export function authorNotice({
  frame,
  title,
  lines,
  action,
}: Letter & {
  readonly title: string;
  /** A paragraph each. */
  readonly lines: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
}): MailContent {
  const button = action ?? { label: "Open the library", url: frame.origin };
  return renderMail(frame, {
    subject: `${frame.library}: ${title}`,
    preheader: lines[0] ?? title,
    why: `You are receiving this email as the author of ${frame.library}. Each notice is sent once.`,
    body: (
      <>
        <Heading>{title}</Heading>
        {lines.map((line) => (
          <Paragraph>{line}</Paragraph>
        ))}
        {action ? (
          <Button href={button.url}>{button.label}</Button>
        ) : (
          <Paragraph>
            <Link href={button.url}>{button.label}</Link>
          </Paragraph>
        )}
      </>
    ),
    text: ours(title, ...lines, `${button.label}:\n${button.url}`),
  });
}

const preferencesOrLibrary = ({ preferencesUrl, origin }: MailFrame): { label: string; url: string } =>
  preferencesUrl === undefined
    ? { label: "Open the library", url: origin }
    : { label: "Open your preferences", url: preferencesUrl };

const ours = (...parts: readonly (string | undefined | false)[]): string => wrapText(paragraphs(...parts));

function linkWorksFor(hours: number): string {
  if (hours === 1) return "The link is valid for an hour.";
  return `The link is valid for ${hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`}.`;
}
