/**
 * Describes, in numbers of recipients, what an action will do to an edition before the author confirms it at the desk or in
 * the terminal; or why there is nothing to do.
 */
import type { Words } from "../../ui/words/words.ts";
import type { ChapterAudience } from "../chapters/chapter-audience.ts";
import { stopSentence } from "../record-words.ts";
import type { Action } from "./edition-actions.ts";
import { type EditionStatus, recipientsIn } from "./edition-status.ts";

/** How many recipients, and what the action means for them. */
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

export function describeDecision(action: Action, edition: EditionStatus, words: Words["desk"]): Decision {
  const { decisions } = words;
  const { state, stopReason } = edition;
  if (state === "done") {
    return nothing(stopReason === "skipped" ? decisions.isEnded : decisions.isComplete);
  }
  switch (action) {
    case "continue":
      if (state === "sending") return nothing(decisions.isSending);
      return {
        kind: "to do",
        before: stopSentence(words, stopReason),
        effects: effectsOfContinuing(edition, words),
      };
    case "skip":
      return { kind: "to do", effects: effectsOfSkipping(edition, words), ...afterSkipping(edition, words) };
    case "stop":
      if (state === "stopped") return nothing(decisions.isPaused);
      return {
        kind: "to do",
        effects: effectsOfStopping(edition, words),
        after: decisions.canContinue,
      };
  }
}

export function effectsOfContinuing(edition: EditionStatus, { decisions: { effects } }: Words["desk"]): Effect[] {
  const { untried, tried, ahead, stopReason } = edition;
  return [
    effect(untried, effects.continueUntried),
    effect(ahead, stopReason === "restored" ? effects.continueAheadRestored : effects.continueAhead),
    effect(tried, effects.continueTried),
    effect(recipientsIn(edition, ["uncertain"]), effects.uncertain),
  ];
}

export function effectsOfSkipping(edition: EditionStatus, { decisions: { effects } }: Words["desk"]): Effect[] {
  const { untried, tried, ahead } = edition;
  return [
    effect(untried + ahead, effects.skipUntried),
    effect(tried, effects.skipTried),
    effect(recipientsIn(edition, ["uncertain"]), effects.uncertain),
    effect(recipientsIn(edition, ["accepted", "delivered", "bounced", "complained"]), effects.skipSent),
  ];
}

export const effectsOfAnnouncing = (
  { each, weekly, monthly }: ChapterAudience,
  { decisions: { effects } }: Words["desk"],
): Effect[] => [
  effect(each, effects.announceEach),
  effect(weekly, effects.announceWeekly),
  effect(monthly, effects.announceMonthly),
];

/** A sentence to show after the effects of skipping, if any. */
export const afterSkipping = (
  { audience }: EditionStatus,
  { decisions }: Words["desk"],
): { readonly after?: string } => (audience === "each" ? { after: decisions.otherDigests } : {});

const effectsOfStopping = (
  { untried, tried, ahead }: EditionStatus,
  { decisions: { effects } }: Words["desk"],
): Effect[] => [effect(untried + ahead, effects.stopUntried), effect(tried, effects.stopTried)];

const effect = (count: number, words: (count: number) => string): Effect => ({ count, words: words(count) });

const nothing = (words: string): Decision => ({ kind: "nothing to do", words });
