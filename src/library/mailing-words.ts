/** What the author is told of mailings, in the same words by `npm run newsletter` and at the desk: why one stopped, why a reader has no copy. */

const reasonWords: Readonly<Record<string, string>> = {
  paused: "paused at that time",
  "paused while digests included it": "paused while digests included the chapter",
  "withdrawn while digests were sent": "the chapter was withdrawn while digests were sent",
  "not a recipient while it was sent": "was not among the recipients while the chapter was sent",
  "no record left after a rollback": "the database was rolled back, so nobody knows whether they got the chapter",
  unsubscribed: "had left",
  suppressed: "bounced or complained before",
  erased: "had everything erased",
  withdrawn: "the chapter was not public any more",
  "database restored": "the database was set back to an earlier hour",
  "no answer within the life of the key": "no answer came while it was safe to ask again",
  "not repeated: a recipient has unsubscribed since":
    "no answer came for four hours, and somebody in the same batch unsubscribed, bounced or complained meanwhile",
};
/** Of a copy, by the reason on record; what a mail server said stands as it is. */
export const reasonWord = (reason: string): string => reasonWords[reason] ?? reason;

/** Raised when a transactional email may have been sent or not, and dismissed by the author. */
export const uncertainEmails = {
  id: "uncertain emails",
  title: "Transactional emails may not have arrived",
  body: "Resend gave no answer about a confirmation or another transactional email while the request could be repeated. It is not sent again, because its recipient may have it. Whoever misses it can request it again with the form; the list is on the desk's page about subscribers.",
} as const;

const stopWords: Readonly<Record<string, string>> = {
  restored:
    "The database was set back to an earlier hour. Some of its readers may have it already, with no record left of that.",
  conflict:
    "Resend knew the key of a batch with other contents. That batch may have arrived and is left as it is; the others can go on.",
  author: "You stopped it.",
};
/** A sentence: why a mailing is stopped. */
export const stopWord = (reason: string | null): string =>
  reason === null ? "It is not on record why." : (stopWords[reason] ?? `It stopped because of: ${reason}.`);
