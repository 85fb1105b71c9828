/** What the author reads before an import is made, and after it. */

import { showInvisible } from "../../library/invisible.ts";
import { count } from "../../publish/source/problem.ts";
import { moment, thousands } from "../editions/words.ts";
import { table, wrapped } from "../terminal.ts";
import { quoted } from "./ask-about-list.ts";
import { type ImportPlan, type Outcome, outcomes } from "./plan-import.ts";
import type { List } from "./read-list.ts";

/** Lines of a kind that are named. */
const mostLines = 20;

const words = (outcome: Outcome, from: string): string =>
  ({
    subscribed: `new: get what is published from ${from} on, nothing older, and no welcome`,
    unsubscribed: "new, left there: kept as unsubscribed, never mailed",
    bounced: "new, bounced there: kept as suppressed, never mailed",
    complained: "new, complained there: kept as suppressed, never mailed",
    leaving: "left or complained there after they subscribed here: unsubscribed here, too",
    "imported unsubscribed": "left there, and subscribed here by an import alone: unsubscribed here, too",
    "imported bounced": "bounced there, and here by an import alone: suppressed here, too",
    "imported complained": "complained there, and here by an import alone: suppressed here, too",
    staying: "left, bounced or complained there, but subscribed here themselves: stay subscribed",
    known: "on record here already: stay as they are",
    "left here": "left here: stay left",
    "suppressed here": "suppressed or erased here: stay out",
    unconfirmed: "not confirmed there: left out, not mailed; the form is open to them",
  })[outcome];

/** `confirmedAt` in ISO 8601: from when on who is new gets what is published. */
export function showImport(list: List, { counts }: ImportPlan, confirmedAt: string): string {
  const { file, shape, form, rows, invalid, repeated } = list;
  const lines: [string, string][] = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => [thousands(counts[outcome]), words(outcome, moment(confirmedAt))]);
  if (repeated.length > 0)
    lines.push([thousands(repeated.length), `listed again, the most cautious row counts: ${linesOf(repeated)}`]);
  if (invalid.length > 0) lines.push([thousands(invalid.length), "not an address: left out"]);
  const wrong = invalid
    .slice(0, mostLines)
    .map(
      ({ line, written }) =>
        `    line ${line}: ${written === "" ? "empty" : `\`${showInvisible(written).slice(0, 80)}\``}`,
    );
  if (invalid.length > mostLines) wrong.push(`    and ${thousands(invalid.length - mostLines)} more`);
  const head = `${file} is ${shape.title} (${form}) with ${thousands(rows)} ${rows === 1 ? "row" : "rows"}.`;
  const consent = list.lacksConsent
    ? `\n\n${wrapped('The list does not say that its people agreed to mail, so nobody of it is subscribed. If they did, say where and how: `--consent "Signed up on paper at the spring lecture, 2026-03-01"`. It goes on record with each of them.', "")}`
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
    : `Who is subscribed was read from ${statusColumns.length === 1 ? "the column" : "the columns"} ${quoted(statusColumns, mostLines)}; the most cautious cell of a row counts.`;

const unknownNotes = ({ unknownWords }: List): string[] =>
  unknownWords.slice(0, mostLines).map(({ column, word, lines }) => {
    return `${quoted([word])} in the column \`${column}\` is not a known status (${linesOf(lines)}); it counts as not confirmed. To say what it means: \`--column "${column}: ${word}=MEANING"\`; \`--help\` has the meanings.`;
  });

function dateNotes({ unreadDates }: List): string[] {
  const note = (hasOther: boolean, instead: string): string[] => {
    const dates = unreadDates.filter((date) => date.hasOther === hasOther);
    if (dates.length === 0) return [];
    const shown = dates
      .slice(0, mostLines)
      .map(({ line, written }) => `line ${line}: \`${showInvisible(written).slice(0, 60)}\``);
    const rest = dates.length > mostLines ? ` and ${thousands(dates.length - mostLines)} more` : "";
    return [
      `${count(dates.length, "date")} could not be read (${shown.join("; ")}${rest}): ${instead} goes on record instead.`,
    ];
  };
  return [...note(false, "the time of the import"), ...note(true, "another date of the same row")];
}

/** How many rows an import writes, when that may matter: Workers Free allows 100,000 a day. */
export function costWords(plan: ImportPlan): string | undefined {
  const rows = plan.arrivals.length * rowsPerArrival;
  return rows > 50_000
    ? wrapped(
        `It writes about ${thousands(rows)} rows into D1; Workers Free allows 100,000 a day. An import that stops there is completed by the next one.`,
        "",
      )
    : undefined;
}

/** A subscriber with the two indexes, and a consent with its own: measured by `npm run bench`. */
const rowsPerArrival = 5;

const linesOf = (lines: readonly number[]): string => {
  const shown = lines.slice(0, mostLines).join(", ");
  const rest = lines.length > mostLines ? ` and ${thousands(lines.length - mostLines)} more` : "";
  return `${count(lines.length, "line").replace(/^\d+ /, "")} ${shown}${rest}`;
};
