/** Prints one edition for `npm run newsletter -- show`. */

import { effectsOfContinuing } from "../../editions/actions/decision-effects.ts";
import { reasonWords, stopSentence } from "../../editions/record-words.ts";
import { en } from "../../ui/words/en.ts";
import { table, withRightEnd, wrapped } from "../terminal.ts";
import type { Detail, ProblemDelivery } from "./read-detail.ts";
import type { Page } from "./show-overview.ts";
import { showEffects } from "./show-question.ts";
import { attempts, commandFor, holdWord, inOrder, moment, stateWord, thousands } from "./words.ts";

export function showEdition(detail: Detail, page: Page): string {
  const { edition } = detail;
  const { id, state, openedAt, doneAt, stoppedAt, stopReason } = edition;
  const hold = holdWord(detail.newsletter, page.now, page.target);
  const ends = {
    sending: "being sent",
    stopped: `stopped ${moment(stoppedAt ?? openedAt)}`,
    done: `${stopReason === "skipped" ? "ended" : "complete"} ${moment(doneAt ?? openedAt)}`,
  } as const;
  return [
    withRightEnd(id, ends[state]).replace(id, () => page.paint(id, state === "stopped" ? "red" : "bold")),
    ...(state === "stopped" ? [wrapped(stopSentence(en.desk, stopReason), "  ")] : []),
    ...(state !== "done" && hold !== undefined ? [wrapped(hold, "  ")] : []),
    showFacts(detail, page),
    section("Recipients", showReaders(detail), page),
    ...(detail.batches.length > 0 ? [section("Batches", showBatches(detail, page.now), page)] : []),
    ...(detail.deliveriesTotal > 0 ? [section("Recipients to check", showProblemDeliveries(detail, page), page)] : []),
    ...(state === "stopped" ? [section("If you continue", showContinuation(detail, page), page)] : []),
  ].join("\n\n");
}

const section = (title: string, body: string, { paint }: Page): string => `${paint(title, "bold")}\n${body}`;

function showFacts({ edition }: Detail, { paint }: Page): string {
  const facts = [
    ["for", en.desk.records.audiences[edition.audience]],
    ...edition.chapters.map((chapter, index) => [index === 0 ? "with" : "", chapter]),
    ["opened", moment(edition.openedAt)],
  ];
  return facts.map(([name = "", value = ""]) => `  ${paint(name.padEnd(7), "dim")}  ${value}`).join("\n");
}

function showReaders({ edition }: Detail): string {
  const rows = inOrder(edition.deliveries).map(({ state, reason, recipients }): [string, string] => [
    thousands(recipients),
    reason === null ? stateWord(state) : `${stateWord(state)}: ${reasonWords(en.desk, reason)}`,
  ]);
  if (edition.ahead > 0) rows.push([thousands(edition.ahead), "not processed yet"]);
  return rows.length > 0 ? table(rows) : "  None.";
}

function showBatches({ edition, batches }: Detail, now: string): string {
  return table(
    batches.map(({ readers, unknownSince, nextAttemptAt, attempts: tries, error }) => {
      const what =
        unknownSince === null
          ? "not sent yet"
          : `may have been sent, first tried ${moment(unknownSince)}, ${attempts(tries)}`;
      const isLater = edition.state === "sending" && nextAttemptAt > now;
      const next = isLater ? `; next attempt after ${moment(nextAttemptAt)}` : "";
      return [thousands(readers), `${what}${next}${error === null ? "" : `. Last error: ${error}`}`];
    }),
  );
}

function showProblemDeliveries({ edition, deliveries, deliveriesTotal }: Detail, { target }: Page): string {
  const groups = new Map<string, ProblemDelivery[]>();
  for (const delivery of deliveries) {
    const { state, reason } = delivery;
    const words = stateWord(state) + (reason === null ? "" : `: ${reasonWords(en.desk, reason)}`);
    groups.set(words, [...(groups.get(words) ?? []), delivery]);
  }
  const hasSeveral = edition.chapters.length > 1;
  const lines = [...groups].flatMap(([words, list]) => [
    wrapped(words, "  "),
    ...list.map(({ email, chapter }) => `    ${email ?? "(erased)"}${hasSeveral ? `  ${chapter}` : ""}`),
  ]);
  const more = deliveriesTotal - deliveries.length;
  if (more > 0)
    lines.push(`  ${thousands(more)} more: ${commandFor(target, `show ${edition.id} --limit ${deliveriesTotal}`)}`);
  return lines.join("\n");
}

const showContinuation = ({ edition }: Detail, { target }: Page): string =>
  [
    showEffects(effectsOfContinuing(edition, en.desk)),
    "",
    `  continue  ${commandFor(target, `continue ${edition.id}`)}`,
    `  end       ${commandFor(target, `skip ${edition.id}`)}`,
  ].join("\n");
