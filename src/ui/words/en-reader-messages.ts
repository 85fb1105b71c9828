/** Words of messages from readers to the author in English: the section `readerMessages` of en.ts. */
import { counted, number } from "./en-formats.ts";
import type { Parts } from "./parts.ts";

const days = { one: "day", other: "days" };

export const readerMessages = {
  /** Link at the end of a chapter, and title of the page it leads to. */
  title: "Something wrong here?",
  lead: "Report a mistake or ask the author a question. Your message goes to the author and nobody else.",
  about: "About",
  /** Labels of the form. */
  quote: "Passage (optional)",
  quoteHint: "The words or the formula you are writing about.",
  place: "Where it is (optional)",
  placeHint: "A section, a figure or the number of an equation.",
  message: "Your message",
  email: "Email address (optional)",
  emailHint: "Only if you would like an answer.",
  send: "Send",
  /** Errors at the form. */
  empty: "Please write what is wrong or what you would like to know.",
  notAnAddress: "This is not a complete email address. Correct it, or leave the field empty.",
  notChecked: "The spam check did not succeed. Please try again.",
  elsewhere: "This form was submitted from another site, so nothing was sent. If the message is yours, send it here.",
  tooMany:
    "Your message was not sent: the limit for messages in 24 hours has been reached, for your network, this email address or overall. Please try again later.",
  needsScript: "The spam check on this form needs JavaScript.",
  tooLarge: {
    title: "Too large",
    text: (characters: number) =>
      `This message is too long, so it was not sent. It may have up to ${number(characters)} characters; please go back and shorten it.`,
  },
  privacy: {
    title: "What we keep",
    text: (message: number, address: number) =>
      `Your message is stored for ${counted(message, days)} at most, or until the author deletes it, and emailed to the author. Your email address is deleted ${counted(address, days)} after the author has answered or is done with the message, and at the latest with the message. If you subscribe to the newsletter with the same address and erase your data, your messages are erased too. Backups made before then still contain them. To prevent abuse, we count messages for 24 hours under keyed hashes, which reveal neither your network nor your address.`,
  },
  sent: {
    title: "Thank you",
    text: "Your message has been sent to the author.",
    back: <Piece>(chapter: Piece): Parts<Piece> => ["Back to ", chapter],
  },
  /** The email to the author. */
  notice: {
    title: (chapter: string | undefined) =>
      chapter === undefined ? "A message from a reader" : `A message about “${chapter}”`,
    place: (place: string) => `Place: ${place}`,
    quote: (quote: string) => `Passage: “${quote}”`,
    answer: (address: string) => `The reader would like an answer: reply to this email, which goes to ${address}.`,
    noAnswer: "The reader left no address.",
    last: "This was the last email about messages for now: for the next 24 hours, new ones are only shown at the desk.",
    desk: "View messages",
  },
};
