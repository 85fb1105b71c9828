/** Decides which days may be read as sums (`reading_pages`, `reading_spans`), and sums and reads them. */
import { type SQL, sql } from "drizzle-orm";
import { mondayOf, selectSummedWeeks } from "./reading-weeks.ts";

/** Lengths of the desk's periods, in days. The longest is whole weeks, because its chart is drawn by week. */
export const spans = [30, 90, 364] as const;

/** All other names of chapters, to detect that counts have moved since the days were summed. */
export const chapterKeysNow: SQL = sql`(SELECT json_group_object(key, chapter_id)
  FROM (SELECT key, chapter_id FROM chapter_keys ORDER BY key))`;

/** Whether a waiting tally has counts of this day or an earlier one. */
export const isAwaited = (day: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM tallies, json_each(tallies.counts) WHERE value ->> 0 <= ${day})`;

/** Voids the sums if waiting tallies will change one of their days. */
export const voidDaysOfTallies: SQL = sql`DELETE FROM summed_days WHERE ${isAwaited(sql`until`)}`;

/** `known`: the days whose sums are valid, from `since` to `until`; no row if there are none. */
const known: SQL = sql`known AS MATERIALIZED (SELECT since, until FROM summed_days WHERE keys = ${chapterKeysNow})`;

const isKnown = (day: SQL): SQL =>
  sql`COALESCE(${day} >= (SELECT since FROM known) AND ${day} <= (SELECT until FROM known), FALSE)`;

/** Consecutive, `2026-11-25`, oldest first; at least one. */
export type Days = readonly [from: string, ...string[]];

const lastOf = (days: Days): string => days[days.length - 1] ?? days[0];

/** After this many days, sums of a span are not continued but computed again. */
const maxBehind = 7;

/** The days before `from` that the sums of a span may include: it was summed up to `maxBehind` days ago. */
const daysBefore = (from: string): string =>
  JSON.stringify(
    Array.from({ length: maxBehind }, (_, index) =>
      new Date(Date.parse(from) - (index + 1) * 86_400_000).toISOString().slice(0, 10),
    ),
  );

/** Counts that are not aggregated yet. */
const tallied = (days: Days): SQL => sql`
  SELECT value ->> 0 AS day, value ->> 1 AS page, value ->> 2 AS measure, value ->> 3 AS source, value ->> 4 AS count
  FROM tallies, json_each(tallies.counts) WHERE value ->> 0 >= ${days[0]} AND value ->> 0 <= ${lastOf(days)}`;

/**
 * `span`: since when and until when the sums of this span count, if the rest of `days` can be added to them. `unsummed` and
 * `dropped`: days to be added and subtracted. `summed`: weeks to be read as sums instead, if there is no such span.
 */
const spanned = (days: Days, span: number): SQL => sql`${known},
  span AS MATERIALIZED (SELECT until, date(until, ${`-${span - 2} days`}) AS since FROM known
    WHERE until < ${lastOf(days)} AND until >= date(${lastOf(days)}, ${`-${maxBehind} days`})
      AND EXISTS (SELECT 1 FROM reading_spans s WHERE s.days = ${span} AND s.until = known.until)),
  summed AS MATERIALIZED (${selectSummedWeeks(days[0], lastOf(days))} AND NOT EXISTS (SELECT 1 FROM span)),
  unsummed AS MATERIALIZED (SELECT value AS day FROM json_each(${JSON.stringify(days)})
    WHERE value > COALESCE((SELECT until FROM span), '') AND ${mondayOf(sql`value`)} NOT IN (SELECT week FROM summed)),
  dropped AS MATERIALIZED (SELECT value AS day FROM json_each(${daysBefore(days[0])})
    WHERE value >= (SELECT since FROM span))`;

/** Counts by page, measure and source that the sums of the span do not contain; negative for its dropped days. */
const unspanned = (days: Days): SQL => sql`
  SELECT page, measure, source, count FROM reading_weeks WHERE week IN (SELECT week FROM summed)
  UNION ALL SELECT page, measure, source, count FROM reading_days WHERE day IN (SELECT day FROM unsummed)
  UNION ALL SELECT page, measure, source, -count FROM reading_days WHERE day IN (SELECT day FROM dropped)
  UNION ALL SELECT page, measure, source, count FROM (${tallied(days)})`;

/** Sums of `reading_spans`. */
const ofSpan = (span: number): SQL =>
  sql`reading_spans s WHERE s.days = ${span} AND s.until = (SELECT until FROM span)`;

/**
 * Counts of these days by page: rows of a page and a JSON list of `[measure, source, count]`. A page may be in several
 * rows, to be added up. One statement reads both sums and days, so no count is missed or read twice.
 */
export const selectByPage = (days: Days): SQL => sql`WITH ${spanned(days, days.length)}
  SELECT page, counts FROM ${ofSpan(days.length)}
  UNION ALL
  SELECT page, json_group_array(json_array(measure, source, count)) FROM (
    SELECT page, measure, source, SUM(count) AS count FROM (${unspanned(days)}) GROUP BY page, measure, source)
  GROUP BY page`;

/** Sums a span until the last of `days`: all its days but the one after them, on which the desk is opened. */
export const sumSpan = (days: Days): SQL => {
  const span = days.length + 1;
  return sql`INSERT OR REPLACE INTO reading_spans (days, until, page, views, counts)
    WITH ${spanned(days, span)}
    SELECT ${span}, ${lastOf(days)}, page, SUM(CASE measure WHEN 'view' THEN count ELSE 0 END),
      json_group_array(json_array(measure, source, count)) FROM (
        SELECT page, measure, source, SUM(count) AS count FROM (
          SELECT s.page, value ->> 0 AS measure, value ->> 1 AS source, value ->> 2 AS count
            FROM (SELECT page, counts FROM ${ofSpan(span)}) s, json_each(s.counts)
          UNION ALL ${unspanned(days)})
        GROUP BY page, measure, source HAVING SUM(count) <> 0)
    GROUP BY page`;
};

/** The page under which `reading_pages` has the sums of all pages. */
const allPages = "";

const sumOf = (measure: string): SQL => sql`SUM(CASE measure WHEN ${sql.raw(`'${measure}'`)} THEN count ELSE 0 END)`;

/** Sums days by page, and of all pages. */
export const sumDays = (days: readonly string[]): SQL[] => {
  const list = sql`(SELECT value FROM json_each(${JSON.stringify(days)}))`;
  const figures = sql`${sumOf("view")}, ${sumOf("read")}, ${sumOf("finish")} FROM reading_days
    WHERE day IN ${list} AND measure IN ('view', 'read', 'finish')`;
  return [
    sql`DELETE FROM reading_pages WHERE day IN ${list}`,
    sql`INSERT INTO reading_pages (day, page, views, reads, finishes) SELECT day, page, ${figures} GROUP BY day, page`,
    sql`INSERT INTO reading_pages (day, page, views, reads, finishes) SELECT day, ${allPages}, ${figures} GROUP BY day`,
  ];
};

/**
 * Two JSON lists in one row: `finished`, `[day, views, reads, finishes]` of known days, and `others`, `[day, measure, count]`
 * of all other counts, which are to be added.
 */
const byDay = (days: Days, page: string, others: SQL): SQL => sql`
  SELECT (SELECT json_group_array(json_array(p.day, p.views, p.reads, p.finishes))
      FROM json_each(${JSON.stringify(days)}) d CROSS JOIN reading_pages p ON p.day = d.value AND p.page = ${page}
      WHERE ${isKnown(sql`d.value`)}) AS finished,
    (SELECT json_group_array(json_array(day, measure, count)) FROM (
      SELECT day, measure, SUM(count) AS count FROM (${others}) WHERE measure IN ('view', 'read', 'finish')
      GROUP BY day, measure)) AS others`;

/** `unknown`: days that are read count by count; `summed`: weeks of others that are read as sums. */
const unknown = (days: Days): SQL => sql`
  unknown AS MATERIALIZED (SELECT value AS day FROM json_each(${JSON.stringify(days)})
    WHERE NOT ${isKnown(sql`value`)} AND ${mondayOf(sql`value`)} NOT IN (SELECT week FROM summed))`;

/** Views, reads and completions of all pages, by day: see `byDay`. */
export const selectByDay = (days: Days): SQL => sql`WITH ${known},
  summed AS MATERIALIZED (${selectSummedWeeks(days[0], lastOf(days))}
    AND NOT (${isKnown(sql`week`)} AND ${isKnown(sql`date(week, '+6 days')`)})),
  ${unknown(days)}
  ${byDay(
    days,
    allPages,
    sql`SELECT t.day, t.measure, t.count FROM summed s CROSS JOIN reading_totals t
        ON t.day >= s.week AND t.day <= date(s.week, '+6 days') WHERE NOT ${isKnown(sql`t.day`)}
      UNION ALL SELECT day, measure, count FROM reading_days WHERE day IN (SELECT day FROM unknown)
      UNION ALL SELECT day, measure, count FROM (${tallied(days)})`,
  )}`;

/** Views, reads and completions of one page, by day: see `byDay`. Each day is looked up by the key. */
export const selectPageByDay = (days: Days, page: string): SQL => sql`WITH ${known},
  summed AS (SELECT NULL AS week WHERE FALSE),
  ${unknown(days)}
  ${byDay(
    days,
    page,
    sql`SELECT r.day, r.measure, r.count FROM unknown u CROSS JOIN reading_days r ON r.day = u.day AND r.page = ${page}
      UNION ALL SELECT day, measure, count FROM (${tallied(days)}) WHERE page = ${page}`,
  )}`;

/**
 * The pages with the most views in these days, except `omitted`: rows of a page and a JSON list of `[day, views]`, to be
 * added up.
 */
export const selectMostViewed = (days: Days, count: number, omitted: string): SQL => sql`
  WITH ${spanned(days, days.length)},
  covered AS MATERIALIZED (SELECT until FROM span WHERE EXISTS (SELECT 1 FROM known WHERE since <= ${days[0]})),
  recent AS MATERIALIZED (SELECT page, day, SUM(count) AS views FROM (
      SELECT r.day, r.page, r.count FROM json_each(${JSON.stringify(days)}) d CROSS JOIN reading_days r ON r.day = d.value
        WHERE d.value > COALESCE((SELECT until FROM covered), '') AND r.measure = 'view'
      UNION ALL SELECT day, page, count FROM (${tallied(days)}) WHERE measure = 'view')
    GROUP BY page, day),
  most AS MATERIALIZED (SELECT page FROM (
      SELECT page, views FROM ${ofSpan(days.length)} AND EXISTS (SELECT 1 FROM covered)
      UNION ALL SELECT page, views FROM recent
      UNION ALL SELECT p.page, -p.views FROM dropped d CROSS JOIN reading_pages p ON p.day = d.day
        WHERE EXISTS (SELECT 1 FROM covered))
    WHERE page NOT IN (${allPages}, ${omitted}) GROUP BY page HAVING SUM(views) > 0 ORDER BY SUM(views) DESC, page LIMIT ${count})
  SELECT page, json_group_array(json_array(day, views)) AS counts FROM (
    SELECT m.page, p.day, p.views FROM most m CROSS JOIN json_each(${JSON.stringify(days)}) d
      CROSS JOIN reading_pages p ON p.day = d.value AND p.page = m.page WHERE d.value <= (SELECT until FROM covered)
    UNION ALL SELECT page, day, views FROM recent WHERE page IN (SELECT page FROM most))
  GROUP BY page`;
