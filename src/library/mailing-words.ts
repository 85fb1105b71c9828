/** What the author is told of mailings, in the same words by `npm run newsletter` and at the desk: why one stopped, why a reader has no copy. */

const reasonWords: Readonly<Record<string, string>> = {
  paused: "paused at that time",
  unsubscribed: "had left",
  suppressed: "bounced or complained before",
  erased: "had everything erased",
  withdrawn: "the chapter was not public any more",
  "database restored": "the database was set back to an earlier hour",
  "no answer within the life of the key": "no answer came while it was safe to ask again",
};
/** Of a copy, by the reason on record; what a mail server said stands as it is. */
export const reasonWord = (reason: string): string => reasonWords[reason] ?? reason;

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
