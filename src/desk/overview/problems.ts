/**
 * Finds what needs the author's attention: one rule per kind of problem, over facts that one query each has read. A
 * problem says what it means and what to do next. Events that need no action are not problems.
 */
import type { ChapterQuestion } from "../../editions/chapters/question-queries.ts";
import type { DeliveryCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { isHeldByRestore, type Newsletter } from "../../editions/newsletter-row.ts";
import type { Notice } from "../../editions/notice-queries.ts";
import { stopSentence } from "../../editions/record-words.ts";
import { uncertainEmails } from "../../library/edition-texts.ts";
import { isolated } from "../../library/language.ts";
import type { Quota } from "../../mail/quota.ts";
import { href } from "../../routes.ts";
import type { Words } from "../../ui/words/words.ts";
import { messageName } from "../names.ts";
import { printedShare } from "../numbers.ts";
import type { Problem, Step } from "../problem.ts";
import { type ChapterAt, noticesAbout, questionProblems } from "../questions/chapter-questions.ts";
import type { EventCount, MessageTotal, Uncertain, UncertainMessages } from "./problem-queries.ts";
import { type Rate, worstRate } from "./return-rates.ts";

export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the newsletter can send emails. If not, its cron runs and webhook are not checked. */
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
  /** Sum of `countAccepted` and `countMessages` for the last nine days. */
  readonly emailsAccepted: number;
  /** `countMessages` of the last week, except the last `silenceHours`. */
  readonly messagesBefore: MessageTotal;
  /** Sum of `countAccepted` and `countMessages` for today, and for this month. */
  readonly emailsToday: number;
  readonly emailsThisMonth: number;
  readonly quota: Quota;
  readonly words: Words;
  /** Name of an edition: the titles of its chapters. */
  readonly titleOf: (edition: EditionRow) => string;
  readonly chapterAt: ChapterAt;
}

const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

/** Resend reports an email as sent within seconds, so hours of silence mean that webhook events are lost. */
export const silenceHours = 6;
/** A run records its time when the recorded one is ten minutes old; runs are five minutes apart. */
const cronGraceMs = 20 * minute;
/** Above 4 %, mailbox providers begin to defer email. Below fifty emails, a rate means nothing. */
const maxBounces = 0.04;
const minEmails = 50;
/** The limit that Google and Yahoo set. A single complaint may be a misclick. */
const maxComplaints = 0.001;
const minComplaints = 2;
const nearQuota = 0.8;
/** Tolerated events without a record: emails the author sent from the same account as a test. */
const eventsOfOthers = (emails: number): number => Math.max(10, emails * 0.02);

/** Most severe first. */
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

const toEdition = ({ words }: Facts, id: string): Step => ({
  kind: "link",
  href: href.deskEditions(id),
  words: words.desk.problems.review,
});

const toEditions = (words: string): Step => ({ kind: "link", href: href.deskEditions(), words });

/** “RoPE”, or the id of an edition that is older than those read. */
function called({ editions, titleOf, words }: Facts, id: string): string {
  const edition = editions.find((each) => each.id === id);
  return edition ? words.desk.names.quoted(isolated(titleOf(edition))) : id;
}

/** A restore has paused the newsletter (cli/backup/restored-database.ts). */
function restored({ newsletter, words: { desk } }: Facts): Problem[] {
  if (!isHeldByRestore(newsletter)) return [];
  return [
    {
      title: desk.problems.restored,
      words: desk.problems.restoredWords,
      step: { kind: "command", command: "newsletter -- resume" },
    },
  ];
}

function stopped(facts: Facts): Problem[] {
  const { desk } = facts.words;
  return facts.editions
    .filter(({ state }) => state === "stopped")
    .map(({ id, stopReason, stoppedAt }) => ({
      title: desk.problems.stopped(called(facts, id)),
      words: desk.problems.stoppedWords(
        stopSentence(desk, stopReason),
        stoppedAt ? desk.dates.moment(stoppedAt) : undefined,
      ),
      step: toEdition(facts, id),
    }));
}

function twice(facts: Facts): Problem[] {
  const { problems } = facts.words.desk;
  const reported = facts.notices
    .filter(({ id }) => id.startsWith("twice "))
    .map(({ id, title, body }) => ({ title, words: body, step: dismiss(id) }));
  return [
    ...facts.doubles.map(({ edition, recipients }) => ({
      title: problems.twice(recipients, called(facts, edition)),
      words: problems.twiceWords(recipients),
      step: toEdition(facts, edition),
    })),
    ...reported,
  ];
}

function uncertain(facts: Facts): Problem[] {
  const { problems } = facts.words.desk;
  return facts.uncertain.map(({ edition, copies }) => ({
    title: problems.uncertain(copies, called(facts, edition)),
    words: problems.uncertainWords,
    step: dismiss(`uncertain ${edition}`),
  }));
}

function uncertainMessages({ uncertainMessages: kinds, words: { desk } }: Facts): Problem[] {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  if (count === 0) return [];
  const list = kinds.map((each) => desk.problems.uncertainKind(messageName(desk, each.kind), each.count));
  return [
    {
      title: desk.problems.uncertainEmails(count),
      words: desk.problems.uncertainEmailsWords(desk.names.list(list), count),
      step: dismiss(uncertainEmails.id),
    },
  ];
}

function moreEvents({ events, emailsAccepted, words: { desk } }: Facts): Problem[] {
  const most = Math.max(0, ...["email.sent", "email.delivered"].map((type) => countOf(events, type)));
  if (most - emailsAccepted <= eventsOfOthers(emailsAccepted)) return [];
  return [
    {
      title: desk.problems.moreEvents,
      words: desk.problems.moreEventsWords(most, emailsAccepted),
      step: toEditions(desk.problems.viewEditions),
    },
  ];
}

function cronSilent({ newsletter, now, words: { desk } }: Facts): Problem[] {
  const seenAt = newsletter?.seenAt ?? newsletter?.beganAt;
  if (seenAt !== undefined && now - Date.parse(seenAt) <= cronGraceMs) return [];
  return [
    {
      title: seenAt === undefined ? desk.problems.cronNever : desk.problems.cronSilent,
      words: desk.problems.cronWords(seenAt === undefined ? undefined : desk.dates.moment(seenAt)),
      step: { kind: "command", command: "deploy" },
    },
  ];
}

function webhookSilent({ deliveries, messagesBefore, events, now, words: { desk } }: Facts): Problem[] {
  const lastEvent = events
    .map(({ lastAt }) => lastAt)
    .sort()
    .at(-1);
  const quiet = now - silenceHours * hour;
  const waiting = deliveries
    .filter(({ state }) => state === "accepted")
    // The first may be a single delivery from before the silence whose outcome was never reported.
    .flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
    .filter((at) => Date.parse(at) <= quiet && Date.parse(at) > now - 7 * day);
  const since = [...waiting, ...(messagesBefore.lastAt === null ? [] : [messagesBefore.lastAt])]
    .filter((at) => lastEvent === undefined || at > lastEvent)
    .sort()[0];
  if (since === undefined) return [];
  return [
    {
      title: desk.problems.webhook,
      words: desk.problems.webhookWords(desk.dates.moment(since), href.webhook()),
      step: { kind: "command", command: "doctor" },
    },
  ];
}

const calledIn = (facts: Facts, { edition }: Rate): string | undefined =>
  edition === "" ? undefined : called(facts, edition);

const toRate = (facts: Facts, { edition }: Rate): Step =>
  edition === "" ? toEditions(facts.words.desk.problems.viewEditions) : toEdition(facts, edition);

function bounces(facts: Facts): Problem[] {
  const { problems, numbers } = facts.words.desk;
  const found = worstRate(
    facts,
    "bounced",
    ({ emails, bounced }) => emails >= minEmails && bounced > maxBounces * emails,
  );
  if (!found) return [];
  return [
    {
      title: problems.bounces(printedShare(numbers, found.bounced, found.emails)),
      words: problems.bouncesWords(calledIn(facts, found), found.bounced, found.emails),
      step: toRate(facts, found),
    },
  ];
}

function complaints(facts: Facts): Problem[] {
  const { problems, numbers } = facts.words.desk;
  const isTooMuch = ({ emails, complained }: Rate) =>
    complained >= minComplaints && complained > maxComplaints * emails;
  const found = worstRate(facts, "complained", isTooMuch);
  if (!found) return [];
  return [
    {
      title: problems.complaints(found.complained),
      words: problems.complaintsWords(calledIn(facts, found), printedShare(numbers, found.complained, found.emails)),
      step: toRate(facts, found),
    },
  ];
}

function quota({ newsletter, now, emailsToday, emailsThisMonth, quota: plan, words: { desk } }: Facts): Problem[] {
  if (isHeldByRestore(newsletter)) return [];
  const hold = newsletter?.holdUntil;
  const look = toEditions(desk.problems.viewQueue);
  if (hold && Date.parse(hold) > now) {
    return [
      {
        title: desk.problems.held(desk.dates.moment(hold)),
        words: desk.problems.heldWords(newsletter?.holdReason ?? undefined),
        step: look,
      },
    ];
  }
  const near = [
    [desk.problems.quotaDay, emailsToday, plan.day] as const,
    [desk.problems.quotaMonth, emailsThisMonth, plan.month] as const,
  ].filter(([, sent, most]) => most !== undefined && sent >= nearQuota * most);
  return near.map(([title, sent, most = 0]) => ({
    title,
    words: desk.problems.quotaWords(sent, most),
    step: look,
  }));
}

/** Open notices that no other rule covers. */
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
