/** Declares the tables of reading statistics and feedback. See newsletter-tables.ts for what all tables share. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Counts that one isolate buffered for some seconds: one row written, however many views. */
export const tallies = sqliteTable("tallies", {
  /** Random, so a repeated write counts once. */
  id: text("id").primaryKey(),
  at: text("at").notNull(),
  /** JSON list of `[day, page, measure, source, count]`, each as in `reading_days`. */
  counts: text("counts").notNull(),
});

/** See stats/measures.ts for their meaning. */
export const measures = ["view", "read", "finish", "depth-25", "depth-50", "depth-75", "depth-100", "seconds"] as const;

/** Counts by day: tallies are aggregated into it and deleted in one transaction. */
export const readingDays = sqliteTable(
  "reading_days",
  {
    /** `2026-11-25`, UTC. */
    day: text("day").notNull(),
    /** `book/id` of a chapter, `book/` of an overview, `/` for the home page. */
    page: text("page").notNull(),
    measure: text("measure", { enum: measures }).notNull(),
    /** Of views: the referring host, `book/id` of a page of the library, `newsletter`, or empty. */
    source: text("source").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.page, table.measure, table.source] })],
);

/** Answers to "Was this clear?", with nothing that identifies the reader. */
export const feedback = sqliteTable(
  "feedback",
  {
    id: text("id").primaryKey(),
    /** `book/id`, or `book/` for an overview. */
    page: text("page").notNull(),
    at: text("at").notNull(),
    clear: integer("clear", { mode: "boolean" }).notNull(),
    /** The reader's comment, if any. */
    words: text("words"),
    /** When the author archived it. */
    archivedAt: text("settled_at"),
  },
  (table) => [index("feedback_page").on(table.page, table.at), index("feedback_time").on(table.at)],
);
