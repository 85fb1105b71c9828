/**
 * A copy's life. A row is written when its batch is sealed, and moves along the arrows below, whoever reports
 * what happened: the provider's answer, or its webhooks, in any order and any number of times.
 *
 * | from                                   | what happens                                                       | to         |
 * | -------------------------------------- | ------------------------------------------------------------------ | ---------- |
 * | (no copy)                              | sealing                                                            | sending    |
 * | (no copy), sending                     | passed over before anything was posted: left, paused, not wanted … | skipped    |
 * | sending                                | `lapse`: it may have been sent, and no answer can come any more    | uncertain  |
 * | sending, uncertain                     | `accept`: the answer, `email.sent`, `email.delivery_delayed`       | accepted   |
 * | … accepted                             | `fail`: refused in the answer, `email.failed`, `email.suppressed`  | failed     |
 * | … accepted, failed                     | `deliver`: `email.delivered`                                       | delivered  |
 * | … accepted, failed, delivered          | `bounce`: `email.bounced`                                          | bounced    |
 * | … accepted, failed, delivered, bounced | `complain`: `email.complained`                                     | complained |
 *
 * Each arrow begins in every state that stands before its end. So what a set of reports leads to is the
 * farthest of their ends, in whatever order they come. A complaint stands last because only somebody who
 * has the mail can complain of it; a bounce stands after `delivered` because a server may take a mail and
 * return it later. A report about a copy that was skipped leads on as from `sending`: what happened is
 * recorded, and the author is told.
 */
import { type SQL, sql } from "drizzle-orm";
import type { deliveryStates } from "../db/newsletter-tables.ts";

export type DeliveryState = (typeof deliveryStates)[number];

export interface Arrow {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
}

export const arrows = {
  lapse: { from: ["sending"], to: "uncertain" },
  accept: { from: ["sending", "uncertain"], to: "accepted" },
  fail: { from: ["sending", "uncertain", "accepted"], to: "failed" },
  deliver: { from: ["sending", "uncertain", "accepted", "failed"], to: "delivered" },
  bounce: { from: ["sending", "uncertain", "accepted", "failed", "delivered"], to: "bounced" },
  complain: { from: ["sending", "uncertain", "accepted", "failed", "delivered", "bounced"], to: "complained" },
} as const satisfies Readonly<Record<string, Arrow>>;

/** What the provider can report of a copy. */
export type Report = Exclude<keyof typeof arrows, "lapse">;

/** The states that an arrow begins in, as the right side of `IN`. */
export const beginningsOf = ({ from }: Arrow): SQL => listOf(from);

/** States in which a report is against the record: by it there was no mail, or none that anybody got. */
export const contradictedBy = (report: Report): SQL =>
  listOf(report === "deliver" || report === "complain" ? ["skipped", "failed"] : ["skipped"]);

/** States in which a reader has the mail. */
export const arrived: SQL = listOf(["delivered", "complained"]);

/** Names of states are our own, so they may stand in the text of a statement. */
function listOf(states: readonly DeliveryState[]): SQL {
  return sql.raw(`(${states.map((state) => `'${state}'`).join(", ")})`);
}
