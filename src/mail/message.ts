/** Defines an email without its recipient: subject and bodies, and what all emails of a library share. */
import type { Words } from "../ui/words/words.ts";

export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/**
 * What surrounds the body of every email. A URL may be a placeholder between two NULs that is filled in per recipient: it
 * appears unchanged in `href` and in the text.
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
  /** The email in the archive, if it belongs to an edition. */
  readonly archiveUrl?: string | undefined;
}

/** RFC 5322 allows lines of 998 characters; email clients show a third of this at most. */
const maxHeaderLength = 250;

/** Makes a text safe as the value of a header: one line of at most 250 characters. */
export function headerText(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  if (line.length <= maxHeaderLength) return line;
  // The cut may split a surrogate pair.
  return `${line
    .slice(0, maxHeaderLength - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trim()}…`;
}
