/** Plans a decision of the author: its effects in numbers and its statements, or why there is nothing to do. */

import type { SQL } from "drizzle-orm";
import {
  afterSkipping,
  type Effect,
  effectsOfAnnouncing,
  effectsOfContinuing,
  effectsOfSkipping,
} from "../../editions/actions/decision-effects.ts";
import {
  announceStatements,
  dismissStatements,
  editionStatements,
  resumeStatements,
} from "../../editions/actions/edition-actions.ts";
import type { EditionStatus } from "../../editions/actions/edition-status.ts";
import { isHeldByRestore, type Newsletter } from "../../editions/newsletter-row.ts";
import type { Notice } from "../../editions/notice-queries.ts";
import { stopSentence } from "../../editions/record-words.ts";
import { en } from "../../ui/words/en.ts";
import type { Target } from "../explain-failure.ts";
import type { Chapter } from "./read-chapter.ts";
import type { Overview } from "./read-overview.ts";
import { commandFor, moment } from "./words.ts";

export type Plan =
  /** `ok`: the state is already what the author wants. */
  | { readonly kind: "nothing to do"; readonly words: string; readonly ok: boolean }
  | {
      readonly kind: "to do";
      /** The summary and question to confirm; undefined if the decision can be undone. */
      readonly asks: Question | undefined;
      readonly statements: readonly SQL[];
      readonly done: string;
    };

export interface Question {
  readonly title: string;
  /** Text before the effects; `after` follows them. */
  readonly before?: string;
  readonly effects: readonly Effect[];
  readonly after?: string;
  readonly question: string;
}

/** The library and time of the decision; `now` in ISO 8601. */
export interface Moment {
  readonly target: Target;
  readonly now: string;
}

const nothing = (words: string, ok: boolean): Plan => ({ kind: "nothing to do", words, ok });

export function planContinue(edition: EditionStatus, newsletter: Newsletter, { target, now }: Moment): Plan {
  const { id, state } = edition;
  if (state === "sending") return nothing(`${id} is already being sent.`, true);
  if (state === "done") return nothing(`${id} ${howDone(edition)}. A completed edition cannot be restarted.`, false);
  const holdUntil = newsletter?.holdUntil;
  const when = isHeldByRestore(newsletter)
    ? `when sending resumes; it has been paused since the restore (\`${commandFor(target, "resume")}\`)`
    : holdUntil && holdUntil > now
      ? `as soon as Resend accepts email again, ${moment(holdUntil)}`
      : "with the next cron run";
  return {
    kind: "to do",
    asks: {
      title: `If you continue ${id}:`,
      before: stopSentence(en.desk, edition.stopReason),
      effects: effectsOfContinuing(edition, en.desk),
      question: `Continue ${id}?`,
    },
    statements: editionStatements.continue(id, Date.parse(now)),
    done: `${id} continues ${when}. \`${commandFor(target, `show ${id}`)}\` shows its progress.`,
  };
}

export function planSkip(edition: EditionStatus, { target, now }: Moment): Plan {
  const { id, state } = edition;
  if (state === "done") return nothing(`${id} ${howDone(edition)}.`, edition.stopReason === "skipped");
  return {
    kind: "to do",
    asks: {
      title: `If you end ${id}:`,
      effects: effectsOfSkipping(edition, en.desk),
      ...afterSkipping(edition, en.desk),
      question: `End ${id}? This cannot be undone.`,
    },
    statements: editionStatements.skip(id, Date.parse(now)),
    done: `${id} has been ended. \`${commandFor(target, `show ${id}`)}\` shows who received it.`,
  };
}

export function planStop(edition: EditionStatus, { target, now }: Moment): Plan {
  const { id, state, stoppedAt, openedAt } = edition;
  if (state === "done") return nothing(`${id} ${howDone(edition)}; there is nothing to stop.`, false);
  if (state === "stopped") return nothing(`${id} was already stopped ${moment(stoppedAt ?? openedAt)}.`, true);
  return {
    kind: "to do",
    asks: undefined,
    statements: editionStatements.stop(id, Date.parse(now)),
    done: `${id} is paused. Nothing more will be sent, except a batch that is being sent right now. To continue: \`${commandFor(target, `continue ${id}`)}\`. To end it: \`${commandFor(target, `skip ${id}`)}\`.`,
  };
}

export function planAnnounce(chapter: Chapter, { target, now }: Moment): Plan {
  const { id, announcedAt, editionId } = chapter;
  if (editionId !== null) {
    return nothing(
      `${id} is already in edition ${editionId}, and no one gets a chapter twice. \`${commandFor(target, `show ${editionId}`)}\` shows who received it.`,
      true,
    );
  }
  if (announcedAt !== null) {
    return nothing(`${id} has been queued since ${moment(announcedAt)}: the next cron run will email it.`, true);
  }
  return {
    kind: "to do",
    asks: {
      title: `If you announce ${id}:`,
      effects: effectsOfAnnouncing(chapter, en.desk),
      after: "No one with a delivery on record gets it again.",
      question: `Email ${id}? You can stop the edition, but not recall sent emails.`,
    },
    statements: announceStatements(id, Date.parse(now)),
    done: `${id} is queued: the next cron run will email it. \`${commandFor(target)}\` lists it.`,
  };
}

export function planResume({ newsletter, subscribers, open, news }: Overview, { target, now }: Moment): Plan {
  if (!isHeldByRestore(newsletter))
    return nothing("The newsletter is not paused: it was not restored, or has already resumed.", true);
  const stopped = open.filter(({ state }) => state === "stopped").length;
  return {
    kind: "to do",
    asks: {
      title: "If you resume sending:",
      effects: [
        { count: subscribers.each, words: "will get each chapter published from now on" },
        { count: subscribers.weekly + subscribers.monthly, words: "will get it with their digests" },
      ],
      after: [
        "These are the subscribers in the backup; some may have unsubscribed since.",
        ...(news.length > 0 ? [`Sent with the next cron run: ${news.join(", ")}.`] : []),
        ...(stopped > 0 ? [`Stopped editions stay stopped until you decide on each (${stopped}).`] : []),
      ].join("\n"),
      question: "Resume sending?",
    },
    statements: resumeStatements(Date.parse(now)),
    done: `Sending has resumed. \`${commandFor(target)}\` lists what still needs your attention.`,
  };
}

/** Needs no confirmation: the notice is raised again if its cause recurs. */
export function planDismiss({ id, title, resolvedAt }: Notice, { now }: Moment): Plan {
  if (resolvedAt !== null) return nothing(`"${title}" was already dismissed ${moment(resolvedAt)}.`, true);
  return {
    kind: "to do",
    asks: undefined,
    statements: dismissStatements(id, Date.parse(now)),
    done: `"${title}" is dismissed. You will be notified if it happens again.`,
  };
}

const howDone = ({ doneAt, stopReason, openedAt }: EditionStatus): string =>
  `was ${stopReason === "skipped" ? "ended by you" : "completed"} ${moment(doneAt ?? openedAt)}`;
