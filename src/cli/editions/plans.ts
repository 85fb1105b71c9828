/** What an answer of the author will do, in numbers, before it is done; or why there is nothing to do. */
import { stopWord } from "../../library/mailing-words.ts";
import type { Place } from "../explain-failure.ts";
import {
  announceStatements,
  continueStatements,
  resumeStatements,
  settleStatements,
  skipStatements,
  stopStatements,
} from "./answers.ts";
import type { Mailing, Tally } from "./mailing.ts";
import type { Chapter } from "./read-chapter.ts";
import type { Notice } from "./read-notices.ts";
import type { Newsletter, Overview } from "./read-overview.ts";
import { commandFor, isHeldByRestore, moment } from "./words.ts";

/** How many readers, and what an answer means for them. */
export interface Effect {
  readonly count: number;
  readonly words: string;
}

export type Plan =
  /** `ok`: things stand as the author wants them already. */
  | { readonly kind: "nothing to do"; readonly words: string; readonly ok: boolean }
  | {
      readonly kind: "to do";
      /** What the author is told and asked before; undefined when it can be taken back. */
      readonly asks: Question | undefined;
      readonly statements: readonly string[];
      readonly done: string;
    };

export interface Question {
  readonly title: string;
  /** Sentences before and after the effects. */
  readonly before?: string;
  readonly effects: readonly Effect[];
  readonly after?: string;
  readonly question: string;
}

/** Where and when the author answers; `now` in ISO 8601. */
export interface Moment {
  readonly place: Place;
  readonly now: string;
}

const nothing = (words: string, ok: boolean): Plan => ({ kind: "nothing to do", words, ok });

export function planContinue(mailing: Mailing, newsletter: Newsletter, { place, now }: Moment): Plan {
  const { id, state } = mailing;
  if (state === "sending") return nothing(`${id} is being sent already.`, true);
  if (state === "done")
    return nothing(`${id} ${howDone(mailing)}. A mailing that is done does not begin again.`, false);
  const holdUntil = newsletter?.holdUntil ?? "";
  const when = isHeldByRestore(newsletter)
    ? `when the newsletter does, which waits since it was restored (\`${commandFor(place, "resume")}\`)`
    : holdUntil > now
      ? `as soon as Resend takes mail again, ${moment(holdUntil)}`
      : "with the next run of the cron trigger";
  return {
    kind: "to do",
    asks: {
      title: `If ${id} goes on:`,
      before: stopWord(mailing.stopReason),
      effects: whatContinueDoes(mailing),
      question: `Let ${id} go on?`,
    },
    statements: continueStatements(id, now),
    done: `${id} goes on ${when}. \`${commandFor(place, `show ${id}`)}\` says how far it is.`,
  };
}

/** For each kind of reader that an open mailing has. */
export const whatContinueDoes = ({ untried, tried, ahead, tallies, stopReason }: Mailing): Effect[] => [
  { count: untried, words: "will get it: their batches have not been sent" },
  {
    count: ahead,
    words: `will get it: not processed yet, and no delivery on record${
      stopReason === "restored" ? "; some may have received it before the database was rolled back" : ""
    }`,
  },
  {
    count: tried,
    words:
      "may have it: retried with the same idempotency key while Resend remembers it, so nobody gets it twice; after that, marked uncertain",
  },
  { count: total(tallies, ["uncertain"]), words: "may already have it: not sent again" },
];

export function planSkip(mailing: Mailing, { place, now }: Moment): Plan {
  const { id, state, untried, tried, ahead, audience, tallies } = mailing;
  if (state === "done") return nothing(`${id} ${howDone(mailing)}.`, mailing.stopReason === "skipped");
  return {
    kind: "to do",
    asks: {
      title: `If ${id} ends here:`,
      effects: [
        { count: untried + ahead, words: "will not get it, either now or in a later digest" },
        { count: tried, words: "may have it, because their batch was sent or is being sent: marked uncertain" },
        { count: total(tallies, ["uncertain"]), words: "may already have it: not sent again" },
        {
          count: total(tallies, ["accepted", "delivered", "bounced", "complained"]),
          words: "have already been sent it",
        },
      ],
      ...(audience === "each" && { after: "Weekly and monthly digests are separate editions." }),
      question: `End ${id}? This cannot be taken back.`,
    },
    statements: skipStatements(id, now),
    done: `${id} is ended. \`${commandFor(place, `show ${id}`)}\` says who got it.`,
  };
}

export function planStop(mailing: Mailing, { place, now }: Moment): Plan {
  const { id, state, stoppedAt, openedAt } = mailing;
  if (state === "done") return nothing(`${id} ${howDone(mailing)}; there is nothing to stop.`, false);
  if (state === "stopped") return nothing(`${id} was stopped ${moment(stoppedAt ?? openedAt)}.`, true);
  return {
    kind: "to do",
    asks: undefined,
    statements: stopStatements(id, now),
    done: `${id} is stopped. Nothing more of it is posted; only a batch that a run is posting at this moment may still go out. It goes on with \`${commandFor(place, `continue ${id}`)}\`, and is ended with \`${commandFor(place, `skip ${id}`)}\`.`,
  };
}

export function planAnnounce(chapter: Chapter, { place, now }: Moment): Plan {
  const { id, announcedAt, editionId, each, weekly, monthly } = chapter;
  if (editionId !== null) {
    return nothing(
      `${id} is in the mailing ${editionId} already, and nobody gets a chapter twice. \`${commandFor(place, `show ${editionId}`)}\` says who got it.`,
      true,
    );
  }
  if (announcedAt !== null) {
    return nothing(`${id} is news since ${moment(announcedAt)}: the next run of the cron trigger mails it.`, true);
  }
  return {
    kind: "to do",
    asks: {
      title: `If ${id} becomes news:`,
      effects: [
        { count: each, words: "will get it with the next run of the cron trigger" },
        { count: weekly, words: "will get it with the next weekly digest" },
        { count: monthly, words: "will get it with the next monthly digest" },
      ],
      after: "Nobody who has a record of it gets it again.",
      question: `Mail ${id}? A mailing can be stopped, but no mail called back.`,
    },
    statements: announceStatements(id, now),
    done: `${id} is news: the next run of the cron trigger mails it. \`${commandFor(place)}\` lists it.`,
  };
}

export function planResume({ newsletter, readers, open, news }: Overview, { place, now }: Moment): Plan {
  if (!isHeldByRestore(newsletter))
    return nothing("The newsletter is not held: it was not restored, or goes on already.", true);
  const stopped = open.filter(({ state }) => state === "stopped").length;
  return {
    kind: "to do",
    asks: {
      title: "If the newsletter goes on:",
      effects: [
        { count: readers.each, words: "will be mailed each chapter that becomes public from now on" },
        { count: readers.weekly + readers.monthly, words: "will get it with their digests" },
      ],
      after: [
        "These are the readers of the backup; who left after it may be among them.",
        ...(news.length > 0 ? [`Goes out with the next run: ${news.join(", ")}.`] : []),
        ...(stopped > 0 ? [`What is stopped stays so until you answer each of them (${stopped}).`] : []),
      ].join("\n"),
      question: "Let the newsletter mail again?",
    },
    statements: resumeStatements(now),
    done: `The newsletter mails again. \`${commandFor(place)}\` lists what still waits for you.`,
  };
}

/** `id` of a notice as the author wrote it. */
export function planSettle({ id, title, resolvedAt }: Notice, { now }: Moment): Plan {
  if (resolvedAt !== null) return nothing(`"${title}" was settled ${moment(resolvedAt)}.`, true);
  return {
    kind: "to do",
    asks: undefined,
    statements: settleStatements(id, now),
    done: `"${title}" is settled, and not shown any more. Should it happen again, you are told again.`,
  };
}

const howDone = ({ doneAt, stopReason, openedAt }: Mailing): string =>
  `was ${stopReason === "skipped" ? "ended by you" : "finished"} ${moment(doneAt ?? openedAt)}`;

const total = (tallies: readonly Tally[], states: readonly string[]): number =>
  tallies.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
