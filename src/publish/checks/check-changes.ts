/** Checks the dates of declared changes: after publication, not in the future, each only once. */
import type { BookFields, ChapterFields } from "../source/content-schema.ts";
import { count, type ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { shownDate } from "./check-dates.ts";

/** The day begins this much earlier than in UTC where it begins first. */
const earliestZoneMs = 14 * 3_600_000;

/** `now` in milliseconds since 1970; without it future dates are not checked: see `checkDates`. */
export function checkChanges(
  { data, file, spanOf, spanOfKey }: TextSource<ChapterFields | BookFields>,
  now: number | undefined,
  problems: ProblemList,
): void {
  const { changes = [], published } = data;
  if (changes.length > 0 && published === undefined) {
    problems.add(
      file,
      spanOfKey(["changes"]),
      `This draft declares ${count(changes.length, "change")}, but readers have not seen an earlier version.`,
      "Remove `changes`, or add the date it was published on.",
      "warning",
    );
  }
  const seen = new Set<string>();
  for (const [index, { date }] of changes.entries()) {
    const add = (message: string, fix: string) => problems.add(file, spanOf(["changes", index, "date"]), message, fix);
    if (seen.has(date)) {
      add(
        `Two changes have the date ${shownDate(date)}.`,
        "Put them into one entry, or write the time of the second: `2026-12-03T09:00:00+01:00`.",
      );
    } else if (published !== undefined && date < published) {
      add(
        `This change is dated before the page was published, on ${shownDate(published)}.`,
        "Correct the date, or remove the entry: what changed before publication concerns no reader.",
      );
    } else if (now !== undefined && Date.parse(date) > now + earliestZoneMs) {
      add(
        `This change is dated in the future: ${shownDate(date)}.`,
        "Write the date on which you publish it; a change cannot be scheduled.",
      );
    }
    seen.add(date);
  }
}
