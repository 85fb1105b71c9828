/** Declares the view of current counts: the aggregated days and the tallies that are not aggregated yet. */
import { sql } from "drizzle-orm";
import { integer, sqliteView, text } from "drizzle-orm/sqlite-core";
import { measures } from "./reading-tables.ts";

/**
 * Rows as in `reading_days`, but a key may be in several of them: query `SUM(count)`. Aggregation moves counts from one
 * half to the other in one transaction, so the sums never change.
 */
export const reading = sqliteView("reading", {
  day: text("day").notNull(),
  page: text("page").notNull(),
  measure: text("measure", { enum: measures }).notNull(),
  source: text("source").notNull(),
  count: integer("count").notNull(),
}).as(sql`
  SELECT day, page, measure, source, count FROM reading_days
  UNION ALL
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM tallies, json_each(tallies.counts)`);
