/** Prints the dry run and the result of an import. */

import { showInvisible } from "../../library/invisible.ts";
import { count } from "../../publish/source/problem.ts";
import { moment, thousands } from "../editions/words.ts";
import { table, wrapped } from "../terminal.ts";
import { quoted } from "./ask-about-list.ts";
import { type ImportPlan, type Outcome, outcomes } from "./plan-import.ts";
import type { List } from "./read-list.ts";

/** Maximum number of lines listed per problem. */
const maxLines = 20;

const words = (outcome: Outcome, from: string): string =>
  ({
    subscribed: `new: will get chapters published from ${from}; nothing older, no welcome email`,
    unsubscribed: "new, unsubscribed there: kept as unsubscribed, never emailed",
    bounced: "new, bounced there: kept as suppressed, never emailed",
    complained: "new, complained there: kept as suppressed, never emailed",
    leaving: "unsubscribed or complained there after subscribing here: unsubscribed here too",
    "imported unsubscribed": "unsubscribed there, and subscribed here only by an import: unsubscribed here too",
    "imported bounced": "bounced there, and subscribed here only by an import: suppressed here too",
    "imported complained": "complained there, and subscribed here only by an import: suppressed here too",
    staying: "unsubscribed, bounced or complained there, but subscribed here themselves: stay subscribed",
    known: "already on record here: unchanged",
    "left here": "unsubscribed here: stay unsubscribed",
    "suppressed here": "suppressed or erased here: skipped",
    unconfirmed: "not confirmed there: skipped, not emailed; they can use the form",
  })[outcome];

/** `confirmedAt`: ISO 8601; new subscribers get chapters published from then on. */
export function showImport(list: List, { counts }: ImportPlan, confirmedAt: string): string {
  const { file, shape, form, rows, invalid, repeated } = list;
  const lines: [string, string][] = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => [thousands(counts[outcome]), words(outcome, moment(confirmedAt))]);
  if (repeated.length > 0)
    lines.push([thousands(repeated.length), `duplicate rows (the most cautious one counts): ${linesOf(repeated)}`]);
  if (invalid.length > 0) lines.push([thousands(invalid.length), "not an email address: skipped"]);
  const wrong = invalid
    .slice(0, maxLines)
    .map(
      ({ line, written }) =>
        `    line ${line}: ${written === "" ? "empty" : `\`${showInvisible(written).slice(0, 80)}\``}`,
    );
  if (invalid.length > maxLines) wrong.push(`    and ${thousands(invalid.length - maxLines)} more`);
  const head = `${file} is ${shape.title} (${form}) with ${thousands(rows)} ${rows === 1 ? "row" : "rows"}.`;
  const consent = list.lacksConsent
    ? `\n\n${wrapped('The list does not record consent, so no one on it will be subscribed. If they did consent, say where and how: `--consent "Signed up on paper at the spring lecture, 2026-03-01"`. This is recorded for each of them.', "")}`
    : "";
  const notes = [statusNote(list), ...unknownNotes(list), ...dateNotes(list)].map(
    (note) => note && `\n\n${wrapped(note, "")}`,
  );
  return (
    [wrapped(head, ""), "", ...(lines.length > 0 ? [table(lines)] : []), ...wrong].join("\n") + notes.join("") + consent
  );
}

const statusNote = ({ statusColumns }: List): string =>
  statusColumns.length === 0
    ? ""
    : `The status was read from ${statusColumns.length === 1 ? "the column" : "the columns"} ${quoted(statusColumns, maxLines)}; the most cautious cell of a row counts.`;

const unknownNotes = ({ unknownWords }: List): string[] =>
  unknownWords.slice(0, maxLines).map(({ column, word, lines }) => {
    return `${quoted([word])} in the column \`${column}\` is not a known status (${linesOf(lines)}); it counts as not confirmed. To give its meaning: \`--column "${column}: ${word}=MEANING"\`; \`--help\` lists the meanings.`;
  });

function dateNotes({ unreadDates }: List): string[] {
  const note = (hasOther: boolean, instead: string): string[] => {
    const dates = unreadDates.filter((date) => date.hasOther === hasOther);
    if (dates.length === 0) return [];
    const shown = dates
      .slice(0, maxLines)
      .map(({ line, written }) => `line ${line}: \`${showInvisible(written).slice(0, 60)}\``);
    const rest = dates.length > maxLines ? ` and ${thousands(dates.length - maxLines)} more` : "";
    return [
      `${count(dates.length, "date")} could not be read (${shown.join("; ")}${rest}): ${instead} is recorded instead.`,
    ];
  };
  return [...note(false, "the time of the import"), ...note(true, "another date of the same row")];
}

/** The number of rows written, if it may matter: Workers Free allows 100,000 a day. */
export function costWords(plan: ImportPlan): string | undefined {
  const rows = plan.arrivals.length * rowsPerArrival;
  return rows > 50_000
    ? wrapped(
        `It writes about ${thousands(rows)} rows into D1; Workers Free allows 100,000 a day. If an import stops at that limit, run it again to complete it.`,
        "",
      )
    : undefined;
}

/** A subscriber with two indexes, and a consent with one: measured by `npm run bench`. */
const rowsPerArrival = 5;

const linesOf = (lines: readonly number[]): string => {
  const shown = lines.slice(0, maxLines).join(", ");
  const rest = lines.length > maxLines ? ` and ${thousands(lines.length - maxLines)} more` : "";
  return `${count(lines.length, "line").replace(/^\d+ /, "")} ${shown}${rest}`;
};
