/**
 * What wants a decision: one rule for each kind of trouble, over facts that one query each has found. A rule says
 * what it means and what comes next; what needs nothing of the author is not a problem.
 */
import { isolated } from "../library/language.ts";
import { uncertainEmails } from "../library/mailing-words.ts";
import type { Quota } from "../mail/quota.ts";
import { href } from "../routes.ts";
import { type ChapterAt, type ChapterQuestion, noticesAbout, questionProblems } from "./chapter-questions.ts";
import type { CopyCount, Edition } from "./edition-queries.ts";
import { letterName, stopName } from "./names.ts";
import { counted, printedCount, printedMoment, printedShare } from "./numbers.ts";
import type { Problem, Step } from "./problem.ts";
import type { EventCount, Letters, Newsletter, Notice, Uncertain, UncertainLetters } from "./problem-queries.ts";
import { type Rate, worstRate } from "./return-rates.ts";

export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether it can send mail: what is closed has no troubles. */
  readonly isOpen: boolean;
  readonly newsletter: Newsletter | undefined;
  /** `findRecentEditions`, and `countCopies` and `findDoubles` of them. */
  readonly editions: readonly Edition[];
  readonly copies: readonly CopyCount[];
  readonly doubles: readonly { readonly edition: string; readonly readers: number }[];
  readonly questions: readonly ChapterQuestion[];
  readonly uncertain: readonly Uncertain[];
  readonly uncertainLetters: readonly UncertainLetters[];
  readonly notices: readonly Notice[];
  /** `countEvents` of the last week. */
  readonly events: readonly EventCount[];
  /** `countMailsTaken` and `countLetters`, together, of the week and the two days before it. */
  readonly mailsTaken: number;
  /** `countLetters` of the last week, but for the last `silenceHours`. */
  readonly lettersBefore: Letters;
  /** `countMailsTaken` and `countLetters`, together, of today and of this month. */
  readonly mailsToday: number;
  readonly mailsThisMonth: number;
  readonly quota: Quota;
  /** What an edition is called. */
  readonly titleOf: (edition: Edition) => string;
  readonly chapterAt: ChapterAt;
}

const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

/** Resend reports that it sent a mail within seconds: hours of silence are not its own. */
export const silenceHours = 6;
/** A run notes the time when the last note is ten minutes old, and runs are five minutes apart. */
const cronPatienceMs = 20 * minute;
/** Above 4 %, mail providers begin to hold back the rest; of less than fifty mails a rate says nothing. */
const mostBounces = 0.04;
const fewestMails = 50;
/** What Google and Yahoo ask for. One complaint may be a slip of the finger. */
const mostComplaints = 0.001;
const fewestComplaints = 2;
const nearQuota = 0.8;
/** Mails that the newsletter has no record of: what the author sent from the same account to try things out. */
const eventsOfOthers = (mails: number): number => Math.max(10, mails * 0.02);

/** The gravest first. */
export const findProblems = (facts: Facts): Problem[] => [
  ...questionProblems(facts),
  ...restored(facts),
  ...stopped(facts),
  ...twice(facts),
  ...uncertain(facts),
  ...uncertainLetters(facts),
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
  words: "Look at it, and decide",
});

/** “RoPE”, or the name of one that was opened long ago. */
function called({ editions, titleOf }: Facts, id: string): string {
  const edition = editions.find((each) => each.id === id);
  return edition ? `“${isolated(titleOf(edition))}”` : id;
}

/** See cli/backup/restored-database.ts. */
function restored({ newsletter }: Facts): Problem[] {
  if (newsletter?.holdReason !== "restored") return [];
  return [
    {
      title: "Nothing is mailed since the restore",
      words:
        "The database was brought back from a backup, and mails again when you say so. Look first at the mailings that have stopped: some readers may have them already.",
      step: { kind: "command", command: "newsletter -- resume" },
    },
  ];
}

function stopped(facts: Facts): Problem[] {
  return facts.editions
    .filter(({ state }) => state === "stopped")
    .map(({ id, stopReason, stoppedAt }) => ({
      title: `The mailing of ${called(facts, id)} has stopped`,
      words: `${stopName(stopReason)} Nothing of it has gone out${stoppedAt ? ` since ${printedMoment(stoppedAt)}` : ""}, and nothing will until you continue it or end it.`,
      step: toEdition(id),
    }));
}

function twice(facts: Facts): Problem[] {
  const reported = facts.notices
    .filter(({ id }) => id.startsWith("twice "))
    .map(({ id, title, body }) => ({ title, words: body, step: settle(id) }));
  return [
    ...facts.doubles.map(({ edition, readers }) => ({
      title: `${counted(readers, "reader")} got ${called(facts, edition)} twice`,
      words: `Two mails of it are on record for the same ${readers === 1 ? "reader" : "readers"}, and each edition is one mail. Stop it before more go out, and report it: this is a fault of the library.`,
      step: toEdition(edition),
    })),
    ...reported,
  ];
}

function uncertain(facts: Facts): Problem[] {
  return facts.uncertain.map(({ edition, copies }) => ({
    title: `${counted(copies, "copy", "copies")} of ${called(facts, edition)} may not have arrived`,
    words:
      "Resend gave no answer while the request could be repeated. They are not sent again, because their readers may have them. Write to those you know, or leave it; then settle the notice.",
    step: settle(`uncertain ${edition}`),
  }));
}

function uncertainLetters({ uncertainLetters: kinds }: Facts): Problem[] {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  if (count === 0) return [];
  const list = kinds.map((kind) => `“${letterName(kind.kind)}”${kind.count > 1 ? ` (${kind.count})` : ""}`).join(", ");
  return [
    {
      title: `${counted(count, "transactional email")} may not have arrived`,
      words: `${list}: Resend gave no answer while the request could be repeated. ${count === 1 ? "It is" : "They are"} not sent again, because ${count === 1 ? "its recipient may have it" : "their recipients may have them"}. Whoever misses one can request it again with the form. Dismiss this when you have read it.`,
      step: settle(uncertainEmails.id),
    },
  ];
}

function moreEvents({ events, mailsTaken }: Facts): Problem[] {
  const most = Math.max(0, ...["email.sent", "email.delivered"].map((type) => countOf(events, type)));
  if (most - mailsTaken <= eventsOfOthers(mailsTaken)) return [];
  return [
    {
      title: "Resend reports more mails than were sent",
      words: `In the last seven days it reported ${printedCount(most)} mails, and ${printedCount(mailsTaken)} are on record. Either something else sends from the same account, or readers get mails that the record knows nothing of. Compare with the log in Resend's dashboard.`,
      step: { kind: "link", href: href.deskEditions(), words: "See what is on record" },
    },
  ];
}

function cronSilent({ newsletter, now }: Facts): Problem[] {
  const seenAt = newsletter?.seenAt ?? newsletter?.beganAt;
  if (seenAt !== undefined && now - Date.parse(seenAt) <= cronPatienceMs) return [];
  return [
    {
      title: seenAt === undefined ? "The cron trigger has not run yet" : "The cron trigger does not run",
      words: `${seenAt === undefined ? "The newsletter is open, and no run has noted itself." : `Its last run was about ${printedMoment(seenAt)}.`} It is due every five minutes; without it no chapter is mailed, and counts are not added up. Look at the triggers of the Worker in Cloudflare's dashboard, and deploy again.`,
      step: { kind: "command", command: "deploy" },
    },
  ];
}

function webhookSilent({ copies, lettersBefore, events, now }: Facts): Problem[] {
  const lastEvent =
    events
      .map(({ lastAt }) => lastAt)
      .sort()
      .at(-1) ?? "";
  const quiet = now - silenceHours * hour;
  const waiting = copies
    .filter(({ state }) => state === "accepted")
    // The first may be one copy that never hears of its end, from before the silence.
    .flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
    .filter((at) => Date.parse(at) <= quiet && Date.parse(at) > now - 7 * day);
  const since = [...waiting, ...(lettersBefore.lastAt === null ? [] : [lettersBefore.lastAt])]
    .filter((at) => at > lastEvent)
    .sort()[0];
  if (since === undefined) return [];
  return [
    {
      title: "Resend sends mails, and reports nothing",
      words: `It took mails ${printedMoment(since)}, and no report has come since. Without reports, bounces and complaints end no subscription. In Resend look at the webhook to ${href.webhook()} and its last attempts, and compare its secret with RESEND_WEBHOOK_SECRET.`,
      step: { kind: "command", command: "doctor" },
    },
  ];
}

const whereOf = (facts: Facts, { edition }: Rate): string =>
  edition === "" ? "Of the last seven days' mails" : `Of ${called(facts, edition)}`;

const toRate = ({ edition }: Rate): Step =>
  edition === "" ? { kind: "link", href: href.deskEditions(), words: "See the editions" } : toEdition(edition);

function bounces(facts: Facts): Problem[] {
  const found = worstRate(
    facts,
    "bounced",
    ({ mails, bounced }) => mails >= fewestMails && bounced > mostBounces * mails,
  );
  if (!found) return [];
  return [
    {
      title: `${printedShare(found.bounced, found.mails)} of mails bounce`,
      words: `${whereOf(facts, found)}, ${printedCount(found.bounced)} of ${printedCount(found.mails)} came back. Above 4 % mail providers begin to mistrust the sender, and Resend may close the account. Those addresses get nothing more; ask where they came from, an import above all.`,
      step: toRate(found),
    },
  ];
}

function complaints(facts: Facts): Problem[] {
  const isTooMuch = ({ mails, complained }: Rate) =>
    complained >= fewestComplaints && complained > mostComplaints * mails;
  const found = worstRate(facts, "complained", isTooMuch);
  if (!found) return [];
  return [
    {
      title: `${counted(found.complained, "reader")} called the newsletter spam`,
      words: `${whereOf(facts, found)}, ${printedShare(found.complained, found.mails)} did; Google and Yahoo want less than 0.1 %. Those readers get nothing more. Ask what they may not have expected: a digest that came late, an import without their consent.`,
      step: toRate(found),
    },
  ];
}

function quota({ newsletter, now, mailsToday, mailsThisMonth, quota: plan }: Facts): Problem[] {
  if (newsletter?.holdReason === "restored") return [];
  const hold = newsletter?.holdUntil;
  const look: Step = { kind: "link", href: href.deskEditions(), words: "See what waits" };
  if (hold && Date.parse(hold) > now) {
    return [
      {
        title: `Nothing is mailed until ${printedMoment(hold)}`,
        words: `Resend says: ${newsletter?.holdReason ?? "nothing"}. None of it is lost, and nobody gets a copy twice.`,
        step: look,
      },
    ];
  }
  const near = [["today", mailsToday, plan.day] as const, ["this month", mailsThisMonth, plan.month] as const].filter(
    ([, sent, most]) => most !== undefined && sent >= nearQuota * most,
  );
  return near.map(([when, sent, most = 0]) => ({
    title: `The quota for ${when} is nearly used up`,
    words: `About ${printedCount(sent)} of ${printedCount(most)} mails are sent. What is over waits until it is renewed, confirmations of new readers too. If that is too slow, take a larger plan at Resend, and say so with MAIL_QUOTA.`,
    step: look,
  }));
}

/** Those that no other rule speaks for. */
function notices({
  notices: told,
  editions,
  uncertain: groups,
  uncertainLetters: kinds,
  questions,
  newsletter,
  now,
}: Facts): Problem[] {
  const said = new Set([
    ...editions.filter(({ state }) => state === "stopped").map(({ id }) => `stopped ${id}`),
    ...groups.map(({ edition }) => `uncertain ${edition}`),
    ...(kinds.length > 0 ? [uncertainEmails.id] : []),
    ...noticesAbout(questions, told),
    ...(newsletter?.holdUntil && Date.parse(newsletter.holdUntil) > now ? ["quota day", "quota month"] : []),
  ]);
  return told
    .filter(({ id }) => !said.has(id) && !id.startsWith("twice "))
    .map(({ id, title, body }) => ({ title, words: body, step: settle(id) }));
}

const settle = (notice: string): Step => ({ kind: "settle", notice });

const countOf = (events: readonly EventCount[], wanted: string): number =>
  events.find(({ type }) => type === wanted)?.count ?? 0;
