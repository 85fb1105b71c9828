/** Prints one edition for `npm run newsletter -- show`. */

import { effectsOfContinuing } from "../../editions/actions/decision-effects.ts";
import { audienceWords, reasonWord, stopWord } from "../../library/mailing-words.ts";
import { table, withRightEnd, wrapped } from "../terminal.ts";
import type { Detail, Doubt } from "./read-detail.ts";
import type { Page } from "./show-overview.ts";
import { showEffects } from "./show-question.ts";
import { attempts, commandFor, holdWord, inOrder, moment, stateWord, thousands } from "./words.ts";

export function showMailing(detail: Detail, page: Page): string {
  const { mailing } = detail;
  const { id, state, openedAt, doneAt, stoppedAt, stopReason } = mailing;
  const hold = holdWord(detail.newsletter, page.now, page.target);
  const ends = {
    sending: "being sent",
    stopped: `stopped ${moment(stoppedAt ?? openedAt)}`,
    done: `${stopReason === "skipped" ? "ended" : "complete"} ${moment(doneAt ?? openedAt)}`,
  } as const;
  return [
    withRightEnd(id, ends[state]).replace(id, () => page.paint(id, state === "stopped" ? "red" : "bold")),
    ...(state === "stopped" ? [wrapped(stopWord(stopReason), "  ")] : []),
    ...(state !== "done" && hold !== undefined ? [wrapped(hold, "  ")] : []),
    showFacts(detail, page),
    section("Recipients", showReaders(detail), page),
    ...(detail.batches.length > 0 ? [section("Batches", showBatches(detail, page.now), page)] : []),
    ...(detail.doubtsTotal > 0 ? [section("Recipients to check", showDoubts(detail, page), page)] : []),
    ...(state === "stopped" ? [section("If you continue", showContinuation(detail, page), page)] : []),
  ].join("\n\n");
}

const section = (title: string, body: string, { paint }: Page): string => `${paint(title, "bold")}\n${body}`;

function showFacts({ mailing }: Detail, { paint }: Page): string {
  const facts = [
    ["for", audienceWords[mailing.audience]],
    ...mailing.chapters.map((chapter, index) => [index === 0 ? "with" : "", chapter]),
    ["opened", moment(mailing.openedAt)],
  ];
  return facts.map(([name = "", value = ""]) => `  ${paint(name.padEnd(7), "dim")}  ${value}`).join("\n");
}

function showReaders({ mailing }: Detail): string {
  const rows = inOrder(mailing.deliveries).map(({ state, reason, recipients }): [string, string] => [
    thousands(recipients),
    reason === null ? stateWord(state) : `${stateWord(state)}: ${reasonWord(reason)}`,
  ]);
  if (mailing.ahead > 0) rows.push([thousands(mailing.ahead), "not processed yet"]);
  return rows.length > 0 ? table(rows) : "  None.";
}

function showBatches({ mailing, batches }: Detail, now: string): string {
  return table(
    batches.map(({ readers, unknownSince, nextAttemptAt, attempts: tries, error }) => {
      const what =
        unknownSince === null
          ? "not sent yet"
          : `may have been sent, first tried ${moment(unknownSince)}, ${attempts(tries)}`;
      const isLater = mailing.state === "sending" && nextAttemptAt > now;
      const next = isLater ? `; next attempt after ${moment(nextAttemptAt)}` : "";
      return [thousands(readers), `${what}${next}${error === null ? "" : `. Last error: ${error}`}`];
    }),
  );
}

function showDoubts({ mailing, doubts, doubtsTotal }: Detail, { target }: Page): string {
  const groups = new Map<string, Doubt[]>();
  for (const doubt of doubts) {
    const words = stateWord(doubt.state) + (doubt.reason === null ? "" : `: ${reasonWord(doubt.reason)}`);
    groups.set(words, [...(groups.get(words) ?? []), doubt]);
  }
  const hasSeveral = mailing.chapters.length > 1;
  const lines = [...groups].flatMap(([words, list]) => [
    wrapped(words, "  "),
    ...list.map(({ email, chapter }) => `    ${email ?? "(erased)"}${hasSeveral ? `  ${chapter}` : ""}`),
  ]);
  const more = doubtsTotal - doubts.length;
  if (more > 0)
    lines.push(`  ${thousands(more)} more: ${commandFor(target, `show ${mailing.id} --limit ${doubtsTotal}`)}`);
  return lines.join("\n");
}

const showContinuation = ({ mailing }: Detail, { target }: Page): string =>
  [
    showEffects(effectsOfContinuing(mailing)),
    "",
    `  continue  ${commandFor(target, `continue ${mailing.id}`)}`,
    `  end       ${commandFor(target, `skip ${mailing.id}`)}`,
  ].join("\n");
