/** What a mail is before it has a recipient: its subject and its two bodies, and what all mails of a library share. */
import type { Words } from "../ui/words/words.ts";

export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * What stands around every mail. A URL may also be a mark that begins and ends with a NUL and is filled in
 * for each copy later: it comes through into `href` and text as it is.
 */
export interface MailFrame {
  readonly library: string;
  readonly tagline: string;
  /** BCP 47, such as `en`. */
  readonly language: string;
  /** The interface's wording in that language. */
  readonly words: Words;
  readonly origin: string;
  readonly postalAddress: string | undefined;
  readonly preferencesUrl: string | undefined;
  readonly unsubscribeUrl: string | undefined;
}

/** RFC 5322 allows lines of 998; nobody is shown more than a third of this. */
const maxHeaderLength = 250;

/** A text that is safe as the value of a header: one line of at most 250 characters, however it was given. */
export function headerText(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  if (line.length <= maxHeaderLength) return line;
  // The cut may fall between the halves of a character.
  return `${line
    .slice(0, maxHeaderLength - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trim()}…`;
}
