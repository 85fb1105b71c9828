/**
 * The states of a delivery. Its row is written when its batch is sealed, and moves along the arrows below, whether Resend's
 * response or its webhooks report what happened, in any order and any number of times.
 *
 * | from                                   | event                                                                  | to         |
 * | -------------------------------------- | ---------------------------------------------------------------------- | ---------- |
 * | (no row)                               | sealing                                                                | sending    |
 * | (no row), sending                      | left out before it was sent: unsubscribed, paused, not chosen …        | skipped    |
 * | sending                                | `lapse`: it may have been sent, and no answer can arrive any more      | uncertain  |
 * | sending, uncertain                     | `accept`: the response, `email.sent`, `email.delivery_delayed`         | accepted   |
 * | … accepted                             | `fail`: rejected in the response, `email.failed`, `email.suppressed`   | failed     |
 * | … accepted, failed                     | `deliver`: `email.delivered`                                           | delivered  |
 * | … accepted, failed, delivered          | `bounce`: `email.bounced`                                              | bounced    |
 * | … accepted, failed, delivered, bounced | `complain`: `email.complained`                                         | complained |
 *
 * Each arrow starts in every state before its end. So the result of a set of reports is the farthest of their ends, in
 * whatever order they arrive. `complained` is last because only a recipient who has the email can complain; `bounced` is
 * after `delivered` because a server may accept an email and return it later. A report about a skipped delivery counts as
 * if it were `sending`: what happened is recorded, and the author is notified.
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

/** What Resend can report about a delivery. */
export type Report = Exclude<keyof typeof arrows, "lapse">;

/** States in which an arrow starts, as the right side of `IN`. */
export const beginningsOf = ({ from }: Arrow): SQL => listOf(from);

/** States that a report contradicts: according to the record nothing was sent, or nothing arrived. */
export const contradictedBy = (report: Report): SQL =>
  listOf(report === "deliver" || report === "complain" ? ["skipped", "failed"] : ["skipped"]);

/** States in which the recipient has the email. */
export const arrived: SQL = listOf(["delivered", "complained"]);

/** Safe as raw SQL, because the states are constants. */
function listOf(states: readonly DeliveryState[]): SQL {
  return sql.raw(`(${states.map((state) => `'${state}'`).join(", ")})`);
}
