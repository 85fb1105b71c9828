/** All tables. Times are ISO 8601 text in UTC with milliseconds, so that they sort as text. */
import { sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * When the running library first saw a chapter in public. The newsletter will mail what is new
 * since it began, so it has to know what was there before.
 */
export const publications = sqliteTable("publications", {
  /** `book/id`: the chapter's permanent identity. */
  chapterId: text("chapter_id").primaryKey(),
  /** From the front matter. */
  publishedAt: text("published_at").notNull(),
  /** When the cron trigger noticed. */
  recordedAt: text("recorded_at").notNull(),
});
