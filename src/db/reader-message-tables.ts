/** Declares the table of what readers write to the author. See newsletter-tables.ts for what all tables share. */
import { sql } from "drizzle-orm";
import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const readerMessageStates = ["open", "answered", "done"] as const;
export type ReaderMessageState = (typeof readerMessageStates)[number];

/** In days, as stated on the page with the form. */
export const messagesKeptFor = {
  /** From when it was sent. */
  message: 365,
  /** From when the author has answered the message or is done with it; with an open message, as long as the message. */
  address: 30,
} as const;

/** Messages about a passage or a chapter: mistakes and questions. */
export const readerMessages = sqliteTable(
  "reader_messages",
  {
    /** Hash of the form's id and its content, so a repeated submission is stored once. */
    id: text("id").primaryKey(),
    at: text("at").notNull(),
    /** `book/id`, or `book/` for an overview; null if the message names no text. */
    page: text("page"),
    /** Id of an element of the text, for a link. */
    fragment: text("fragment"),
    /** Where the passage is, in the reader's words. */
    place: text("place"),
    /** The passage. */
    quote: text("quote"),
    message: text("message").notNull(),
    /** Where the reader wants an answer, not verified; null if they want none, or once it has expired. */
    email: text("email"),
    /** `email` in lower case, as in `subscribers`. */
    addressKey: text("address_key"),
    state: text("state", { enum: readerMessageStates }).notNull().default("open"),
    /** When it was answered or done; null while it is open. */
    closedAt: text("closed_at"),
  },
  (table) => [
    index("reader_messages_state").on(table.state, table.at),
    index("reader_messages_time").on(table.at),
    index("reader_messages_address").on(table.addressKey).where(sql`address_key IS NOT NULL`),
    index("reader_messages_expiring").on(table.closedAt).where(sql`address_key IS NOT NULL`),
  ],
);
