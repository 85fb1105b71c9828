/** Declares the table of what the hub and IndexNow have been told. See newsletter-tables.ts for what all tables share. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What was announced to a service last, and what is being announced. */
export const pings = sqliteTable(
  "pings",
  {
    service: text("service", { enum: ["hub", "indexnow"] }).notNull(),
    /** Path of a feed (hub) or of a page (IndexNow). Empty: the row of the whole service. */
    subject: text("subject").notNull(),
    /** The version announced last, or given up. Of the whole service: the state in which nothing is left to announce. */
    version: text("version").notNull(),
    /** The version being announced; null if none is. */
    pending: text("pending"),
    /** Attempts to announce `pending`, counted before they are made. */
    attempts: integer("attempts").notNull(),
    /** No other run announces `pending` before this time. */
    dueAt: text("due_at"),
  },
  (table) => [primaryKey({ columns: [table.service, table.subject] })],
);
