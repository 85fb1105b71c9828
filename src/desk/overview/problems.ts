/**
 * What wants a decision: one rule for each kind of trouble, over facts that one query each has found. A rule says
 * what it means and what comes next; what needs nothing of the author is not a problem.
 */
import type { ChapterQuestion } from "../../editions/chapters/question-queries.ts";
import type { DeliveryCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { isHeldByRestore, type Newsletter } from "../../editions/newsletter-row.ts";
import type { Notice } from "../../editions/notice-queries.ts";
import { stopWord, uncertainEmails } from "../../library/edition-texts.ts";
import { isolated } from "../../library/language.ts";
import type { Quota } from "../../mail/quota.ts";
import { href } from "../../routes.ts";
import { messageName } from "../names.ts";
import { counted, printedCount, printedMoment, printedShare } from "../numbers.ts";
import type { Problem, Step } from "../problem.ts";
import { type ChapterAt, noticesAbout, questionProblems } from "../questions/chapter-questions.ts";
import type { EventCount, MessageTotal, Uncertain, UncertainMessages } from "./problem-queries.ts";
import { type Rate, worstRate } from "./return-rates.ts";

export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether it can send mail: what is closed has no troubles. */
  readonly isOpen: boolean;
  readonly newsletter: Newsletter;
  /** `findRecentEditions`, and `countDeliveries` and `findDoubles` of them. */
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryCount[];
  readonly doubles: readonly { readonly edition: string; readonly recipients: number }[];
  readonly questions: readonly ChapterQuestion[];
  readonly uncertain: readonly Uncertain[];
  readonly uncertainMessages: readonly UncertainMessages[];
  readonly notices: readonly Notice[];
  /** `countEvents` of the last week. */
  readonly events: readonly EventCount[];
  /** `countAccepted` and `countMessages`, together, of the week and the two days before it. */
  readonly emailsAccepted: number;
  /** `countMessages` of the last week, but for the last `silenceHours`. */
  readonly messagesBefore: MessageTotal;
  /** `countAccepted` and `countMessages`, together, of today and of this month. */
  readonly emailsToday: number;
  readonly emailsThisMonth: number;
  readonly quota: Quota;
  /** What an edition is called. */
  readonly titleOf: (edition: EditionRow) => string;
  readonly chapterAt: ChapterAt;
}

const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

/** Resend reports that it sent a mail within seconds: hours of silence are not its own. */
export const silenceHours = 6;
/** A run notes the time when the last note is ten minutes old, and runs are five minutes apart. */
const cronGraceMs = 20 * minute;
/** Above 4 %, mail providers begin to hold back the rest; of less than fifty mails a rate says nothing. */
const maxBounces = 0.04;
const minEmails = 50;
/** What Google and Yahoo ask for. One complaint may be a slip of the finger. */
const maxComplaints = 0.001;
const minComplaints = 2;
const nearQuota = 0.8;
/** Mails that the newsletter has no record of: what the author sent from the same account to try things out. */
const eventsOfOthers = (emails: number): number => Math.max(10, emails * 0.02);

/** The gravest first. */
export const findProblems = (facts: Facts): Problem[] => [
  ...questionProblems(facts),
  ...restored(facts),
  ...stopped(facts),
  ...twice(facts),
  ...uncertain(facts),
  ...uncertainMessages(facts),
  ...moreEvents(facts),
  ...(facts.isOpen ? [...cronSilent(facts), ...webhookSilent(facts)] : []),
  ...bounces(facts),
  ...complaints(facts),
  ...quota(facts),
  ...notices(facts),
];

const toEdition = (id: string): Step => ({
  kind: "link",
  href: href.deskEditions(id),
  words: "Review",
});

/** “RoPE”, or the name of one that was opened long ago. */
function called({ editions, titleOf }: Facts, id: string): string {
  const edition = editions.find((each) => each.id === id);
  return edition ? `“${isolated(titleOf(edition))}”` : id;
}

/** See cli/backup/restored-database.ts. */
function restored({ newsletter }: Facts): Problem[] {
  if (!isHeldByRestore(newsletter)) return [];
  return [
    {
      title: "Sending is paused after a restore",
      words:
        "The database was restored from a backup. Sending stays paused until you resume it. Review the stopped editions first: some subscribers may already have them.",
      step: { kind: "command", command: "newsletter -- resume" },
    },
  ];
}

function stopped(facts: Facts): Problem[] {
  return facts.editions
    .filter(({ state }) => state === "stopped")
    .map(({ id, stopReason, stoppedAt }) => ({
      title: `${called(facts, id)} has stopped`,
      words: `${stopWord(stopReason)} Nothing has been sent${stoppedAt ? ` since ${printedMoment(stoppedAt)}` : ""}, and nothing will be until you continue or end it.`,
      step: toEdition(id),
    }));
}

function twice(facts: Facts): Problem[] {
  const reported = facts.notices
    .filter(({ id }) => id.startsWith("twice "))
    .map(({ id, title, body }) => ({ title, words: body, step: dismiss(id) }));
  return [
    ...facts.doubles.map(({ edition, recipients }) => ({
      title: `${counted(recipients, "subscriber")} received ${called(facts, edition)} twice`,
      words: `Two emails of this edition are on record for the same ${recipients === 1 ? "subscriber" : "subscribers"}. Pause it before more are sent, and report this: it is a bug in the library.`,
      step: toEdition(edition),
    })),
    ...reported,
  ];
}

function uncertain(facts: Facts): Problem[] {
  return facts.uncertain.map(({ edition, copies }) => ({
    title: `${counted(copies, "delivery", "deliveries")} of ${called(facts, edition)} may not have arrived`,
    words:
      "Resend did not answer while the request could be repeated. They are not sent again, because the recipients may already have them. Write to those you know, or leave it; then dismiss this notice.",
    step: dismiss(`uncertain ${edition}`),
  }));
}

function uncertainMessages({ uncertainMessages: kinds }: Facts): Problem[] {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  if (count === 0) return [];
  const list = kinds.map((kind) => `“${messageName(kind.kind)}”${kind.count > 1 ? ` (${kind.count})` : ""}`).join(", ");
  return [
    {
      title: `${counted(count, "transactional email")} may not have arrived`,
      words: `${list}: Resend did not answer while the request could be repeated. ${count === 1 ? "It is" : "They are"} not sent again, because ${count === 1 ? "its recipient may have it" : "their recipients may have them"}. Anyone who misses one can request it again with the form. Dismiss this when you have read it.`,
      step: dismiss(uncertainEmails.id),
    },
  ];
}

function moreEvents({ events, emailsAccepted }: Facts): Problem[] {
  const most = Math.max(0, ...["email.sent", "email.delivered"].map((type) => countOf(events, type)));
  if (most - emailsAccepted <= eventsOfOthers(emailsAccepted)) return [];
  return [
    {
      title: "Resend reports more emails than were sent",
      words: `In the last seven days it reported ${printedCount(most)} emails, but only ${printedCount(emailsAccepted)} are on record. Either something else sends from the same account, or subscribers get emails that are not recorded. Compare with the log in Resend's dashboard.`,
      step: { kind: "link", href: href.deskEditions(), words: "View editions" },
    },
  ];
}

function cronSilent({ newsletter, now }: Facts): Problem[] {
  const seenAt = newsletter?.seenAt ?? newsletter?.beganAt;
  if (seenAt !== undefined && now - Date.parse(seenAt) <= cronGraceMs) return [];
  return [
    {
      title: seenAt === undefined ? "The cron trigger has not run yet" : "The cron trigger is not running",
      words: `${seenAt === undefined ? "The newsletter is on, but no cron run has been recorded." : `Its last run was about ${printedMoment(seenAt)}.`} It should run every five minutes; without it, no chapters are emailed and statistics are not aggregated. Check the Worker's triggers in Cloudflare's dashboard, and deploy again.`,
      step: { kind: "command", command: "deploy" },
    },
  ];
}

function webhookSilent({ deliveries, messagesBefore, events, now }: Facts): Problem[] {
  const lastEvent = events
    .map(({ lastAt }) => lastAt)
    .sort()
    .at(-1);
  const quiet = now - silenceHours * hour;
  const waiting = deliveries
    .filter(({ state }) => state === "accepted")
    // The first may be one copy that never hears of its end, from before the silence.
    .flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
    .filter((at) => Date.parse(at) <= quiet && Date.parse(at) > now - 7 * day);
  const since = [...waiting, ...(messagesBefore.lastAt === null ? [] : [messagesBefore.lastAt])]
    .filter((at) => lastEvent === undefined || at > lastEvent)
    .sort()[0];
  if (since === undefined) return [];
  return [
    {
      title: "No webhook events from Resend",
      words: `Resend accepted emails on ${printedMoment(since)}, but no webhook event has arrived since. Without them, bounces and complaints are not suppressed. In Resend, check the webhook for ${href.webhook()} and its recent attempts, and compare its signing secret with RESEND_WEBHOOK_SECRET.`,
      step: { kind: "command", command: "doctor" },
    },
  ];
}

const whereOf = (facts: Facts, { edition }: Rate): string =>
  edition === "" ? "Of the emails of the last seven days" : `Of ${called(facts, edition)}`;

const toRate = ({ edition }: Rate): Step =>
  edition === "" ? { kind: "link", href: href.deskEditions(), words: "View editions" } : toEdition(edition);

function bounces(facts: Facts): Problem[] {
  const found = worstRate(
    facts,
    "bounced",
    ({ emails, bounced }) => emails >= minEmails && bounced > maxBounces * emails,
  );
  if (!found) return [];
  return [
    {
      title: `${printedShare(found.bounced, found.emails)} bounce rate`,
      words: `${whereOf(facts, found)}, ${printedCount(found.bounced)} of ${printedCount(found.emails)} bounced. Above 4 %, email providers start to distrust the sender, and Resend may suspend the account. These addresses are now suppressed; find out where they came from, especially if you imported a list.`,
      step: toRate(found),
    },
  ];
}

function complaints(facts: Facts): Problem[] {
  const isTooMuch = ({ emails, complained }: Rate) =>
    complained >= minComplaints && complained > maxComplaints * emails;
  const found = worstRate(facts, "complained", isTooMuch);
  if (!found) return [];
  return [
    {
      title: `${counted(found.complained, "subscriber")} marked the newsletter as spam`,
      words: `${whereOf(facts, found)}, ${printedShare(found.complained, found.emails)} did; Google and Yahoo expect less than 0.1 %. These subscribers are now suppressed. Consider what they may not have expected, such as a late digest or an import without consent.`,
      step: toRate(found),
    },
  ];
}

function quota({ newsletter, now, emailsToday, emailsThisMonth, quota: plan }: Facts): Problem[] {
  if (isHeldByRestore(newsletter)) return [];
  const hold = newsletter?.holdUntil;
  const look: Step = { kind: "link", href: href.deskEditions(), words: "View queue" };
  if (hold && Date.parse(hold) > now) {
    return [
      {
        title: `Sending is paused until ${printedMoment(hold)}`,
        words: `Resend says: ${newsletter?.holdReason ?? "nothing"}. Nothing is lost, and nothing will be sent twice.`,
        step: look,
      },
    ];
  }
  const near = [["today", emailsToday, plan.day] as const, ["this month", emailsThisMonth, plan.month] as const].filter(
    ([, sent, most]) => most !== undefined && sent >= nearQuota * most,
  );
  return near.map(([when, sent, most = 0]) => ({
    title: `The quota for ${when} is nearly used up`,
    words: `About ${printedCount(sent)} of ${printedCount(most)} emails have been sent. The rest, including confirmations for new subscribers, waits until the quota resets. If that is too slow, upgrade your Resend plan and update MAIL_QUOTA.`,
    step: look,
  }));
}

/** Those that no other rule speaks for. */
function notices({
  notices: open,
  editions,
  uncertain: groups,
  uncertainMessages: kinds,
  questions,
  newsletter,
  now,
}: Facts): Problem[] {
  const covered = new Set([
    ...editions.filter(({ state }) => state === "stopped").map(({ id }) => `stopped ${id}`),
    ...groups.map(({ edition }) => `uncertain ${edition}`),
    ...(kinds.length > 0 ? [uncertainEmails.id] : []),
    ...noticesAbout(questions, open),
    ...(newsletter?.holdUntil && Date.parse(newsletter.holdUntil) > now ? ["quota day", "quota month"] : []),
  ]);
  return open
    .filter(({ id }) => !covered.has(id) && !id.startsWith("twice "))
    .map(({ id, title, body }) => ({ title, words: body, step: dismiss(id) }));
}

const dismiss = (notice: string): Step => ({ kind: "settle", notice });

const countOf = (events: readonly EventCount[], wanted: string): number =>
  events.find(({ type }) => type === wanted)?.count ?? 0;
