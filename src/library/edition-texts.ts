/** Texts shared by `npm run newsletter` and the desk: why an edition stopped, why a subscriber has no delivery. */

const reasonWords: Readonly<Record<string, string>> = {
  paused: "paused at the time",
  "paused while digests included it": "paused while digests included the chapter",
  "withdrawn while digests were sent": "the chapter was unpublished while digests were sent",
  "not a recipient while it was sent": "not among the recipients when the chapter was sent",
  "no record left after a rollback": "the database was rolled back, so nobody knows whether they got the chapter",
  unsubscribed: "had unsubscribed",
  suppressed: "suppressed: bounced or marked as spam",
  erased: "had erased their data",
  "book not wanted": "had not chosen this book",
  "skipped by the author": "you ended the edition",
  "skipped by the author while it was being posted": "you ended the edition while it was being sent",
  withdrawn: "the chapter was no longer published",
  "database restored": "the database was rolled back",
  "no answer within the life of the key": "no answer while it was safe to retry",
  "not repeated: a recipient has unsubscribed since":
    "no answer for four hours, and someone in the same batch has since unsubscribed, bounced or marked an email as spam",
};

/** Whom an edition is for. */
export const audienceWords = {
  each: "“each chapter” subscribers",
  weekly: "weekly digest subscribers",
  monthly: "monthly digest subscribers",
} as const;

/** Of a copy, by the reason on record; what a mail server said stands as it is. */
export const reasonWord = (reason: string): string => reasonWords[reason] ?? reason;

/** Raised when a transactional email may have been sent or not, and dismissed by the author. */
export const uncertainEmails = {
  id: "uncertain emails",
  title: "Transactional emails may not have arrived",
  body: "Resend did not answer about a confirmation or another transactional email while the request could be repeated. The email is not sent again, because its recipient may have it. Anyone who misses it can request it again with the form; the list is on the desk's subscribers page.",
} as const;

const stopWords: Readonly<Record<string, string>> = {
  restored: "The database was rolled back. Some recipients may already have this edition, with no record of it.",
  conflict:
    "Resend has already seen the idempotency key of one batch with different content. That batch may have been delivered and is not sent again; the others can continue.",
  author: "You paused it.",
  refused: "Resend rejected several of its emails one by one.",
  "mail missing": "Its stored email is no longer in KV.",
};
/** A sentence: why a mailing is stopped. */
export const stopWord = (reason: string | null): string =>
  reason === null ? "The reason was not recorded." : (stopWords[reason] ?? `Reason: ${reason}.`);
