/** What an answer of the author will do to a mailing, in numbers, before it is done; or why there is nothing to do. */
import { stopWord } from "../../library/mailing-words.ts";
import type { Answer } from "./edition-actions.ts";
import { type Mailing, readersIn } from "./edition-status.ts";

/** How many readers, and what an answer means for them. */
interface Effect {
  readonly count: number;
  readonly words: string;
}

export type Plan =
  | { readonly kind: "nothing to do"; readonly words: string }
  | {
      readonly kind: "to do";
      /** Why the mailing is stopped, if it is. */
      readonly before?: string;
      /** In the words of `npm run newsletter`. */
      readonly effects: readonly Effect[];
      readonly after?: string;
    };

export function planAnswer(answer: Answer, mailing: Mailing): Plan {
  const { state, stopReason, audience, untried, tried, ahead } = mailing;
  if (state === "done") {
    return nothing(stopReason === "skipped" ? "You ended this edition." : "This edition is complete.");
  }
  const uncertain = { count: readersIn(mailing, ["uncertain"]), words: "may already have it: not sent again" };
  switch (answer) {
    case "continue":
      if (state === "sending") return nothing("This edition is already being sent.");
      return {
        kind: "to do",
        before: stopWord(stopReason),
        effects: [
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
          uncertain,
        ],
      };
    case "skip":
      return {
        kind: "to do",
        effects: [
          { count: untried + ahead, words: "will not get it, either now or in a later digest" },
          { count: tried, words: "may have it, because their batch was sent or is being sent: marked uncertain" },
          uncertain,
          {
            count: readersIn(mailing, ["accepted", "delivered", "bounced", "complained"]),
            words: "have already been sent it",
          },
        ],
        ...(audience === "each" && { after: "Weekly and monthly digests are separate editions." }),
      };
    case "stop":
      if (state === "stopped") return nothing("This edition is already paused.");
      return {
        kind: "to do",
        effects: [
          { count: untried + ahead, words: "will not get it until you continue" },
          { count: tried, words: "may still get it: their batch is being sent, or may have been" },
        ],
        after: "You can continue it from where it stopped, or end it, at any time.",
      };
  }
}

const nothing = (words: string): Plan => ({ kind: "nothing to do", words });
