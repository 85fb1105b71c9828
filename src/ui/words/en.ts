/**
 * Words pages, emails and the desk in English. One entry is a whole sentence, label or paragraph: its variable parts are
 * arguments, and a function wraps words of it in elements (parts.ts). Sections follow the product.
 */
import { authors } from "./en-authors.ts";
import { desk } from "./en-desk.ts";
import { deskEditions } from "./en-desk-editions.ts";
import { readerMessages as deskMessages } from "./en-desk-messages.ts";
import { deskOverview } from "./en-desk-overview.ts";
import { deskProblems } from "./en-desk-problems.ts";
import { deskReading } from "./en-desk-reading.ts";
import { emails, inbox, mailPreview } from "./en-emails.ts";
import { counted, date, number, plural } from "./en-formats.ts";
import { glossary } from "./en-glossary.ts";
import { labels } from "./en-labels.ts";
import { feeds, llms, mcp } from "./en-machines.ts";
import { map } from "./en-map.ts";
import { measurement } from "./en-measurement.ts";
import { newsletter, preferences, unsubscribe } from "./en-newsletter.ts";
import { notices } from "./en-notices.ts";
import { promise } from "./en-promise.ts";
import { readerMessages } from "./en-reader-messages.ts";
import { recall } from "./en-recall.ts";
import { search } from "./en-search.ts";
import { yourReading } from "./en-your-reading.ts";
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
    /** `24 November 2026 at 14:05:30`. */
    second: date({ dateStyle: "long", timeStyle: "medium" }),
  },

  feeds,
  llms,
  mcp,

  /** Around every page. */
  frame: {
    skip: "Skip to content",
    navigation: "Library",
    /** Label of the path from the library to the page: its book, and the number of its chapter. */
    breadcrumb: "Breadcrumb",
    /** On a narrow window, opens the links of the masthead. */
    menu: "Menu",
    about: "About",
    feed: "Feed",
    library: "Library",
    atomFeed: "Atom feed",
    /** Link to a licence without a usual short name. */
    licence: "Licence",
    /** In front of the option of the theme switch that is in use, where there is room. */
    theme: "Theme:",
    /** The options of the theme switch. */
    themes: { system: "Auto", light: "Light", dark: "Dark" },
    /** Button that opens the settings of type, theme and motion. */
    settings: "Reading settings",
    switchTheme: (theme: string) => `Theme: ${theme}. Switch theme`,
    colophon: <Piece>(counting: Mark<Piece>): Parts<Piece> => [
      "Set in Literata and Alegreya Sans. No cookies, ",
      counting("no tracking"),
      ".",
    ],
    backToLibrary: "Back to the library",
    /** The button that copies a listing; `copyYourself` if the browser does not allow it. */
    copy: "Copy",
    copied: "Copied",
    copyYourself: "Press Ctrl+C",
    /** Alt text of the image beside links to pages of the library. */
    shareImage: (library: string, tagline: string) => `${library}. ${tagline}`,
    /** Label of a hidden field that only bots fill in. */
    leaveEmpty: "Leave this empty",
    /** Label of an equation that scrolls. */
    equation: "Equation",
    /** Button at the place that a link within a text has led to. */
    wayBack: "Back to where you were",
  },

  home: {
    what: "A library of small books. Each chapter answers one question in three to five minutes, with its formula, numbers you can check by hand, and a figure.",
    about: "About this library",
    empty: "There are no books yet. The first one is being written.",
    newest: "New",
    startHere: "Start here",
    /** In its place for a reader who has been here before; the title of the chapter is below. */
    continue: "Continue",
    /** Link to the index of all books. */
    allBooks: (count: number) => `All ${number(count)} books, A to Z`,
    allChapters: (count: number) => `All ${counted(count, chapters)}`,
  },

  /** The index of all books. */
  books: {
    title: "Books",
    description: (library: string) => `All books of ${library}, from A to Z.`,
  },

  /** The notation: all symbols. */
  glossary,

  /** What to read first. */
  map,

  search,

  /** Chapters, overviews, and lists of them. */
  chapter: {
    /** `unit` also receives its tooltip. */
    minutes: <Piece>(count: number, unit: (words: string, title: string) => Piece): Parts<Piece> => [
      `${number(count)} `,
      unit("min", plural(count, { one: "minute to read", other: "minutes to read" })),
    ],
    draft: "Draft",
    scheduledFor: (day: string) => `Scheduled for ${day}`,
    updated: <Piece>(day: Piece): Parts<Piece> => ["Updated ", day],
    /** Heading of what changed after publication. */
    changes: "Changes",
    /** In front of what was wrong, or of what was added or revised. */
    correctedOn: <Piece>(day: Piece): Parts<Piece> => ["Corrected on ", day, ":"],
    changedOn: <Piece>(day: Piece): Parts<Piece> => ["Changed on ", day, ":"],
    /** Near the authors; links to the changes. */
    corrected: <Piece>(day: Piece): Parts<Piece> => ["Corrected ", day],
    planned: "planned",
    needs: "Read first",
    /** Prerequisites in a table of contents: the numbers of chapters in this book, and titles of others. */
    after: <Piece>(needs: readonly Piece[]): Parts<Piece> => [
      "after ",
      ...needs.flatMap((need, index) => (index > 0 ? [", ", need] : [need])),
    ],
    plannedNeed: (title: string) => `${title} (planned)`,
    /** Link to all chapters that this one builds on, directly or not: always several. */
    allNeeds: (count: number, minutes: number) => `All ${counted(count, chapters)} in order, ${number(minutes)} min`,
    /** In front of the chapters that build on this one. */
    neededBy: "Needed for",
    notPublishedYet: "This chapter is not published yet",
    chapters: (count: number) => counted(count, chapters),
    chaptersPublished: (count: number, published: number) =>
      `${counted(count, chapters)}, ${number(published)} published so far`,
    number: (number: number) => `Chapter ${number}`,
    /** Where a chapter is in its book. */
    place: (number: number, count: number) => `${number} of ${count}`,
    /** The chapters before and after it. */
    back: (number: number) => `‹ ${number}`,
    on: (number: number) => `${number} ›`,
    onThisPage: "On this page",
    contents: "Chapters in this book",
    notation: "Notation",
    /** Below the notation of a chapter, links to that of its book. */
    allSymbols: "All symbols in this book",
    references: "References",
    citeChapter: "Cite this chapter",
    citeOverview: "Cite this overview",
    copyMarkdown: "Copy as Markdown",
    neighbours: "Chapters",
    previous: "Previous",
    next: "Next",
    startHere: "Start here",
    continue: (title: string) => `Continue: ${title}`,
    /** A small line, and the link text below it. */
    backToLibrary: <Piece>(small: Mark<Piece>, large: Mark<Piece>): Parts<Piece> => [
      small("Back to"),
      " ",
      large("The library"),
    ],
    last: "Last chapter so far",
    allChapters: "All chapters in this book",
  },

  authors,

  labels,

  recall,
  yourReading,

  subscribe: {
    title: "New chapters by email",
    promise: "Each one as it is published, and nothing else. Unsubscribe with one click.",
    button: "Subscribe",
    email: "Email address",
    /** Cloudflare Turnstile checks the form. */
    needsScript: <Piece>(feed: Mark<Piece>): Parts<Piece> => [
      "The spam check on this form needs JavaScript. The ",
      feed("feed"),
      " does not.",
    ],
    expect: "What to expect",
  },

  feedback: {
    question: "Was this clear?",
    comment: "What helped, or what was missing? (optional) Sent with your answer.",
    yes: "Yes",
    no: "No",
    thanks: "Thank you. Your answer goes to the author anonymously.",
    /** Beside the form, if an answer could not be sent. */
    limitReached: "The limit for answers has been reached. Please try again later.",
    notSent: "Your answer could not be sent. Please try again.",
    /** Pages for answers that were rejected. */
    elsewhere: {
      title: "Request blocked",
      text: "This answer was submitted from another site, so it was not saved.",
    },
    incomplete: {
      title: "Yes or no?",
      text: "The answer did not say yes or no, or the chapter no longer exists. Please go back and choose one of the two buttons.",
    },
    tooLarge: { title: "Too large", text: "The answer is too long, so it was not saved." },
    tooMany: {
      title: "Limit reached",
      text: "The limit for answers in 24 hours has been reached, for your network or overall. Please try again later.",
    },
  },

  readerMessages,

  measurement,

  /** Links to chapters that are not public yet. */
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
    /** Plain text, for clients that are not browsers, and for a file opened on its own. */
    onlyGet: "This URL supports only GET and HEAD.",
    noFile: "File not found.",
    noImage: "Image not found.",
    tryAgain: "Please try again in a moment.",
    tooLong: (max: number) => `This URL is too long: a path may have at most ${max} characters.`,
  },

  newsletter,
  promise,
  preferences,
  unsubscribe,
  emails,
  notices,
  mailPreview,
  inbox,
  desk: { ...desk, readerMessages: deskMessages, ...deskOverview, ...deskProblems, ...deskReading, ...deskEditions },
};
