/** Words the archive of emails in English: the section `newsletter.archive` of en.ts. */
import type { Mark, Parts } from "./parts.ts";

export const archive = {
  title: "Archive",
  lead: (library: string) => `Every edition of ${library} that was sent, as the email it was.`,
  empty: <Piece>(link: Mark<Piece>): Parts<Piece> => [
    "Nothing has been sent yet. ",
    link("Subscribe"),
    " to get the first edition.",
  ],
  /** While the newsletter is not open. */
  nothingYet: "Nothing has been sent yet.",
  emptyYear: "Nothing was sent in this year.",
  years: "Years",
  older: "Older editions",
  /** By audience. */
  kinds: {
    each: "New chapter",
    several: "New chapters",
    weekly: "Weekly digest",
    monthly: "Monthly digest",
    corrections: "Correction",
  },
  sent: <Piece>(kind: string, day: Piece): Parts<Piece> => [`${kind}, `, day],
  onSite: "On the site",
  email: (subject: string) => `The email: ${subject}`,
  alone: "Open the email on its own",
  /** Instead of an email that is no longer stored. */
  notStored: "The email itself cannot be shown. Its chapters are on the site.",
  missing: {
    title: "Not in the archive",
    text: "There is no such edition, it has not been sent yet, or one of its chapters is no longer public.",
    back: "All editions",
  },
  /** In the email, instead of its footer. */
  footer: "A copy from the archive, without the recipient's address and personal links.",
};
