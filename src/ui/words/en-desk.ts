/** Words the rest of the author's desk in English: part of the section `desk` of en.ts. */
import { counted, date, dateRange, decimal, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const answers = { one: "answer", other: "answers" };
const days = { one: "day", other: "days" };

const shortDay = date({ day: "numeric", month: "short" });
const month = date({ month: "long", year: "numeric" });
const year = (instant: string): string => instant.slice(0, 4);

export const desk = {
  /** Numbers in tables and charts; numbers in a sentence are part of the sentence. */
  numbers: {
    /** `1,250`. */
    count: number,
    /** `34 %`, on one line. */
    percent: (value: number) => `${number(value)}\u00a0%`,
    /** `0.4 %`. */
    percentWithDecimal: (value: number) => `${decimal(value)}\u00a0%`,
    /** `3:24 min`. */
    minutes: (minutes: number, seconds: number) => `${minutes}:${String(seconds).padStart(2, "0")} min`,
    partOf: (part: number, all: number) => `${number(part)} of ${number(all)}`,
  },

  /** Days and times are in UTC. */
  dates: {
    /** `25 Nov`. */
    shortDay,
    /** `25 Nov 2026`. */
    day: date({ day: "numeric", month: "short", year: "numeric" }),
    /** `Wed 25 Nov`. */
    shortWeekday: date({ weekday: "short", day: "numeric", month: "short" }),
    /** `14 – 20 Dec`: both ends are included. */
    period: dateRange({ day: "numeric", month: "short" }),
    /** `14:05 UTC`. */
    time: (instant: string) => `${instant.slice(11, 16)} UTC`,
    /** `November 2026`. */
    month,
    /** `Nov`. */
    shortMonth: date({ month: "short" }),
    /** `25 Nov 2026, 14:05 UTC`. */
    moment: (instant: string) => `${shortDay(instant)} ${year(instant)}, ${instant.slice(11, 16)} UTC`,
    /** `Wednesday 25 November`. */
    weekday: date({ weekday: "long", day: "numeric", month: "long" }),
    /** `Wed, 25 Nov 2026, 14:05`. */
    publication: date({
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    }),
    /** `1–25 Nov`: the days of a month up to that day. */
    monthUntil: (day: string) => `1–${Number(day.slice(8, 10))} ${month(day).slice(0, 3)}`,
  },

  /** Around every page of the desk. */
  frame: {
    title: (page: string) => `${page} · Desk`,
    navigation: "Desk",
    sections: {
      overview: "Overview",
      reading: "Reading",
      subscribers: "Subscribers",
      editions: "Editions",
      feedback: "Feedback",
      messages: "Messages",
      calendar: "Calendar",
    },
    signedIn: <Piece>(author: string, library: Mark<Piece>): Parts<Piece> => [
      `Signed in as ${author}. `,
      library("View library"),
    ],
    back: "Back to the desk",
    /** Names a chart's table. */
    numbers: "The numbers",
    numbersOf: (chart: string) => `${chart}: the numbers`,
  },

  /** Forms that are unavailable or have expired. */
  forms: {
    noKey: <Piece>(code: Mark<Piece>): Parts<Piece> => [
      "To enable actions on this page, set ",
      code("TOKEN_KEYS"),
      ", which signs the desk's forms (see README.md).",
    ],
    unchanged: "Nothing was changed",
    stale: "The page had expired or belonged to another session. Reload it and try again.",
    reload: "Reload the page",
    overtaken: "No answer was chosen, or the question has changed or been answered since this page was opened.",
    openQuestions: "View open questions",
    /** Plain text: a cross-site request gets no page. */
    foreign: "This request did not come from the desk and was ignored.",
    cancel: "Cancel",
  },

  access: {
    /** For visitors of a desk that is disabled. */
    noPage: "There is no page at this address.",
    forAuthor: "The author's desk",
    signIn:
      "This page is for the author, who signs in through Cloudflare Access. If that is you, sign in again and check that the Access application covers this URL.",
    unverified: "Cannot verify your login",
    tryAgain: "Cloudflare Access could not be reached to verify your login. Please try again in a minute.",
    /** Used if there is no name. */
    author: "the author",
  },

  /** Names of pages, sources, states and emails. */
  names: {
    home: "Home page",
    overview: (book: string) => `${book}: start here`,
    list: (names: readonly string[]) => names.join(", "),
    quoted: (title: string) => `“${title}”`,
    sources: {
      unknown: "Direct or unknown",
      newsletter: "The newsletter",
      other: "Other hosts (over the daily limit of 300)",
      internal: "Internal navigation",
    },
    states: {
      delivered: "Delivered",
      accepted: "Accepted, delivery not confirmed",
      sending: "Waiting",
      uncertain: "Uncertain",
      bounced: "Bounced",
      complained: "Marked as spam",
      failed: "Failed",
      skipped: "Skipped",
    },
    /** Frequencies of subscribers, and audiences of editions. */
    audiences: { each: "Each chapter", weekly: "Weekly digest", monthly: "Monthly digest", corrections: "Corrections" },
    correctionOf: (chapter: string) => `Correction to ${chapter}`,
    /** Transactional emails, by their kind. */
    messages: {
      confirmation: "Confirmation request",
      "already-subscribed": "Already subscribed",
      welcome: "Welcome",
      goodbye: "Goodbye",
      "address-change": "Address change: confirmation",
      "address-change-notice": "Address change: notice",
      "preferences-link": "Preferences link",
      "author-notice": "Author notices",
      "reader-message": "Messages from readers",
    },
  },

  /** Readers' answers to the question at the end of a chapter. */
  feedback: {
    lead: (question: string) => `Answers to “${question}” at the end of each chapter. They are anonymous.`,
    none: "No answers. Each chapter asks at the end; readers answer yes or no and can add a comment.",
    saidYes: <Piece>(yes: number, all: number, share: string, strong: Mark<Piece>): Parts<Piece> => [
      strong(number(yes)),
      ` of ${counted(all, answers)} said yes (${share}).`,
    ],
    noMatch: <Piece>(all: Mark<Piece>): Parts<Piece> => ["No answers match these filters. ", all("Show all answers")],
    older: "Older answers",
    chapter: "Chapter",
    allChapters: "All chapters",
    chapterCount: (name: string, count: number) => `${name} (${number(count)})`,
    answer: "Answer",
    either: "Clear or not",
    clear: "Clear",
    unclear: "Not clear",
    comment: "Comment",
    withOrWithout: "With or without",
    withComment: "With a comment",
    withoutComment: "Without a comment",
    comments: "Comments",
    noComments: "No comments here, only answers without one.",
    silent: "Answers without a comment",
    yes: "Yes",
    no: "No",
    oneByOne: "One by one",
    allSilent: "All answers without a comment",
    notArchived: "Not archived",
    show: "Show",
    archive: "Archive",
    archived: (moment: string) => `Archived ${moment}`,
    delete: "Delete",
    deleteNamed: (moment: string) => `Delete the answer of ${moment}`,
    deleteTitle: "Delete this answer?",
    deleteLead: "The answer is removed from the database and from all totals. This cannot be undone.",
    deleteWords:
      "Existing backups still contain it, and so does the database's own history: for 7 days on Cloudflare's free plan, for 30 days on a paid plan.",
  },

  calendar: {
    lead: "As of the last deploy. Times are in UTC; a date without a time means midnight.",
    nothing: "Nothing is scheduled",
    /** `field`: a line of front matter. */
    nothingWords: <Piece>(field: string, isEmailed: boolean, code: Mark<Piece>): Parts<Piece> => [
      "Give a chapter a time in its front matter, such as ",
      code(field),
      `, and deploy: it is published at that minute without another deploy${isEmailed ? " and emailed then" : ""}.`,
    ],
    recent: (dayCount: number) => `Published in the last ${counted(dayCount, days)}`,
    read: "Read",
    drafts: "Drafts without a date",
    noDrafts: <Piece>(code: Mark<Piece>): Parts<Piece> => [
      "None. ",
      code("npm run new -- chapter BOOK SLUG"),
      " creates one; it appears here after the next deploy.",
    ],
    emailed: (weekly: string, monthly: string) =>
      `Emailed immediately to “each chapter” subscribers, in the weekly digest of ${weekly}, and in the monthly digest of ${monthly}.`,
    notEmailed: "The newsletter is off, so it will not be emailed.",
    bookOpens: (moment: string) => `Its book is published later, on ${moment}; the chapter stays hidden until then.`,
    bookIsDraft: "Its book is a draft; the chapter stays hidden until the book is published.",
    /** `titles`: one quoted title, or several as a list. */
    inOneEmail: (titles: string) =>
      `Shares one email with ${titles}, sent as a list of links; a chapter on its own is emailed in full.`,
    closeBy: (titles: string) =>
      `Less than a day apart from ${titles}: “each chapter” subscribers get two emails within a day.`,
    titles: (titles: readonly string[]) => titles.map((title) => `“${title}”`).join(" and "),
    bookAndTime: (book: string, minutes: number) => `${book}, ${number(minutes)} min`,
    today: "today",
    tomorrow: "tomorrow",
    inDays: (count: number) => `in ${counted(count, days)}`,
    previewPage: "Preview page",
    previewPageOf: (title: string) => `Preview page: ${title}`,
    previewEmail: "Preview email",
    previewEmailOf: (title: string) => `Preview email: ${title}`,
    share: "Create a share link",
    shareOf: (title: string) => `Create a share link: ${title}`,
    createLink: "Create link",
    /** Before a choice of `days`. */
    validFor: "Valid for",
    days: (count: number) => plural(count, { one: "a day", other: `${number(count)} days` }),
    linkTitle: "Share link",
    linkWords: (until: string) =>
      `Anyone with this link can see the chapter as of the last deploy, as a page and as an email, until ${until}. It reveals nothing else that is unpublished. It cannot be revoked; once the chapter is published, it redirects there.`,
    openPreview: "Open preview",
    back: "Back to the calendar",
    noLink: "Cannot create a link",
    noLinkWords: <Piece>(code: Mark<Piece>): Parts<Piece> => [
      "Preview links must be signed, and no signing key is set. ",
      code("npx wrangler secret put TOKEN_KEYS"),
      " sets one: enter ",
      code("k1:"),
      " followed by the output of ",
      code("openssl rand -hex 32"),
      ".",
    ],
  },
};
