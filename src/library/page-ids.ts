/**
 * Names the elements of a page that have an id besides those of its text. A heading's id must be different from all of
 * them, and the id of a published heading must never change.
 */

/** Headings with these words get a number: `references-1`. Links from elsewhere may contain these ids, so they stay. */
export const reservedIds = {
  main: "main",
  contents: "contents",
  pageContents: "page-contents",
  notation: "notation",
  references: "references",
  cite: "cite",
} as const;

/** The dot is what no heading's id contains: github-slugger removes it. New ids belong here. */
export const pageIds = {
  newsletter: "page.newsletter",
  subscribeEmail: "page.subscribe-email",
  subscribeError: "page.subscribe-error",
  subscribeWebsite: "page.subscribe-website",
  feedback: "page.feedback",
  feedbackWords: "page.feedback-words",
  feedbackWebsite: "page.feedback-website",
  /** The text of a book's page, below its table of contents. */
  overview: "page.overview",
  /** The content of the card that previews what a link leads to. */
  card: "page.card",
  /** Fragment after a submitted answer: the thanks are on every page, and visible when the URL names them. */
  thanks: "page.thank-you",
  /** Fragment of a link that opens a text where the reader left it. No element has it. */
  continued: "page.continue",
} as const;

/** An equation without a label. */
export const unlabelledEquation = (name: string): string => `eq.${name}`;

/** A question, on the page of its text and on the page of all questions. */
export const questionElement = (id: string): string => `q.${id}`;

/** A place that the index lists: `term.attention-head`. */
export const markId = (name: string): string => `term.${name}`;

/** Elements of a text have ids with these prefixes, and headings never do. */
export const elementPrefixes = ["figure", "note", "eq", "ref"] as const;
