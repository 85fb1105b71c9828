/**
 * Words subscribers and editions at the desk in English: part of the section `desk` of en.ts. `npm run newsletter` uses
 * `decisions` and `records` as well.
 */
import { counted, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const days = { one: "day", other: "days" };
const emails = { one: "email", other: "emails" };
const months = { one: "month", other: "months" };
const subscribers = { one: "subscriber", other: "subscribers" };

/** For effects whose verb is the same after “1 subscriber” and “2 subscribers”. */
const forAny =
  (words: string) =>
  (_count: number): string =>
    words;

export const deskEditions = {
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
      corrections: (day: string) => `Corrections of ${day}`,
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
    /** `share`: `96 %`. */
    deliveredOf: (delivered: number, all: number, share: string) =>
      `${number(delivered)} of ${number(all)} delivered (${share})`,
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
      corrections: "subscribers who received the chapter and asked for corrections",
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
      "corrections not wanted": "no longer wanted corrections",
      "skipped by the author": "you ended the edition",
      "skipped by the author while it was being posted": "you ended the edition while it was being sent",
      withdrawn: "the chapter was no longer published",
      "database restored": "the database was rolled back",
      "no answer within the life of the key": "no answer while it was safe to retry",
      "not repeated: a recipient has unsubscribed since":
        "no answer for four hours, and someone in the same batch has since unsubscribed, bounced or marked an email as spam",
    },
  },
};
