/**
 * Declares the tables of subscribers, their consent, and suppressed addresses. See newsletter-tables.ts for what all
 * tables share.
 */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const subscriberStates = ["pending", "confirmed", "unsubscribed", "suppressed"] as const;
export const frequencies = ["each", "weekly", "monthly"] as const;

/** As in the index that subscribers are counted by. */
export const stateAndFrequency = sql`state || ' ' || frequency`;

/** See subscribers/subscriber.ts for the states and their transitions. */
export const subscribers = sqliteTable(
  "subscribers",
  {
    id: text("id").primaryKey(),
    /** As its owner wrote it: emails are sent to this spelling. */
    email: text("email").notNull(),
    /** `email` in lower case; unique. */
    addressKey: text("address_key").notNull(),
    state: text("state", { enum: subscriberStates }).notNull(),
    /** Secret in unsubscribe links, which never expire, even if the signing keys change. */
    unsubscribeKey: text("leave_key").notNull(),
    requestedAt: text("requested_at").notNull(),
    confirmedAt: text("confirmed_at"),
    unsubscribedAt: text("left_at"),
    suppressedAt: text("suppressed_at"),
    suppressionReason: text("suppression_reason", { enum: ["bounce", "complaint"] }),
    unsubscribeReason: text("leave_reason"),
    /** Id of the open request; a confirmation link is valid for this request only. */
    confirmation: text("confirmation"),
    frequency: text("frequency", { enum: frequencies }).notNull().default("each"),
    frequencyChangedAt: text("frequency_changed_at"),
    /** JSON list of slugs; null means every book, including future ones. */
    books: text("books"),
    pausedUntil: text("paused_until"),
    /** Since when they want corrections of chapters they have received; null if they do not. */
    correctionsSince: text("corrections_since"),
    /** A new address, awaiting confirmation. */
    newEmail: text("new_email"),
    newEmailRequest: text("new_email_request"),
  },
  (table) => [
    uniqueIndex("subscribers_address").on(table.addressKey),
    index("subscribers_pending").on(table.requestedAt).where(sql`state = 'pending'`),
    index("subscribers_suppressed").on(table.suppressedAt).where(sql`state = 'suppressed'`),
    // Only the counts by state read it: an index that begins with `state` could be chosen for the queries of an edition.
    index("subscribers_counts").on(stateAndFrequency, table.pausedUntil),
    index("subscribers_reasons").on(table.unsubscribedAt).where(sql`leave_reason IS NOT NULL`),
  ],
);

/** What a subscriber consented to and withdrew: the proof, kept as long as the subscriber. */
export const consents = sqliteTable(
  "consents",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    subscriberId: text("subscriber_id").notNull(),
    at: text("at").notNull(),
    act: text("act", { enum: ["requested", "confirmed", "left", "returned", "address-changed"] }).notNull(),
    /** Path of the page with the form, or `mail`. */
    page: text("page").notNull(),
    /** The consent wording at the button. */
    wording: text("wording").notNull(),
  },
  // By act and time, so growth by month reads only those months.
  (table) => [index("consents_subscriber").on(table.subscriberId), index("consents_time").on(table.act, table.at)],
);

/**
 * Recent unsubscribes, bounces, complaints and erasures, each under the name of its record in KV: a record that is in KV
 * but not here was lost in a database rollback (subscribers/endings.ts). Contains no address and no id.
 */
export const endings = sqliteTable(
  "endings",
  {
    name: text("name").primaryKey(),
    /** Keyed hash of the subscriber's id, or of the address that bounced or complained. */
    hash: text("hash").notNull(),
    at: text("at").notNull(),
    /** When it was stored in KV; null if it has not been yet. */
    storedAt: text("stored_at"),
    /** Found in KV after a rollback, and whether it excluded a subscriber; null again once the author has been notified. */
    recovered: text("recovered", { enum: ["found", "excluded"] }),
  },
  (table) => [
    index("endings_time").on(table.at),
    index("endings_waiting").on(table.at).where(sql`stored_at IS NULL`),
    index("endings_recovered").on(table.recovered).where(sql`recovered IS NOT NULL`),
  ],
);

/**
 * Suppressed addresses that no subscriber has, as keyed hashes only: those of erased subscribers, and former addresses
 * that bounced or complained after their subscriber had changed to another.
 */
export const suppressions = sqliteTable("suppressions", {
  addressHash: text("address_hash").primaryKey(),
  reason: text("reason", { enum: ["bounce", "complaint", "erased"] }).notNull(),
  at: text("at").notNull(),
});
