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
  const asked = `Someone, most likely you, asked us to send new chapters of ${frame.library} to this address.`;
  const then = "Open the page behind the link, press its button, and the next chapter comes to you.";
  const else_ = `${linkWorksFor(expiresInHours)} If it was not you, there is nothing to do: no chapter goes to an address that is not confirmed.`;
  return renderMail(frame, {
    subject: `Please confirm: new chapters of ${frame.library}`,
    preheader: "One more step, and the next chapter comes to you.",
    why: `You get this one mail because your address was entered at ${frame.origin}.`,
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
  const said = `Someone, most likely you, asked for new chapters of ${frame.library} at this address. They are coming already, so nothing has changed.`;
  const way = "You can change the books, and how often mail comes, whenever you like.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `You are subscribed to ${frame.library} already`,
    preheader: "Nothing has changed, and there is nothing to do.",
    why: `You get this mail because your address was entered at ${frame.origin}.`,
    body: (
      <>
        <Heading>You are on the list already</Heading>
        <Paragraph>{said}</Paragraph>
        <Paragraph>{way}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
      </>
    ),
    text: ours("You are on the list already", said, way, `${button.label}:\n${button.url}`),
  });
}

export function welcome({
  frame,
  newest,
}: Letter & {
  readonly newest?: Pick<DigestChapter, "title" | "url" | "excerpt" | "language">;
}): MailContent {
  const said = "Your address is confirmed. From now on new chapters come to you, each of them once.";
  const meanwhile = newest ? "Until then, here is the newest one." : "Until then, the shelves are open.";
  const leave = "Every mail has a link at its foot that ends the subscription, at once and without questions.";
  const button = newest
    ? { label: "Read the chapter", url: newest.url }
    : { label: "Open the library", url: frame.origin };
  return renderMail(frame, {
    subject: `Welcome to ${frame.library}`,
    preheader: "Your address is confirmed. The next chapter comes to you.",
    body: (
      <>
        <Heading>Welcome</Heading>
        <Paragraph>{said}</Paragraph>
        <Paragraph>{meanwhile}</Paragraph>
        {newest && (
          <div {...textWordsInMail(newest, frame.language)}>
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
  const said = `You have left the list: no more chapters of ${frame.library} will come to this address.`;
  const open = "The library stays open to you, as it is to everybody. Thank you for reading.";
  const slip = "If it was a mistake, this brings them back:";
  return renderMail(frame, {
    subject: `No more mail from ${frame.library}`,
    preheader: "You have left the list. Thank you for reading.",
    why: "You get this last mail because your subscription has ended.",
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
  const said = `A subscriber of ${frame.library} wants the chapters to come here from now on, to `;
  const else_ = `${linkWorksFor(expiresInHours)} If that was not you, there is nothing to do: nothing changes until the new address is confirmed.`;
  return renderMail(frame, {
    subject: `Please confirm your new address for ${frame.library}`,
    preheader: "One more step, and chapters come to this address.",
    why: "You get this one mail because your address was entered in the preferences of a subscription.",
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
  const then = "As soon as it is confirmed there, chapters go to it and no longer come here.";
  const else_ = "If that was not you, open your preferences and put it right.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `Your address at ${frame.library} is about to change`,
    preheader: "If you asked for it, there is nothing to do.",
    why: `You get this mail because chapters of ${frame.library} have come to this address until now.`,
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
  const said = `Here is the link that you asked for. Behind it you choose books, how often mail comes, and to which address.`;
  const secret = "The link is yours alone: whoever has it can change these things, so please do not pass it on.";
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: `Your preferences at ${frame.library}`,
    preheader: "The link that you asked for.",
    why: `You get this mail because a link was asked for at ${frame.origin}. If it was not you, you need not do anything.`,
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
    why: `You get this mail as the author of ${frame.library}. It is sent once for each occasion.`,
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
  if (hours === 1) return "The link works for an hour.";
  return `The link works for ${hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`}.`;
}
