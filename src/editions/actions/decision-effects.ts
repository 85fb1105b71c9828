/** What an action of the author will do to an edition, in numbers, before it is done: at the desk and by command; or why there is nothing to do. */
import { stopWord } from "../../library/edition-texts.ts";
import type { ChapterAudience } from "../chapters/chapter-audience.ts";
import type { Action } from "./edition-actions.ts";
import { type EditionStatus, recipientsIn } from "./edition-status.ts";

/** How many recipients, and what an action means for them. */
export interface Effect {
  readonly count: number;
  readonly words: string;
}

export type Decision =
  | { readonly kind: "nothing to do"; readonly words: string }
  | {
      readonly kind: "to do";
      /** Why the edition is stopped, if it is. */
      readonly before?: string;
      readonly effects: readonly Effect[];
      readonly after?: string;
    };

export function describeDecision(action: Action, edition: EditionStatus): Decision {
  const { state, stopReason } = edition;
  if (state === "done") {
    return nothing(stopReason === "skipped" ? "You ended this edition." : "This edition is complete.");
  }
  switch (action) {
    case "continue":
      if (state === "sending") return nothing("This edition is already being sent.");
      return { kind: "to do", before: stopWord(stopReason), effects: effectsOfContinuing(edition) };
    case "skip":
      return { kind: "to do", effects: effectsOfSkipping(edition), ...afterSkipping(edition) };
    case "stop":
      if (state === "stopped") return nothing("This edition is already paused.");
      return {
        kind: "to do",
        effects: effectsOfStopping(edition),
        after: "You can continue it from where it stopped, or end it, at any time.",
      };
  }
}

export const effectsOfContinuing = (edition: EditionStatus): Effect[] => {
  const { untried, tried, ahead, stopReason } = edition;
  return [
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
    uncertain(edition),
  ];
};

export const effectsOfSkipping = (edition: EditionStatus): Effect[] => {
  const { untried, tried, ahead } = edition;
  return [
    { count: untried + ahead, words: "will not get it, either now or in a later digest" },
    { count: tried, words: "may have it, because their batch was sent or is being sent: marked uncertain" },
    uncertain(edition),
    {
      count: recipientsIn(edition, ["accepted", "delivered", "bounced", "complained"]),
      words: "have already been sent it",
    },
  ];
};

export const effectsOfAnnouncing = ({ each, weekly, monthly }: ChapterAudience): Effect[] => [
  { count: each, words: "will get it with the next cron run" },
  { count: weekly, words: "will get it with the next weekly digest" },
  { count: monthly, words: "will get it with the next monthly digest" },
];

/** What has to be said after the effects of skipping, if anything. */
export const afterSkipping = ({ audience }: EditionStatus): { readonly after?: string } =>
  audience === "each" ? { after: "Weekly and monthly digests are separate editions." } : {};

const effectsOfStopping = ({ untried, tried, ahead }: EditionStatus): Effect[] => [
  { count: untried + ahead, words: "will not get it until you continue" },
  { count: tried, words: "may still get it: their batch is being sent, or may have been" },
];

const uncertain = (edition: EditionStatus): Effect => ({
  count: recipientsIn(edition, ["uncertain"]),
  words: "may already have it: not sent again",
});

const nothing = (words: string): Decision => ({ kind: "nothing to do", words });
