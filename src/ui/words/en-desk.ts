/** Words the author's desk in English; `npm run newsletter` uses some of it as well. */
import { counted, date, decimal, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const answers = { one: "answer", other: "answers" };
const chapters = { one: "chapter", other: "chapters" };
const completions = { one: "completion", other: "completions" };
const days = { one: "day", other: "days" };
const deliveries = { one: "delivery", other: "deliveries" };
const emails = { one: "email", other: "emails" };
const months = { one: "month", other: "months" };
const reads = { one: "read", other: "reads" };
const subscribers = { one: "subscriber", other: "subscribers" };
const views = { one: "view", other: "views" };

const shortDay = date({ day: "numeric", month: "short" });
const month = date({ month: "long", year: "numeric" });
const year = (instant: string): string => instant.slice(0, 4);

/** What a rate refers to: one edition, or a week of all emails. */
const rateOf = (edition: string | undefined): string =>
  edition === undefined ? "Of the emails of the last seven days" : `Of ${edition}`;

/** For effects whose verb is the same after “1 subscriber” and “2 subscribers”. */
const forAny =
  (words: string) =>
  (_count: number): string =>
    words;

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
    audiences: { each: "Each chapter", weekly: "Weekly digest", monthly: "Monthly digest" },
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
    },
  },

  /** Names of columns and rows with numbers. */
  measures: {
    views: "Views",
    reads: "Reads",
    completions: "Completions",
    share: "Share",
    newSubscribers: "New subscribers",
    lostSubscribers: "Lost subscribers",
  },

  overview: {
    lead: (day: string) => `${day}. Days are in UTC.`,
    attention: "Needs your attention",
    noAttention: "Nothing needs your attention",
    normal:
      "No edition has stopped, there are no open notices, and bounces, complaints, quota, webhooks and the cron trigger all look normal.",
    nothingToWatch: "The newsletter is off, so there is nothing to watch yet. The README explains how to turn it on.",
    dismiss: "Dismiss",
    today: "Today",
    yesterday: "Yesterday",
    soFar: "So far",
    change: "Change",
    lastDays: (count: number) => `The last ${counted(count, days)}`,
    lastDaysChart: (count: number) => `Views and reads, the last ${counted(count, days)}`,
    noViews: <Piece>(count: number, chapter: Mark<Piece>): Parts<Piece> => [
      `No views in the last ${counted(count, days)}. Open a `,
      chapter("chapter"),
      " and it appears here within a minute.",
    ],
    chapters: "Chapters",
    chaptersCaption: (count: number, question: string) =>
      `The last ${counted(count, days)}. A read lasts at least half the reading time and reaches half the text; a completion reaches the end. Answers to “${question}” are all-time.`,
    sources: "Traffic sources",
    sourcesCaption: (viewCount: number, dayCount: number) =>
      `Of ${counted(viewCount, views)} in ${counted(dayCount, days)}`,
    from: "From",
    noSources: "When a reader follows a link from another site, its host name (and nothing more) appears here.",
    subscribers: "Subscribers",
    newsletterOff: "The newsletter is off. The README explains how to turn it on.",
    confirmed: <Piece>(count: number, strong: Mark<Piece>): Parts<Piece> => [strong(number(count)), " confirmed"],
    /** `difference`: `+3`. */
    recentChange: (difference: string, dayCount: number, gained: number, lost: number) =>
      `${difference} in ${counted(dayCount, days)}: ${number(gained)} gained, ${number(lost)} lost.`,
    pending: (count: number) => `${number(count)} awaiting confirmation.`,
    growth: "Subscriber growth by month",
  },

  /** What needs the author's attention. Names of editions are in quotation marks. */
  problems: {
    review: "Review",
    viewEditions: "View editions",
    viewQueue: "View queue",
    restored: "Sending is paused after a restore",
    restoredWords:
      "The database was restored from a backup. Sending stays paused until you resume it. Review the stopped editions first: some subscribers may already have them.",
    stopped: (edition: string) => `${edition} has stopped`,
    /** `why`: a sentence. */
    stoppedWords: (why: string, since: string | undefined) =>
      `${why} Nothing has been sent${since === undefined ? "" : ` since ${since}`}, and nothing will be until you continue or end it.`,
    twice: (count: number, edition: string) => `${counted(count, subscribers)} received ${edition} twice`,
    twiceWords: (count: number) =>
      `Two emails of this edition are on record for the same ${plural(count, subscribers)}. Pause it before more are sent, and report this: it is a bug in the library.`,
    uncertain: (count: number, edition: string) => `${counted(count, deliveries)} of ${edition} may not have arrived`,
    uncertainWords:
      "Resend did not answer while the request could be repeated. They are not sent again, because the recipients may already have them. Write to those you know, or leave it; then dismiss this notice.",
    uncertainEmails: (count: number) =>
      `${counted(count, { one: "transactional email", other: "transactional emails" })} may not have arrived`,
    /** `kinds`: a list of `uncertainKind`. */
    uncertainEmailsWords: (kinds: string, count: number) =>
      `${kinds}: Resend did not answer while the request could be repeated. ${plural(count, { one: "It is", other: "They are" })} not sent again, because ${plural(count, { one: "its recipient may have it", other: "their recipients may have them" })}. Anyone who misses one can request it again with the form. Dismiss this when you have read it.`,
    uncertainKind: (name: string, count: number) => `“${name}”${count > 1 ? ` (${number(count)})` : ""}`,
    moreEvents: "Resend reports more emails than were sent",
    moreEventsWords: (reported: number, recorded: number) =>
      `In the last seven days it reported ${number(reported)} emails, but only ${number(recorded)} are on record. Either something else sends from the same account, or subscribers get emails that are not recorded. Compare with the log in Resend's dashboard.`,
    cronNever: "The cron trigger has not run yet",
    cronSilent: "The cron trigger is not running",
    /** `lastRun`: the moment of the last one, if there was any. */
    cronWords: (lastRun: string | undefined) =>
      `${lastRun === undefined ? "The newsletter is on, but no cron run has been recorded." : `Its last run was about ${lastRun}.`} It should run every five minutes; without it, no chapters are emailed and statistics are not aggregated. Check the Worker's triggers in Cloudflare's dashboard, and deploy again.`,
    webhook: "No webhook events from Resend",
    webhookWords: (since: string, path: string) =>
      `Resend accepted emails on ${since}, but no webhook event has arrived since. Without them, bounces and complaints are not suppressed. In Resend, check the webhook for ${path} and its recent attempts, and compare its signing secret with RESEND_WEBHOOK_SECRET.`,
    bounces: (share: string) => `${share} bounce rate`,
    bouncesWords: (edition: string | undefined, bounced: number, sent: number) =>
      `${rateOf(edition)}, ${number(bounced)} of ${number(sent)} bounced. Above 4 %, email providers start to distrust the sender, and Resend may suspend the account. These addresses are now suppressed; find out where they came from, especially if you imported a list.`,
    complaints: (count: number) => `${counted(count, subscribers)} marked the newsletter as spam`,
    complaintsWords: (edition: string | undefined, share: string) =>
      `${rateOf(edition)}, ${share} did; Google and Yahoo expect less than 0.1 %. These subscribers are now suppressed. Consider what they may not have expected, such as a late digest or an import without consent.`,
    held: (until: string) => `Sending is paused until ${until}`,
    heldWords: (reason: string | undefined) =>
      `Resend says: ${reason ?? "nothing"}. Nothing is lost, and nothing will be sent twice.`,
    quotaDay: "The quota for today is nearly used up",
    quotaMonth: "The quota for this month is nearly used up",
    quotaWords: (sent: number, most: number) =>
      `About ${number(sent)} of ${number(most)} emails have been sent. The rest, including confirmations for new subscribers, waits until the quota resets. If that is too slow, upgrade your Resend plan and update MAIL_QUOTA.`,
  },

  /** Is this chapter new, or has it moved? */
  questions: {
    /** A chapter within a sentence, and at its beginning. */
    overview: (book: string) => `the overview of “${book}”`,
    overviewFirst: (book: string) => `The overview of “${book}”`,
    answered: (text: string) => `${text}: your answer applies from the next cron run`,
    taken: (text: string) => `${text} has the URL of another chapter`,
    found: (url: string) => `What ${url} may have been has been found again. The next cron run resolves the question.`,
    isNew: (text: string) => `Is ${text} a new chapter?`,
    /** `missing`: one URL, or `missingMany`. */
    appeared: (url: string, missing: string) =>
      `It has appeared at ${url}, and ${missing} disappeared. It is not emailed until you answer. An answer is final.`,
    /** `urls`: undefined if there are too many. */
    missingMany: (count: number, urls: string | undefined) =>
      `${counted(count, chapters)}${urls === undefined ? "" : ` (${urls})`}`,
    legend: "Which chapter is it?",
    answer: "Answer",
    itIsNew: "It is a new chapter",
    itIs: (id: string, published: string | undefined, last: string | undefined) =>
      `It is ${id}${published === undefined ? "" : `, published ${published}`}${last === undefined ? "" : `, last at ${last}`}`,
    doneNew: (place: string) => `${place} is a new chapter. Your answer applies from the next cron run.`,
    /** `line` is front matter, `file` has its folder. */
    doneMoved: <Piece>(place: string, id: string, line: Piece, file: string): Parts<Piece> => [
      `${place} is ${id}. Your answer applies from the next cron run. Also write `,
      line,
      ` into the front matter of ${file}, so that feeds show no new entry after the next deploys.`,
    ],
  },

  reading: {
    lead: "Views are counted on the server. Reads, completions and depth come from the page's script, so a reader without JavaScript counts only as a view. Days are in UTC.",
    period: "Period",
    /** By number of days. */
    spans: { 30: "30 days", 90: "90 days", 364: "52 weeks" },
    all: "All pages",
    allChart: "Views and reads of all pages",
    noViewsYet:
      "No views in this period. A view appears here within a minute; your own visits count too, unless your browser sends Do Not Track.",
    /** `share`: of the views of chapters, if others are among them. */
    totals: <Piece>(
      viewCount: number,
      readCount: number,
      share: string,
      hasOthers: boolean,
      completionCount: number,
      strong: Mark<Piece>,
    ): Parts<Piece> => [
      strong(number(viewCount)),
      " views, ",
      strong(number(readCount)),
      ` reads (${share}${hasOthers ? " of chapters' views" : ""}), `,
      strong(number(completionCount)),
      " completions",
    ],
    atHome: (count: number) => `${counted(count, views)} of the home page included: it has no text to read through.`,
    byChapter: "By chapter:",
    nothingPublished: "No chapter of this book is published yet.",
    notViewed:
      "No chapter of this book was viewed in this period. Once there are views, you can see here how far readers get.",
    /** Headings of the table of chapters. */
    heads: {
      chapter: "Chapter",
      views: "Views",
      reads: "Reads",
      finishes: "Completions",
      share: "Read",
      clear: "Clear",
    },
    others: (count: number) => `${number(count)} others`,
  },

  /** Views and reads by day, or by week. */
  daysChart: {
    noViews: (dayCount: number) => `No views in ${counted(dayCount, days)}.`,
    /** `day`: the day with the most views, or the first day of that week. */
    words: (viewCount: number, readCount: number, dayCount: number, peak: number, day: string, isByWeek: boolean) =>
      `${counted(viewCount, views)} and ${counted(readCount, reads)} in ${counted(dayCount, days)}; peak: ${counted(peak, views)} ${isByWeek ? "in the week from" : "on"} ${day}.`,
    viewsByWeek: "Views, by week",
    day: "Day",
    week: "Week",
    weekFrom: (day: string) => `Week from ${shortDay(day)} ${year(day)}`,
    column: (name: string, viewCount: number, readCount: number) =>
      `${name}: ${counted(viewCount, views)}, ${counted(readCount, reads)}`,
  },

  depthChart: {
    title: "Reading depth",
    words: (viewCount: number, reached: string) => `Of ${counted(viewCount, views)}: ${reached}.`,
    reached: (share: string, depth: number) => `${share} reached ${depth} %`,
    depth: "Depth",
    shareOfViews: "Share of views",
    /** By percentage. */
    depths: { 25: "A quarter", 50: "Half", 75: "Three quarters", 100: "The end" },
    row: (name: string, depth: number) => `${name} (${depth} %)`,
  },

  /** From one chapter of a book to the next. */
  funnel: {
    title: (book: string) => `Reading funnel: ${book}`,
    none: "No chapters.",
    chapter: "Chapter",
    words: (count: number, first: string, firstViews: number, last: string, lastViews: number) =>
      `${number(count)} chapters. ${first}: ${counted(firstViews, views)}; ${last}: ${counted(lastViews, views)}.`,
    extremes: (most: string, mostShare: string, least: string, leastShare: string) =>
      `Highest continuation: ${most} (${mostShare}); lowest: ${least} (${leastShare}).`,
    continuedLegend: "continued to the next",
    continuedHead: "Continued to the next",
    continuedCell: (count: number, share: string) => `${number(count)} (${share})`,
    continued: (share: string) => `${share} continued`,
    stage: (title: string, viewCount: number, readCount: number, completionCount: number) =>
      `${title}: ${counted(viewCount, views)}, ${counted(readCount, reads)}, ${counted(completionCount, completions)}`,
  },

  /** The numbers of one chapter. */
  chapter: {
    lead: (book: string, minutes: number) =>
      `${book}, ${counted(minutes, { one: "minute", other: "minutes" })} to read. Days are in UTC.`,
    leadUnpublished: (book: string) => `${book}, no longer published. Days are in UTC.`,
    noViews: "No views in this period.",
    daily: "Views per day",
    dailyChart: (title: string) => `Views and reads of ${title}`,
    referrers: "Referrers",
    external: "External",
    from: "From",
    noReferrers: "All views came from other pages of the library.",
    page: "Page",
    previous: "From other pages of the library",
    previousCaption: "Previous page",
    noPrevious: "No views came from other pages.",
    next: "Next pages",
    nextCaption: "Next page within the library",
    noNext: "No one continued to another page of the library.",
    ofViews: (share: string) => `${share} of views`,
    averageTime: "Average time on page",
    ofReadingTime: (share: string) => `${share} of the reading time`,
    perView: "per view",
    halfReached: "Half of all views reached",
    depth: (depth: number) => `${number(depth)} %`,
    ofText: "of the text",
    saidYes: <Piece>(yes: number, all: number, share: string, strong: Mark<Piece>): Parts<Piece> => [
      strong(number(yes)),
      ` of ${counted(all, answers)} (${share}) said yes, all time.`,
    ],
    noAnswers: "No answers. The question is at the end of each chapter.",
    allAnswers: "All answers about this chapter",
  },

  subscribers: {
    lead: "Totals only. Individual data is visible only to each subscriber, on their preferences page. Months are in UTC.",
    none: <Piece>(form: Mark<Piece>): Parts<Piece> => [
      "No subscribers. The sign-up form is at the bottom of every page and on ",
      form("its own page"),
      ".",
    ],
    newsletterOff: "The newsletter is off, so no one can subscribe. The README explains how to turn it on.",
    confirmed: "Confirmed",
    paused: "Paused",
    pending: "Awaiting confirmation",
    unsubscribed: "Unsubscribed",
    suppressed: "Suppressed (bounced or marked as spam)",
    frequency: "How often",
    books: "Which books",
    allBooks: "All books, including future ones",
    onlyBook: (book: string) => `Only ${book}, alone or with others`,
    byMonth: "Subscribers by month",
    byMonthNote:
      "Imported subscribers count from when they consented with the previous provider or, if that is unknown, from the import. Erased subscribers count only in the month of erasure: neither as gained nor as lost in any other.",
    reasons: "Reasons for unsubscribing",
    noReasons: "No reasons given yet. The unsubscribe page asks for one, but it is optional.",
  },

  /** The list of subscribers, by month. */
  growth: {
    month: "Month",
    changes: "Subscribers gained and lost, by month",
    changesWords: (monthCount: number, gained: number, lost: number) =>
      `In ${counted(monthCount, months)} ${number(gained)} gained and ${number(lost)} lost.`,
    gained: "Gained",
    lost: "Lost",
    confirmed: "Confirmed",
    resubscribed: "Resubscribed",
    unsubscribed: "Unsubscribed",
    bounced: "Bounced",
    complained: "Marked as spam",
    erased: "Erased",
    change: (name: string, gained: number, lost: number) => `${name}: ${number(gained)} gained, ${number(lost)} lost`,
    size: "Confirmed subscribers at the end of each month",
    sizeWords: (first: number, firstMonth: string, now: number) =>
      `From ${number(first)} in ${firstMonth} to ${number(now)} now.`,
    sizeLegend: "Confirmed, at the end of each month",
    total: "Total at month end",
    point: (name: string, count: number) => `${name}: ${number(count)}`,
  },

  /** Transactional emails. */
  messages: {
    title: "Transactional emails, last 30 days",
    numbers: "Transactional emails: the numbers",
    none: "None in this period. Each new subscriber gets one to confirm.",
    uncertain: (count: number) =>
      `${counted(count, emails)} may not have arrived: Resend did not answer while the idempotency key was valid, so ${plural(count, { one: "it is", other: "they are" })} not retried. Anyone who misses one can request it again with the form.`,
    failed: (count: number) =>
      `${counted(count, emails)} failed: rejected, bounced, or sent too late for the link in ${plural(count, { one: "it", other: "them" })}.`,
    email: "Email",
    ends: { accepted: "Sent", queued: "Waiting", uncertain: "Uncertain", failed: "Failed" },
  },

  editions: {
    lead: "An edition is one send to one audience. Opens are not tracked: tracking needs a hidden image in each email, which many clients load automatically, so the number would be wrong and readers would be watched.",
    noClicks: "Clicks are not counted. Set COUNT_MAIL_CLICKS to count clicks on links to the library's own pages.",
    clicksAre: (dayCount: number) =>
      `Clicks are views of an edition's chapters that came from a link in an email within ${counted(dayCount, days)}.`,
    none: "No editions yet. Give a chapter a date and deploy: its edition appears here within five minutes of that time.",
    noOlder: "No older editions.",
    newsletterOff:
      "The newsletter is off. The README explains how to turn it on; chapters published before then are not emailed.",
    older: "Older editions",
    sending: "Sending",
    waiting: "Waiting",
    stopped: "Stopped",
    paused: "Paused",
    pausedByYou: "Paused by you",
    ended: "Ended by you",
    complete: "Complete",
    /** `why`: a sentence. */
    stoppedBecause: (why: string) => `Stopped. ${why}`,
    /** While they can still change, and when they are final. */
    unsubscribedSoFar: (count: number) =>
      `${count === 0 ? "No one has" : `${counted(count, subscribers)} ${plural(count, { one: "has", other: "have" })}`} unsubscribed so far.`,
    unsubscribedWithin: (count: number, dayCount: number) =>
      `${count === 0 ? "No one" : counted(count, subscribers)} unsubscribed within ${counted(dayCount, days)}.`,
    clicks: (count: number) => `${counted(count, { one: "click", other: "clicks" })}.`,
    /** Kind of an edition, with the day when it was opened. */
    kinds: {
      each: (day: string) => `Edition of ${day}`,
      weekly: (day: string) => `Weekly digest of ${day}`,
      monthly: (day: string) => `Monthly digest of ${day}`,
    },
    lineOf: (kind: string, audience: string) => `${kind}, to ${audience}.`,
    questionLead: (title: string, kind: string) => `${title}. ${kind}.`,
    facts: {
      status: "Status",
      resumes: "Resumes",
      chapters: "Chapters",
      opened: "Opened",
      paused: "Paused",
      stopped: "Stopped",
      completed: "Completed",
      name: "Name",
    },
    resumesAt: (moment: string) => `when Resend accepts email again, ${moment}`,
    deliveryStatus: "Delivery status",
    deliveryStatusOf: (count: number) => `Delivery status of ${counted(count, emails)}`,
    stateCount: (state: string, count: number) => `${state}: ${number(count)}`,
    noRecipients: "It had no recipients.",
    noDeliveries: "No deliveries yet.",
    statusHead: "Status",
    recipients: "Recipients",
    reasonCount: (reason: string, count: number) => `${reason} (${number(count)})`,
    otherReasons: "other reasons",
    /** Each is a `reasonCount`. */
    reasons: (list: readonly string[]) => list.join("; "),
    notProcessed: "not processed yet",
    beingSent: "sending",
  },

  /** The author's actions on an edition. The command describes their effects in the same words. */
  decisions: {
    actions: "Actions",
    actionsWords: "Each action shows what it will do and asks for confirmation first.",
    choices: { continue: "Continue …", skip: "End …", stop: "Pause …" },
    titles: { continue: "If you continue", skip: "If you end it", stop: "If you pause it" },
    asks: {
      continue: "Continue this edition?",
      skip: "End this edition? This cannot be undone.",
      stop: "Pause this edition?",
    },
    buttons: { continue: "Continue", skip: "End", stop: "Pause" },
    /** Confirmations after an action. */
    done: {
      continue: "The edition will continue with the next cron run.",
      skip: "The edition has been ended. The table shows who received it.",
      stop: "The edition is paused. Nothing more will be sent, except a batch that is being sent right now.",
    },
    stale:
      "Nothing was changed: the page had expired or belonged to another session. Here is a fresh copy; check the numbers and confirm again.",
    overtaken: "Nothing was changed: this edition was changed elsewhere in the meantime. This is its current state.",
    /** `why`: a sentence. */
    nothingToDo: (why: string) => `${why} There is nothing to do.`,
    noEffect: "No subscriber is affected.",
    /** `what`: one of `effects`. */
    effect: <Piece>(count: number, what: string, strong: Mark<Piece>): Parts<Piece> => [
      strong(counted(count, subscribers)),
      ` ${what}.`,
    ],
    isEnded: "You ended this edition.",
    isComplete: "This edition is complete.",
    isSending: "This edition is already being sent.",
    isPaused: "This edition is already paused.",
    canContinue: "You can continue it from where it stopped, or end it, at any time.",
    otherDigests: "Weekly and monthly digests are separate editions.",
    /** What follows “250 subscribers”, by their number. */
    effects: {
      continueUntried: forAny("will get it: their batches have not been sent"),
      continueAhead: forAny("will get it: not processed yet, and no delivery on record"),
      continueAheadRestored: forAny(
        "will get it: not processed yet, and no delivery on record; some may have received it before the database was rolled back",
      ),
      continueTried: forAny(
        "may have it: retried with the same idempotency key while Resend remembers it, so nobody gets it twice; after that, marked uncertain",
      ),
      skipUntried: forAny("will not get it, either now or in a later digest"),
      skipTried: forAny("may have it, because their batch was sent or is being sent: marked uncertain"),
      skipSent: forAny("have already been sent it"),
      stopUntried: forAny("will not get it until you continue"),
      stopTried: forAny("may still get it: their batch is being sent, or may have been"),
      uncertain: forAny("may already have it: not sent again"),
      announceEach: forAny("will get it with the next cron run"),
      announceWeekly: forAny("will get it with the next weekly digest"),
      announceMonthly: forAny("will get it with the next monthly digest"),
    },
  },

  /** Recorded states of editions and deliveries. The command uses the same words. */
  records: {
    audiences: {
      each: "“each chapter” subscribers",
      weekly: "weekly digest subscribers",
      monthly: "monthly digest subscribers",
    },
    /** Why an edition stopped: sentences, by the reason on record. */
    stops: {
      restored: "The database was rolled back. Some recipients may already have this edition, with no record of it.",
      conflict:
        "Resend has already seen the idempotency key of one batch with different content. That batch may have been delivered and is not sent again; the others can continue.",
      author: "You paused it.",
      refused: "Resend rejected several of its emails one by one.",
      "mail missing": "Its stored email is no longer in KV.",
    },
    stopUnknown: "The reason was not recorded.",
    stopOther: (reason: string) => `Reason: ${reason}.`,
    /** Why a subscriber has no delivery, by the reason on record. */
    reasons: {
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
