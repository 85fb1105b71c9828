/**
 * Aggregates the buffered counts of a copied database into daily totals, and deletes them. One row is what an isolate
 * counted in twenty seconds: with a single reader, it describes that visit. The live database aggregates it within the
 * hour, but a backup is kept for years.
 */
import type { DatabaseSync } from "node:sqlite";
import { tablesOf } from "./dump.ts";

/**
 * The same sums as `aggregateBuffered` (stats/aggregate.ts), but over all rows, because nothing is written to this copy
 * again.
 */
const statements = `
  INSERT INTO reading_days (day, page, measure, source, count)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, SUM(value ->> 4)
  FROM tallies, json_each(tallies.counts) WHERE TRUE
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (day, page, measure, source) DO UPDATE SET count = count + excluded.count;
  DELETE FROM tallies`;

/** As `voidWeeksOfTallies` and `voidDaysOfTallies` (db/): the Worker sums these weeks and days again. */
const voids = {
  summed_weeks: `DELETE FROM summed_weeks WHERE week IN (
    SELECT date(value ->> 0, '-6 days', 'weekday 1') FROM tallies, json_each(tallies.counts));`,
  summed_days: `DELETE FROM summed_days WHERE EXISTS (
    SELECT 1 FROM tallies, json_each(tallies.counts) WHERE value ->> 0 <= until);`,
} as const;

/** Returns the number of aggregated rows. */
export function aggregateTallies(database: DatabaseSync): number {
  const tables = tablesOf(database);
  if (!tables.includes("tallies") || !tables.includes("reading_days")) return 0;
  const count = Number(database.prepare("SELECT COUNT(*) AS count FROM tallies").get()?.count);
  const first = Object.entries(voids).flatMap(([table, statement]) => (tables.includes(table) ? [statement] : []));
  if (count > 0) database.exec(`BEGIN; ${first.join(" ")} ${statements}; COMMIT`);
  return count;
}
