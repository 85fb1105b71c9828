/**
 * Sums each finished day by page, and the desk's periods until then, so the desk reads a few rows of each page instead of
 * every count. A period is continued: the day that has ended is added, and its first one is subtracted.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, transact } from "../db/database.ts";
import { chapterKeysNow, type Days, isAwaited, spans, sumDays, sumSpan } from "../db/reading-days.ts";

/** The desk's longest period, and the week that it may be read after it was summed. */
const daysBack = Math.max(...spans) + 7;
/** Limit of earlier days for one run. After a chapter has moved, all days are summed again within seven hours. */
const daysAtOnce = 56;

/** Cost of `sumFinishedDays`, for the call budget that the run shares with the newsletter. */
export const sumDaysCost = { queries: 9, calls: 2 } as const;

interface State {
  /** Null if nothing is summed, or if what is summed is void. */
  readonly since: string | null;
  readonly until: string | null;
  readonly keys: string;
  /** 1 if counts of the days to be summed are in tallies. */
  readonly isAwaited: number;
}

/** Can be repeated, and run twice at once: the sums and their validity are written in one transaction. */
export async function sumFinishedDays(db: Database, now: number, most = daysAtOnce): Promise<void> {
  const yesterday = before(new Date(now).toISOString().slice(0, 10), 1);
  const [state] = await db.all<State>(sql`SELECT k.keys, d.since, d.until, ${isAwaited(sql`${yesterday}`)} AS isAwaited
    FROM (SELECT ${chapterKeysNow} AS keys) k
    LEFT JOIN summed_days d ON d.keys = k.keys AND d.until <= ${yesterday} AND d.until >= ${before(yesterday, 7)}`);
  if (!state || state.isAwaited === 1) return;
  const { since, until } = state;
  const fresh = until === null ? [] : daysUntil(yesterday, daysBack).filter((day) => day > until);
  const earlier = daysUntil(since === null ? yesterday : before(since, 1), most);
  const earliest = before(yesterday, daysBack - 1);
  const days = [...earlier.filter((day) => day >= earliest), ...fresh];
  if (days.length === 0) return;
  await transact(db, [
    ...sumDays(days),
    ...(until === yesterday ? [] : sumSpans(until, yesterday)),
    // A waiting count could be added to its day by an older version of the Worker, which knows no sums.
    sql`INSERT OR REPLACE INTO summed_days (id, since, until, keys)
      SELECT 1, ${[since ?? yesterday, ...days].sort()[0]}, ${yesterday}, ${state.keys}
      WHERE ${state.keys} = ${chapterKeysNow} AND NOT ${isAwaited(sql`${yesterday}`)}`,
  ]);
}

/** Continues the sums of the spans until `last`, if there are any. */
function sumSpans(last: string | null, until: string): SQL[] {
  const sums = spans.map((span) => sumSpan(daysUntil(until, span - 1)));
  // Pages that no longer exist have no sums.
  if (last === null) return [sql`DELETE FROM reading_spans`, ...sums];
  return [...sums, sql`DELETE FROM reading_spans WHERE until <> ${until}`];
}

const dayMs = 86_400_000;

const before = (day: string, count: number): string =>
  new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, 10);

/** `count` days, oldest first. */
const daysUntil = (last: string, count: number): Days => {
  const [first = last, ...others] = Array.from({ length: count }, (_, index) => before(last, count - 1 - index));
  return [first, ...others];
};
