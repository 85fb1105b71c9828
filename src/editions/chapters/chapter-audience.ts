/** Counts the subscribers who would get a chapter if it were announced now: what the author sees before deciding. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { frequencies } from "../../db/subscriber-tables.ts";
import { booksOf, canBeEmailed, wantsBook } from "../recipients.ts";

/** Subscribers by frequency. */
export const ChapterAudience = v.object({ each: v.number(), weekly: v.number(), monthly: v.number() });
export type ChapterAudience = v.InferOutput<typeof ChapterAudience>;

/** Columns `each`, `weekly` and `monthly`, of a chapter that is on record: `chapter` is SQL of its id. `now` in milliseconds. */
export const audienceOfChapter = (chapter: SQL, now: number): SQL =>
  columns(sql`${canBeEmailed(now)} AND ${wantsBook(booksOf(chapter))}
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = ${chapter} AND d.subscriber_id = s.id)`);

/** The same columns, of a chapter that is not on record yet: all subscribers of its book. */
export const audienceOfBook = (book: string, now: number): SQL =>
  columns(sql`${canBeEmailed(now)} AND ${wantsBook(sql`(${book})`)}`);

const columns = (condition: SQL): SQL =>
  sql.join(
    frequencies.map(
      (frequency) => sql`(SELECT COUNT(*) FROM subscribers s WHERE s.frequency = ${frequency} AND ${condition})
        AS ${sql.raw(`"${frequency}"`)}`,
    ),
    sql`, `,
  );
