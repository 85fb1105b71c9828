/** Words the desk's page of messages from readers in English: the section `readerMessages` of `desk`. */
import { number } from "./en-formats.ts";

export const readerMessages = {
  lead: "What readers report or ask, from a passage or a chapter.",
  states: { open: "Open", answered: "Answered", done: "Done" },
  stateCount: (state: string, count: number) => `${state} (${number(count)})`,
  filter: "Messages by state",
  none: {
    open: "No open messages. Readers can write from the end of a chapter or from a selected passage.",
    answered: "No answered messages.",
    done: "No messages that are done.",
  },
  older: "Older messages",
  noText: "About no chapter in particular",
  view: "View on the page",
  answer: "Answer by email",
  answerNamed: (address: string) => `Answer ${address} by email`,
  subject: (chapter: string | undefined, library: string) =>
    chapter === undefined ? `Your message to ${library}` : `Your message about “${chapter}”`,
  greeting: "Thank you for your message.",
  mark: { open: "Reopen", answered: "Mark as answered", done: "Mark as done" },
  closed: (state: string, moment: string) => `${state} ${moment}`,
  change: "As an entry of “changes”",
  changeHint: "For the front matter of the chapter. Reword it: readers see this text.",
  delete: "Delete",
  deleteNamed: (moment: string) => `Delete the message of ${moment}`,
  deleteTitle: "Delete this message?",
  deleteLead: "The message and the reader’s address are removed from the database. This cannot be undone.",
};
