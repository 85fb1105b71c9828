/** Wording of the map, and of the way to a chapter, in English: the section `map` of en.ts. */
import { counted, number } from "./en-formats.ts";

const chapters = { one: "chapter", other: "chapters" };

export const map = {
  /** Link to the map. */
  map: "Map",
  title: "What to read first",
  titleOf: (book: string) => `What to read first: ${book}`,
  description: (library: string) => `What builds on what in ${library}, and the shortest way to each chapter.`,
  introduction:
    "A line leads from a chapter down to each chapter that builds on it. Chapters that no line connects can be read in any order.",
  /** Nothing in the book or the library needs anything else. */
  anyOrder: "No chapter builds on another one, so they can be read in any order.",
  /** Label of the links to the maps of the books. */
  choice: "Maps",
  allBooks: "All books",
  tooLarge: "A map of all books would be too large for one page. Choose a book:",
  /** Followed by a link to the table of contents. */
  bookTooLarge:
    "A map of this book would be too large for one page. The table of contents lists what to read before each chapter:",
  unknown: "This chapter does not exist, or it has not been published yet. This is the map of all books.",

  /** The form that leads to the way to a chapter. */
  wayTo: "Shortest way to",
  show: "Show",

  /** `chapter`: its title. */
  way: (chapter: string) => `The shortest way to ${chapter}`,
  /** Below the title of a way, which ends with the chapter itself. */
  wayLength: (count: number, minutes: number) =>
    `${counted(count, chapters)} in the order to read them, ${number(minutes)} minutes in all.`,
  needsNothing: "This chapter builds on no other, so you can read it now.",
  onMap: "On the map",
};
