/**
 * All tables. Times are ISO 8601 text in UTC with milliseconds, so that they sort as text.
 * An index with a `where` holds those rows alone: who looks there reads no others, and all others cost nothing.
 * `deliveries`, `webhook_events`, `tallies` and `reading_days` are made WITHOUT ROWID (migrations/0001, 0003, 0006):
 * their key is their only full index, so that a step in the life of a copy, or an event, costs one row written.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** When the running library first saw a chapter in public, and what the newsletter made of it. */
export const publications = sqliteTable("publications", {
  /** `book/id`: the chapter's permanent identity. */
  chapterId: text("chapter_id").primaryKey(),
  /** From the front matter. */
  publishedAt: text("published_at").notNull(),
  /** When the cron trigger noticed. */
  recordedAt: text("recorded_at").notNull(),
  /** When it became news. Null: never to be mailed by itself, because it was there before the newsletter, or is long out. */
  announcedAt: text("announced_at"),
  /** The edition that carries it to those who want each chapter. */
  editionId: text("edition_id"),
});

export const subscriberStates = ["pending", "confirmed", "unsubscribed", "suppressed"] as const;
export const frequencies = ["each", "weekly", "monthly"] as const;

/** See newsletter/subscriber.ts for the states and what leads from one to another. */
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
    leaveKey: text("leave_key").notNull(),
    requestedAt: text("requested_at").notNull(),
    confirmedAt: text("confirmed_at"),
    leftAt: text("left_at"),
    suppressedAt: text("suppressed_at"),
    suppressionReason: text("suppression_reason", { enum: ["bounce", "complaint"] }),
    leaveReason: text("leave_reason"),
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
    index("subscribers_reasons").on(table.leftAt).where(sql`leave_reason IS NOT NULL`),
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
 * Addresses that get no mail and that no subscriber has, by keyed hash alone: all that is left of someone who
 * had everything erased, or an address that its subscriber left behind and that bounced or complained after that.
 */
export const suppressions = sqliteTable("suppressions", {
  addressHash: text("address_hash").primaryKey(),
  reason: text("reason", { enum: ["bounce", "complaint", "erased"] }).notNull(),
  at: text("at").notNull(),
});

export const letterStates = ["queued", "accepted", "failed", "uncertain"] as const;

/** Single mails (confirmation, welcome, goodbye …): written down before they are sent. */
export const letters = sqliteTable(
  "letters",
  {
    /** Also the idempotency key. */
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    subscriberId: text("subscriber_id"),
    state: text("state", { enum: letterStates }).notNull(),
    /** JSON as it is posted; gone once the letter is settled. */
    message: text("message"),
    createdAt: text("created_at").notNull(),
    firstAttemptAt: text("first_attempt_at"),
    /** Not before this time; also the lease of the run that is sending it. */
    nextAttemptAt: text("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    providerId: text("provider_id"),
    error: text("error"),
    settledAt: text("settled_at"),
  },
  (table) => [
    index("letters_queued").on(table.nextAttemptAt).where(sql`state = 'queued'`),
    index("letters_settled").on(table.settledAt).where(sql`settled_at IS NOT NULL`),
    // One's own data, and erasing it, cost the same however many letters there are.
    index("letters_subscriber").on(table.subscriberId),
  ],
);

export const audiences = ["each", "weekly", "monthly"] as const;
export const editionStates = ["sending", "done", "stopped"] as const;

/** One mailing to one audience. */
export const editions = sqliteTable(
  "editions",
  {
    /** `each_transformers_rope`, `weekly_2026-11-30`. Also a tag of every mail. */
    id: text("id").primaryKey(),
    audience: text("audience", { enum: audiences }).notNull(),
    /** JSON list of `book/id`. */
    chapters: text("chapters").notNull(),
    state: text("state", { enum: editionStates }).notNull(),
    /** Only who had confirmed by then is a recipient. */
    openedAt: text("opened_at").notNull(),
    /** JSON list of the frozen mails, `{ chapters, template }`: which mail for whom has which chapters to get. */
    mails: text("mails").notNull(),
    /** Id of the last subscriber who was looked at. */
    cursor: text("cursor").notNull().default(""),
    /** When the last subscriber had been looked at. */
    sealedAt: text("sealed_at"),
    doneAt: text("done_at"),
    stoppedAt: text("stopped_at"),
    stopReason: text("stop_reason"),
  },
  (table) => [index("editions_open").on(table.openedAt).where(sql`state = 'sending'`)],
);

export const batchStates = ["sealed", "settled", "split", "uncertain"] as const;

/** Up to 100 copies that are posted together. What is in it is frozen before the first attempt. */
export const batches = sqliteTable(
  "batches",
  {
    /** `<edition>/<where it stood before>`, and `.1`, `.2` … for the next ones, so that the same batch cannot be made twice. */
    id: text("id").primaryKey(),
    editionId: text("edition_id").notNull(),
    /** Counts how often the members were drawn up anew, which happens only while nothing can have been sent. */
    generation: integer("generation").notNull().default(0),
    /** JSON: see `Member` in newsletter/edition.ts. */
    members: text("members").notNull(),
    state: text("state", { enum: batchStates }).notNull(),
    sealedAt: text("sealed_at").notNull(),
    /** Since when it may have been sent: from the first attempt whose end is not known. */
    unknownSince: text("unknown_since"),
    /** Not before this time; also the lease of the run that is sending it. */
    nextAttemptAt: text("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Number of the last claim that took it. */
    claim: integer("claim"),
    error: text("error"),
    settledAt: text("settled_at"),
  },
  (table) => [index("batches_sealed").on(table.editionId, table.nextAttemptAt).where(sql`state = 'sealed'`)],
);

export const deliveryStates = [
  "sending",
  "uncertain",
  "accepted",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "skipped",
] as const;

/** One subscriber's copy of one chapter. The key makes a second one impossible, whatever asks for it. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    chapterId: text("chapter_id").notNull(),
    subscriberId: text("subscriber_id").notNull(),
    editionId: text("edition_id").notNull(),
    state: text("state", { enum: deliveryStates }).notNull(),
    /** Why there is no copy, for `skipped`, `failed`, `uncertain` and `bounced`. */
    reason: text("reason"),
    providerId: text("provider_id"),
    changedAt: text("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chapterId, table.subscriberId] }),
    index("deliveries_uncertain").on(table.editionId).where(sql`state = 'uncertain'`),
  ],
);

/** Webhook events that were already dealt with; forgotten after some days. */
export const webhookEvents = sqliteTable(
  "webhook_events",
  {
    /** When it happened, as the event itself says: the same however often it is repeated. */
    createdAt: text("created_at").notNull(),
    /** `svix-id`. */
    id: text("id").notNull(),
    type: text("type").notNull(),
  },
  // The time comes first, so that forgetting the old ones reads no others.
  (table) => [primaryKey({ columns: [table.createdAt, table.id] })],
);

/** What the author should know, once. */
export const notices = sqliteTable("notices", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  body: text("body").notNull(),
  at: text("at").notNull(),
  resolvedAt: text("resolved_at"),
});

/** One row: the newsletter itself. */
export const newsletter = sqliteTable("newsletter", {
  id: integer("id").primaryKey(),
  /** What was public by then is not news. */
  beganAt: text("began_at").notNull(),
  /** Claims of batches ever made, each before anything of it was posted. KV keeps the same number: should this one be lower, the database was set back. */
  claims: integer("claims").notNull().default(0),
  /** The latest time that a run has gone by, within some minutes: a clock that says less has gone back. */
  seenAt: text("seen_at"),
  /** What became news by then may have been mailed with no record left: digests bring only what came later. */
  uncertainUntil: text("uncertain_until"),
  /** Nothing is sent before this time. */
  holdUntil: text("hold_until"),
  holdReason: text("hold_reason"),
});

/** Counters against floods. The names are keyed hashes; a row is deleted when its time is over. */
export const limits = sqliteTable(
  "limits",
  {
    bucket: text("bucket").primaryKey(),
    count: integer("count").notNull(),
    expiresAt: text("expires_at").notNull(),
  },
  (table) => [index("limits_expiry").on(table.expiresAt)],
);

/** What readers did in some seconds, as one isolate of the Worker gathered it: one row written, however many views. */
export const tallies = sqliteTable("tallies", {
  /** Random, so that a write that is repeated counts once. */
  id: text("id").primaryKey(),
  at: text("at").notNull(),
  /** JSON list of `[day, page, measure, source, count]`, each as in `reading_days`. */
  counts: text("counts").notNull(),
});

/** See stats/measures.ts for what each one means. */
export const measures = ["view", "read", "finish", "depth-25", "depth-50", "depth-75", "depth-100", "seconds"] as const;

/** What readers did, by day: tallies are added to it and deleted, in one transaction. */
export const readingDays = sqliteTable(
  "reading_days",
  {
    /** `2026-11-25`, UTC. */
    day: text("day").notNull(),
    /** `book/id` of a chapter, `book/` of an overview, `/` for the home page. */
    page: text("page").notNull(),
    measure: text("measure", { enum: measures }).notNull(),
    /** Of views: host that the reader came from, `book/id` of the page within the library, `newsletter`, or nothing. */
    source: text("source").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.page, table.measure, table.source] })],
);

/** Answers to "Was this clear?". Nothing says whose they are. */
export const feedback = sqliteTable(
  "feedback",
  {
    id: text("id").primaryKey(),
    /** `book/id`, or `book/` for an overview. */
    page: text("page").notNull(),
    at: text("at").notNull(),
    clear: integer("clear", { mode: "boolean" }).notNull(),
    /** A line of the reader's own, if there is one. */
    words: text("words"),
    /** When the author put it aside. */
    settledAt: text("settled_at"),
  },
  (table) => [index("feedback_page").on(table.page, table.at), index("feedback_time").on(table.at)],
);
