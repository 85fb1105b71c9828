/** What the desk asks of the newsletter, handed in by app.ts: the two rooms stand side by side. */
import type { Database } from "../db/database.ts";
import type { deliveryStates } from "../db/newsletter-tables.ts";
import type { Edition } from "./edition-queries.ts";

export const answers = ["continue", "skip", "stop"] as const;
export type Answer = (typeof answers)[number];

/** As newsletter/mailing-state.ts has it. */
export interface Mailing extends Edition {
  readonly untried: number;
  readonly tried: number;
  readonly ahead: number;
  readonly tallies: readonly { readonly state: string; readonly reason: string | null; readonly count: number }[];
  readonly holdUntil: string | null;
}

export type Plan =
  | { readonly kind: "nothing to do"; readonly words: string }
  | {
      readonly kind: "to do";
      readonly before?: string;
      readonly effects: readonly { readonly count: number; readonly words: string }[];
      readonly after?: string;
    };

/** Times in milliseconds. */
export interface Mailings {
  read(db: Database, edition: string, now: number): Promise<Mailing | undefined>;
  plan(answer: Answer, mailing: Mailing): Plan;
  /** Whether it was done: not when the mailing was in another state by then. */
  answer(db: Database, answer: Answer, edition: string, now: number): Promise<boolean>;
  /** Which chapter is at `place` (`book/slug`): an identity, or `new`. False when it is not asked, or cannot be that one. */
  answerQuestion(db: Database, place: string, answer: string, now: number): Promise<boolean>;
  settleNotice(db: Database, notice: string, now: number): Promise<boolean>;
}

export type DeliveryState = (typeof deliveryStates)[number];
