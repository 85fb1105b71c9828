/** Declares the tables of reading statistics and feedback. See newsletter-tables.ts for what all tables share. */
import { sql } from "drizzle-orm";
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

/**
 * Sums of `reading_days` by week, which keep the desk's long periods cheap. Valid for the weeks in `summed_weeks` only; see
 * reading-weeks.ts.
 */
export const readingWeeks = sqliteTable(
  "reading_weeks",
  {
    /** The Monday, as in `reading_days.day`. */
    week: text("week").notNull(),
    measure: text("measure", { enum: measures }).notNull(),
    page: text("page").notNull(),
    source: text("source").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.week, table.measure, table.page, table.source] })],
);

/** Sums of `reading_days` by day, over all pages and sources. Valid for the same weeks. */
export const readingTotals = sqliteTable(
  "reading_totals",
  {
    day: text("day").notNull(),
    measure: text("measure", { enum: measures }).notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.measure] })],
);

/** Weeks whose sums are those of their days. */
export const summedWeeks = sqliteTable("summed_weeks", {
  /** The Monday. */
  week: text("week").primaryKey(),
});

/**
 * `chapter_keys` when the weeks were summed. Counts of past days move only together with a new key, whichever version of the
 * Worker moves them, so no sum is valid once the keys have changed.
 */
export const summedKeys = sqliteTable("summed_keys", {
  key: text("key").primaryKey(),
  chapterId: text("chapter_id").notNull(),
});

/**
 * Sums of `reading_days` by page, and of all pages (`page` is empty). Valid for the days in `summed_days` only; see
 * reading-days.ts.
 */
export const readingPages = sqliteTable(
  "reading_pages",
  {
    day: text("day").notNull(),
    page: text("page").notNull(),
    views: integer("views").notNull(),
    reads: integer("reads").notNull(),
    finishes: integer("finishes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.page] })],
);

/** Sums of `reading_days` by page over the desk's periods, without their last day, which is the current one. */
export const readingSpans = sqliteTable(
  "reading_spans",
  {
    /** Length of the period, with its last day. */
    days: integer("days").notNull(),
    /** The last day that is summed. Valid if it is the one of `summed_days`. */
    until: text("until").notNull(),
    page: text("page").notNull(),
    views: integer("views").notNull(),
    /** JSON list of `[measure, source, count]`. */
    counts: text("counts").notNull(),
  },
  (table) => [primaryKey({ columns: [table.days, table.until, table.page] })],
);

/** One row: the days that are summed. */
export const summedDays = sqliteTable("summed_days", {
  id: integer("id").primaryKey(),
  since: text("since").notNull(),
  until: text("until").notNull(),
  /** JSON: `chapter_keys` at that time. As with `summed_keys`, no sum is valid once they have changed. */
  keys: text("keys").notNull(),
});

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

/** Words of searches without results, by month. A word that fewer than three readers used is stored as a hash only. */
export const missedWords = sqliteTable(
  "missed_words",
  {
    /** `2026-11`, UTC. */
    month: text("month").notNull(),
    /** Keyed hash of month and word. */
    hash: text("hash").notNull(),
    count: integer("count").notNull(),
    /** Bits of the readers, of 16: see stats/missed-words.ts. */
    readers: integer("readers").notNull(),
    /** Null until three bits are set. */
    word: text("word"),
  },
  (table) => [
    primaryKey({ columns: [table.month, table.hash] }),
    // The desk reads the most frequent words only, and not the hashes.
    index("missed_words_shown").on(table.month, table.count).where(sql`word IS NOT NULL`),
  ],
);
