/** Words states and counts from the database for the terminal. */

import { type EditionStatus, recipientsIn } from "../../editions/actions/edition-status.ts";
import type { StateCount } from "../../editions/delivery-counts.ts";
import { isHeldByRestore, type Newsletter } from "../../editions/newsletter-row.ts";
import { count } from "../../publish/source/problem.ts";
import type { Target } from "../explain-failure.ts";
import { together } from "../terminal.ts";
import { withEnvironment } from "../wrangler/environment.ts";

/** The command as the author would type it for this target. */
export const commandFor = (target: Target, words = ""): string => {
  const rest = [words, target === "remote" ? "--remote" : ""].filter(Boolean).join(" ");
  return withEnvironment(`\`npm run newsletter${rest === "" ? "" : ` -- ${rest}`}\``).slice(1, -1);
};

/** Notices name commands for the deployed library; on this machine they need no `--remote`. */
export const forTarget = (text: string, target: Target): string =>
  target === "remote" ? text : text.replaceAll(" -- --remote`", "`").replaceAll(" --remote`", "`");

/** `2026-02-02 08:30 UTC`. */
export const moment = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** `1,250`. */
export const thousands = (number: number): string => number.toLocaleString("en-US");

/** Delivery states in the order of display, worded to follow a number of recipients. */
const stateWords = {
  delivered: "delivered",
  accepted: "sent",
  bounced: "bounced",
  complained: "marked as spam",
  failed: "failed",
  uncertain: "may have arrived",
  skipped: "not sent",
  sending: "in batches",
} as const;
type State = keyof typeof stateWords;
const states = Object.keys(stateWords) as State[];

export const stateWord = (state: string): string => stateWords[state as State] ?? state;

/** Sorts by state, then the most frequent reason first. */
export const inOrder = (counts: readonly StateCount[]): StateCount[] =>
  [...counts].sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || b.recipients - a.recipients);

/** `1,250 queued, 100 being sent, 300 sent`. */
export function progressOf(edition: EditionStatus): string {
  const { untried, tried, ahead } = edition;
  const sums = states
    .filter((state) => state !== "sending")
    .map((state) => [recipientsIn(edition, [state]), stateWords[state]] as const);
  const parts = [[untried + ahead, "queued"], [tried, "being sent"], ...sums] as const;
  const texts = parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => together(`${thousands(number)} ${words}`));
  return texts.length > 0 ? texts.join(", ") : "no recipients";
}

/** Why nothing is being sent; undefined unless sending is on hold. `now` in ISO 8601. */
export const holdWord = (newsletter: Newsletter, now: string, target: Target): string | undefined =>
  isHeldByRestore(newsletter)
    ? `Nothing is being sent: the database was restored from a backup. To resume sending: \`${commandFor(target, "resume")}\`.`
    : newsletter?.holdUntil && newsletter.holdUntil > now
      ? `Nothing will be sent before ${moment(newsletter.holdUntil)}. Reason given by Resend: ${newsletter.holdReason ?? "none"}.`
      : undefined;

/** `3 attempts`. */
export const attempts = (number: number): string => count(number, "attempt");
