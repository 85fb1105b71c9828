/** What readers did, at this moment: the days that are added up, and the tallies that are not yet. */
import { sql } from "drizzle-orm";
import { integer, sqliteView, text } from "drizzle-orm/sqlite-core";
import { measures } from "./reading-tables.ts";

/**
 * Rows as in `reading_days`, but a key may stand in several of them: ask for `SUM(count)`. Folding moves counts from
 * one half to the other in one transaction, so the sums are the same before, after and meanwhile.
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
