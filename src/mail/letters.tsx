/** Composes transactional emails: each has one message and one button. */
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
  const { emails } = frame.words;
  const words = emails.confirmation;
  const asked = words.asked(frame.library);
  const otherwise = words.otherwise(expiresInHours);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why(frame.origin),
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{asked}</Paragraph>
        <Paragraph>{words.follow}</Paragraph>
        <Button href={confirmUrl}>{words.button}</Button>
        <Quiet>{otherwise}</Quiet>
      </>
    ),
    text: ours(words.heading, asked, words.follow, emails.buttonAsText(words.button, confirmUrl), otherwise),
  });
}

export function alreadySubscribed({ frame }: Letter): MailContent {
  const { emails } = frame.words;
  const words = emails.alreadySubscribed;
  const asked = words.asked(frame.library);
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why(frame.origin),
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{asked}</Paragraph>
        <Paragraph>{words.choose}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
      </>
    ),
    text: ours(words.heading, asked, words.choose, emails.buttonAsText(button.label, button.url)),
  });
}

export function welcome({
  frame,
  newest,
}: Letter & {
  readonly newest?: Pick<DigestChapter, "title" | "url" | "excerpt" | "language">;
}): MailContent {
  const { emails } = frame.words;
  const words = emails.welcome;
  const meanwhile = newest ? words.newest : words.noChapter;
  const button = newest ? { label: words.read, url: newest.url } : { label: emails.openLibrary, url: frame.origin };
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{words.confirmed}</Paragraph>
        <Paragraph>{meanwhile}</Paragraph>
        {newest && (
          <div {...textWordsInMail(newest, frame.words.language, frame.language)}>
            <EntryHeading>{newest.title}</EntryHeading>
            <Paragraph>{newest.excerpt}</Paragraph>
          </div>
        )}
        <Button href={button.url}>{button.label}</Button>
        <Quiet>{words.leave}</Quiet>
      </>
    ),
    text: ours(
      words.heading,
      words.confirmed,
      meanwhile,
      newest && `${newest.title}\n${newest.excerpt}`,
      emails.buttonAsText(button.label, button.url),
      words.leave,
    ),
  });
}

export function goodbye({ frame, undoUrl }: Letter & { readonly undoUrl: string }): MailContent {
  const { emails } = frame.words;
  const words = emails.goodbye;
  const ended = words.ended(frame.library);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why,
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{ended}</Paragraph>
        <Paragraph>{words.open}</Paragraph>
        <Paragraph>{words.mistake}</Paragraph>
        <Button href={undoUrl}>{words.button}</Button>
      </>
    ),
    text: ours(words.heading, ended, words.open, words.mistake, emails.buttonAsText(words.button, undoUrl)),
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
  const { emails } = frame.words;
  const words = emails.addressChange;
  const address = headerText(newAddress);
  const otherwise = words.otherwise(expiresInHours);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why,
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{words.asked(frame.library, <strong>{address}</strong>)}</Paragraph>
        <Button href={confirmUrl}>{words.button}</Button>
        <Quiet>{otherwise}</Quiet>
      </>
    ),
    text: ours(
      words.heading,
      words.asked(frame.library, address).join(""),
      emails.buttonAsText(words.button, confirmUrl),
      otherwise,
    ),
  });
}

/** To the old address, so an address cannot be changed without its owner's knowledge. */
export function addressChangeNotice({ frame, newAddress }: Letter & { readonly newAddress: string }): MailContent {
  const { emails } = frame.words;
  const words = emails.addressChangeNotice;
  const address = headerText(newAddress);
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why(frame.library),
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{words.entered(<strong>{address}</strong>)}</Paragraph>
        <Paragraph>{words.otherwise}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
      </>
    ),
    text: ours(
      words.heading,
      words.entered(address).join(""),
      words.otherwise,
      emails.buttonAsText(button.label, button.url),
    ),
  });
}

/** A new link to the preferences page. */
export function preferencesLink({ frame }: Letter): MailContent {
  const { emails } = frame.words;
  const words = emails.preferencesLink;
  const button = preferencesOrLibrary(frame);
  return renderMail(frame, {
    subject: words.subject(frame.library),
    preheader: words.preheader,
    why: words.why(frame.origin),
    body: (
      <>
        <Heading>{words.heading}</Heading>
        <Paragraph>{words.here}</Paragraph>
        <Button href={button.url}>{button.label}</Button>
        <Quiet>{words.secret}</Quiet>
      </>
    ),
    text: ours(words.heading, words.here, emails.buttonAsText(button.label, button.url), words.secret),
  });
}

/** To the author, about something that needs attention. */
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
  const { emails } = frame.words;
  const words = emails.authorNotice;
  const button = action ?? { label: emails.openLibrary, url: frame.origin };
  return renderMail(frame, {
    subject: words.subject(frame.library, title),
    preheader: lines[0] ?? title,
    why: words.why(frame.library),
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
    text: ours(title, ...lines, emails.buttonAsText(button.label, button.url)),
  });
}

const preferencesOrLibrary = ({
  words: { emails },
  preferencesUrl,
  origin,
}: MailFrame): { label: string; url: string } =>
  preferencesUrl === undefined
    ? { label: emails.openLibrary, url: origin }
    : { label: emails.openPreferences, url: preferencesUrl };

const ours = (...parts: readonly (string | undefined | false)[]): string => wrapText(paragraphs(...parts));
