/** Tables of subscribers, their consent, and suppressed addresses. See newsletter-tables.ts for what all tables share. */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const subscriberStates = ["pending", "confirmed", "unsubscribed", "suppressed"] as const;
export const frequencies = ["each", "weekly", "monthly"] as const;

/** See subscribers/subscriber.ts for the states and what leads from one to another. */
export const subscribers = sqliteTable(
  "subscribers",
  {
    id: text("id").primaryKey(),
    /** As written by its owner: mail goes there. */
    email: text("email").notNull(),
    /** `email` in lower case: one subscriber for each. */
    addressKey: text("address_key").notNull(),
    state: text("state", { enum: subscriberStates }).notNull(),
    /** Secret in the links that end the subscription: they hold for ever, whatever happens to the signing keys. */
    unsubscribeKey: text("leave_key").notNull(),
    requestedAt: text("requested_at").notNull(),
    confirmedAt: text("confirmed_at"),
    unsubscribedAt: text("left_at"),
    suppressedAt: text("suppressed_at"),
    suppressionReason: text("suppression_reason", { enum: ["bounce", "complaint"] }),
    unsubscribeReason: text("leave_reason"),
    /** Number of the open request; a confirmation link holds for this one only. */
    confirmation: text("confirmation"),
    frequency: text("frequency", { enum: frequencies }).notNull().default("each"),
    frequencyChangedAt: text("frequency_changed_at"),
    /** JSON list of slugs; null means every book, those to come included. */
    books: text("books"),
    pausedUntil: text("paused_until"),
    /** An address that waits for its confirmation. */
    newEmail: text("new_email"),
    newEmailRequest: text("new_email_request"),
  },
  (table) => [
    uniqueIndex("subscribers_address").on(table.addressKey),
    index("subscribers_pending").on(table.requestedAt).where(sql`state = 'pending'`),
    index("subscribers_suppressed").on(table.suppressedAt).where(sql`state = 'suppressed'`),
    index("subscribers_reasons").on(table.unsubscribedAt).where(sql`leave_reason IS NOT NULL`),
  ],
);

/** What a subscriber agreed to and took back: the proof, kept as long as the subscriber. */
export const consents = sqliteTable(
  "consents",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    subscriberId: text("subscriber_id").notNull(),
    at: text("at").notNull(),
    act: text("act", { enum: ["requested", "confirmed", "left", "returned", "address-changed"] }).notNull(),
    /** Path of the page with the form, or `mail`. */
    page: text("page").notNull(),
    /** The words that stood at the button. */
    wording: text("wording").notNull(),
  },
  // By act and time, so that growth by month reads those months alone.
  (table) => [index("consents_subscriber").on(table.subscriberId), index("consents_time").on(table.act, table.at)],
);

/**
 * Unsubscribes, bounces, complaints and erasures of the last weeks, each under the name that its record in KV has: what is
 * in KV and not here was lost when the database was rolled back (subscribers/endings.ts). No address and no id is kept.
 */
export const endings = sqliteTable(
  "endings",
  {
    name: text("name").primaryKey(),
    /** Keyed hash of the subscriber's id, or of the address that a bounce or complaint is about. */
    hash: text("hash").notNull(),
    at: text("at").notNull(),
    /** When KV had it. Null: it is still to be put there. */
    storedAt: text("stored_at"),
    /** Found in KV after a rollback, and whether it excluded somebody; null again when the author has been told. */
    recovered: text("recovered", { enum: ["found", "excluded"] }),
  },
  (table) => [
    index("endings_time").on(table.at),
    index("endings_waiting").on(table.at).where(sql`stored_at IS NULL`),
    index("endings_recovered").on(table.recovered).where(sql`recovered IS NOT NULL`),
  ],
);

/**
 * Addresses that get no mail and that no subscriber has, by keyed hash alone: all that is left of someone who
 * had everything erased, or an address that its subscriber left behind and that bounced or complained after that.
 */
export const suppressions = sqliteTable("suppressions", {
  addressHash: text("address_hash").primaryKey(),
  reason: text("reason", { enum: ["bounce", "complaint", "erased"] }).notNull(),
  at: text("at").notNull(),
});
