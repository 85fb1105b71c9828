/**
 * What pages, emails and the desk say, in English. One entry is a whole sentence, label or paragraph: what stands inside
 * a sentence is an argument, and a function puts elements around words of it (parts.ts). Sections follow the product.
 */
import { desk } from "./en-desk.ts";
import { counted, date, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const chapters = { one: "chapter", other: "chapters" };

export const en = {
  /** BCP 47. */
  language: "en",

  dates: {
    /** `24 November 2026`. */
    day: date({ day: "numeric", month: "long", year: "numeric" }),
    /** `24 November 2026 at 14:05`. */
    moment: date({ dateStyle: "long", timeStyle: "short" }),
  },

  /** Around every page. */
  frame: {
    skip: "Skip to content",
    navigation: "Library",
    about: "About",
    feed: "Feed",
    library: "Library",
    atomFeed: "Atom feed",
    /** The themes that the switch goes through. */
    themes: { system: "Auto", light: "Light", dark: "Dark" },
    switchTheme: (theme: string) => `Theme: ${theme}. Switch theme`,
    colophon: <Piece>(counting: Mark<Piece>): Parts<Piece> => [
      "Set in Literata and Alegreya Sans. No cookies, ",
      counting("no tracking"),
      ".",
    ],
    backToLibrary: "Back to the library",
    /** Of the button that copies a listing; `copyYourself` where the browser does not let it. */
    copy: "Copy",
    copied: "Copied",
    copyYourself: "Press Ctrl+C",
    /** Of a field that people do not see: whoever fills it in is a program. */
    leaveEmpty: "Leave this empty",
    /** Names an equation that scrolls. */
    equation: "Equation",
  },

  home: {
    what: "A library of small books. Each chapter answers one question in three to five minutes, with its formula, numbers you can check by hand, and a figure. Every book opens with an overview: start there.",
    about: "About this library",
    empty: "There are no books yet. The first one is being written.",
    newest: "Latest chapters",
    startHere: "Start here",
  },

  /** Chapters and overviews, and the lists that they are in. */
  chapter: {
    /** `unit` also gets what is said of it on hovering. */
    minutes: <Piece>(count: number, unit: (words: string, title: string) => Piece): Parts<Piece> => [
      `${number(count)} `,
      unit("min", plural(count, { one: "minute to read", other: "minutes to read" })),
    ],
    draft: "Draft",
    scheduledFor: (day: string) => `Scheduled for ${day}`,
    updated: <Piece>(day: Piece): Parts<Piece> => ["Updated ", day],
    planned: "planned",
    needs: "Read first",
    plannedNeed: (title: string) => `${title} (planned)`,
    notPublishedYet: "This chapter is not published yet",
    chapters: (count: number) => counted(count, chapters),
    chaptersPublished: (count: number, published: number) =>
      `${counted(count, chapters)}, ${number(published)} published so far`,
    number: (number: number) => `Chapter ${number}`,
    book: "Book",
    onThisPage: "On this page",
    contents: "Chapters in this book",
    notation: "Notation",
    references: "References",
    citeChapter: "Cite this chapter",
    citeOverview: "Cite this overview",
    neighbours: "Previous and next chapters",
    previous: "Previous",
    next: "Next",
    startHere: "Start here",
    /** A small line, and what it leads to. */
    backToLibrary: <Piece>(small: Mark<Piece>, large: Mark<Piece>): Parts<Piece> => [
      small("Back to"),
      " ",
      large("The library"),
    ],
    last: "Last chapter so far",
    allChapters: "All chapters in this book",
  },

  feedback: {
    question: "Was this clear?",
    comment: "What helped, or what was missing? (optional)",
    yes: "Yes",
    no: "No",
    thanks: "Thank you. Your answer goes to the author anonymously.",
    /** Beside the form, when an answer did not come through. */
    limitReached: "The limit for answers has been reached. Please try again later.",
    notSent: "Your answer could not be sent. Please try again.",
  },

  /** Links to what is not public yet. */
  preview: {
    draft: (until: string) => `Preview of a draft, visible only through this link, which is valid until ${until} UTC.`,
    scheduled: (until: string) =>
      `Preview of a scheduled chapter, visible only through this link, which is valid until ${until} UTC.`,
    asEmail: "View as email",
    notAvailable: "Preview not available",
    invalid:
      "This preview link is not valid or has expired: preview links last a few days. Ask whoever sent it to you for a new one.",
  },

  errors: {
    notFound: "Page not found",
    noPage: "There is no page at this address. The link may be misspelt, or the chapter may not be published yet.",
    near: "Were you looking for one of these?",
    unavailable: "Temporarily unavailable",
    notLoaded: (seconds: number) =>
      `This page cannot be loaded right now. Please try again in about ${counted(seconds, { one: "second", other: "seconds" })}; the rest of the library is working.`,
    failed: "Something went wrong",
    logged: "An error on our side kept this page from loading. It has been logged; please try again later.",
    /** Plain text, for programs and for those who opened a file by itself. */
    onlyGet: "This URL supports only GET and HEAD.",
    noFile: "File not found.",
    noImage: "Image not found.",
    tryAgain: "Please try again in a moment.",
    tooLong: (max: number) => `This URL is too long: a path may have at most ${max} characters.`,
  },

  desk,
};
