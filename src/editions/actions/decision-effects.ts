/** What an answer of the author will do to a mailing, in numbers, before it is done; or why there is nothing to do. */
import { stopWord } from "../../library/mailing-words.ts";
import type { Answer } from "./edition-actions.ts";
import { type Mailing, readersIn } from "./edition-status.ts";

/** How many readers, and what an answer means for them. */
export interface Effect {
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
    return nothing(stopReason === "skipped" ? "You ended this mailing." : "This mailing is finished.");
  }
  const uncertain = { count: readersIn(mailing, ["uncertain"]), words: "may have it: left as they are" };
  switch (answer) {
    case "continue":
      if (state === "sending") return nothing("This mailing is being sent already.");
      return {
        kind: "to do",
        before: stopWord(stopReason),
        effects: [
          { count: untried, words: "will get it: nothing of their batches was sent yet" },
          {
            count: ahead,
            words: `will get it: not come to yet, and without a record of it${
              stopReason === "restored" ? "; some may have had it before the database was set back" : ""
            }`,
          },
          {
            count: tried,
            words:
              "may have it: asked for again under the same key while Resend remembers it, so that nobody gets two; after that noted as uncertain",
          },
          uncertain,
        ],
      };
    case "skip":
      return {
        kind: "to do",
        effects: [
          { count: untried + ahead, words: "will not get it, neither now nor with a later digest" },
          { count: tried, words: "may have it, because their batch was posted or is being posted: noted as uncertain" },
          uncertain,
          {
            count: readersIn(mailing, ["accepted", "delivered", "bounced", "complained"]),
            words: "were sent it before",
          },
        ],
        ...(audience === "each" && { after: "Digests for weekly and monthly readers are mailings of their own." }),
      };
    case "stop":
      if (state === "stopped") return nothing("This mailing is stopped already.");
      return {
        kind: "to do",
        effects: [
          { count: untried + ahead, words: "do not get it until you let it go on" },
          { count: tried, words: "may still get it: a run is posting their batch, or may have" },
        ],
        after: "It can go on from where it stood, or be ended, whenever you like.",
      };
  }
}

const nothing = (words: string): Plan => ({ kind: "nothing to do", words });
