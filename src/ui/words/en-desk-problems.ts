/** Words what needs the attention of the author in English: part of the section `desk` of en.ts. */
import { counted, number, plural } from "./en-formats.ts";
import type { Parts } from "./parts.ts";

const chapters = { one: "chapter", other: "chapters" };
const deliveries = { one: "delivery", other: "deliveries" };
const subscribers = { one: "subscriber", other: "subscribers" };

/** What a rate refers to: one edition, or a week of all emails. */
const rateOf = (edition: string | undefined): string =>
  edition === undefined ? "Of the emails of the last seven days" : `Of ${edition}`;

export const deskProblems = {
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
};
