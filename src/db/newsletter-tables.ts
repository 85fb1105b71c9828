/**
 * Declares the tables of publications, editions, deliveries and transactional emails. Times are ISO 8601 text in UTC with
 * milliseconds, so they sort as text.
 * An index with a `where` contains only the rows that its query reads, so writing any other row costs nothing.
 * `deliveries`, `webhook_events`, `tallies`, `reading_days`, `endings`, `missed_words` and the sums of `reading_days` are
 * created WITHOUT ROWID (migrations/0001, 0003, 0006, 0012, 0016, 0017, 0020): their key is their only full index, so a
 * change of state, or an event, costs one row written.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** When a cron run first saw a chapter as public, and what the newsletter has done with it. */
export const publications = sqliteTable("publications", {
  /** The chapter's permanent identity, `book/slug` where it was first published: see library/identity.ts. */
  chapterId: text("chapter_id").primaryKey(),
  /** From the front matter. */
  publishedAt: text("published_at").notNull(),
  /** When the cron run recorded it. */
  recordedAt: text("recorded_at").notNull(),
  /**
   * When it was queued to be sent. Null: never emailed automatically, because it is older than the newsletter or was not
   * recent.
   */
  announcedAt: text("announced_at"),
  /** The edition that sends it to subscribers of each chapter. */
  editionId: text("edition_id"),
  /** When the first edition with it was opened: subscribers who confirmed later get it from no other edition. */
  firstOpenedAt: text("first_opened_at"),
  /** `book/slug` where it was last seen. Null: only earlier versions, which recorded no names, have seen it. */
  place: text("place"),
  /** JSON list of the slugs of all books it has been in: subscribers of any of them want it. */
  books: text("books"),
  /** Since when it has been missing from the release; null if it is not. */
  goneAt: text("gone_at"),
  /** Its id in feeds, if it was in one when ids still depended on date and host; empty if it was not, null if undecided. */
  legacyFeedId: text("legacy_feed_id"),
  /** When it was too old for every digest and every recipient had a record. Null: it may still be sent. */
  closedAt: text("closed_at"),
});

/** Other names of a chapter besides its identity (`book/slug`, `book/id`). */
export const chapterKeys = sqliteTable("chapter_keys", {
  key: text("key").primaryKey(),
  chapterId: text("chapter_id").notNull(),
});

/** Chapters that only the author can identify as new or moved. They are not emailed before the answer. */
export const chapterQuestions = sqliteTable("chapter_questions", {
  /** `book/slug` of its place. */
  place: text("place").primaryKey(),
  /** JSON list of identities that are missing from the release, the likeliest first. */
  mayBe: text("may_be").notNull(),
  askedAt: text("asked_at").notNull(),
  /** An identity, or `new`. */
  answer: text("answer"),
  answeredAt: text("answered_at"),
});

/** One row: the identities found in the release that a run last recorded. */
export const releaseState = sqliteTable("release_state", {
  id: integer("id").primaryKey(),
  /** Hash of all names in the release, and of what is public: while it is unchanged, there is nothing to identify. */
  fingerprint: text("fingerprint").notNull(),
  /** JSON: path -> identity, if it is not the one that the release alone suggests; null if it is unknown. */
  identities: text("identities").notNull(),
  /** JSON: ids of feeds from the time when they depended on the host. */
  legacyFeeds: text("legacy_feeds").notNull(),
});

/**
 * Corrections of public chapters, from `changes` in their front matter. Editions and deliveries have a correction's id where
 * they have a chapter's.
 */
export const corrections = sqliteTable(
  "corrections",
  {
    /** `book/slug@2026-12-03T00:00:00.000Z`: the chapter's identity and the time of the correction. */
    id: text("id").primaryKey(),
    chapterId: text("chapter_id").notNull(),
    /** Hash of its text, which is the same if only its date was changed. */
    textHash: text("text_hash").notNull(),
    /** When a cron run first saw it. Editions opened later contain the corrected text. */
    recordedAt: text("recorded_at").notNull(),
    /** When it was queued to be sent. Null: never emailed, because it is old, or nobody had asked for corrections. */
    announcedAt: text("announced_at"),
    editionId: text("edition_id"),
  },
  (table) => [
    index("corrections_queued").on(table.announcedAt).where(sql`edition_id IS NULL AND announced_at IS NOT NULL`),
  ],
);

export const messageStates = ["queued", "accepted", "failed", "uncertain"] as const;

/** Transactional emails (confirmation, welcome, unsubscribe confirmation …), stored before they are sent. */
export const outbox = sqliteTable(
  "letters",
  {
    /** Also the idempotency key. */
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    subscriberId: text("subscriber_id"),
    state: text("state", { enum: messageStates }).notNull(),
    /** JSON as it is sent; deleted once the message is completed. */
    message: text("message"),
    createdAt: text("created_at").notNull(),
    firstAttemptAt: text("first_attempt_at"),
    /** Not before this time; also the lease of the run that is sending it. */
    nextAttemptAt: text("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    providerId: text("provider_id"),
    error: text("error"),
    completedAt: text("settled_at"),
  },
  (table) => [
    index("letters_queued").on(table.nextAttemptAt).where(sql`state = 'queued'`),
    index("letters_settled").on(table.completedAt).where(sql`settled_at IS NOT NULL`),
    // Exporting or erasing a subscriber's data reads only their own rows.
    index("letters_subscriber").on(table.subscriberId),
  ],
);

/** Subscribers by frequency, and those who asked for corrections of chapters they have received. */
export const audiences = ["each", "weekly", "monthly", "corrections"] as const;
export const editionStates = ["sending", "done", "stopped"] as const;

/** One send of one or more chapters to one audience. */
export const editions = sqliteTable(
  "editions",
  {
    /** `each_transformers_rope`, `weekly_2026-11-30`. Also a tag of every email. */
    id: text("id").primaryKey(),
    audience: text("audience", { enum: audiences }).notNull(),
    /** JSON list of identities, `book/slug`; of corrections, for that audience. */
    chapters: text("chapters").notNull(),
    state: text("state", { enum: editionStates }).notNull(),
    /** Only subscribers who had confirmed by then are recipients. */
    openedAt: text("opened_at").notNull(),
    /** JSON list of the frozen emails, `{ chapters, template }`, one for each set of chapters that recipients need. */
    mails: text("mails").notNull(),
    /** Id of the last subscriber that sealing has reached. */
    cursor: text("cursor").notNull().default(""),
    /** When sealing reached the last subscriber. */
    sealedAt: text("sealed_at"),
    /** JSON list of those of its chapters that were not public at some time while it was being sent. Null: none. */
    unpublished: text("unpublished"),
    doneAt: text("done_at"),
    stoppedAt: text("stopped_at"),
    stopReason: text("stop_reason"),
  },
  (table) => [
    index("editions_open").on(table.openedAt).where(sql`state = 'sending'`),
    // For the archive, by year.
    index("editions_opened").on(table.openedAt, table.id),
  ],
);

export const batchStates = ["sealed", "settled", "split", "uncertain"] as const;

/** Up to 100 emails that are sent in one request. Their content is frozen before the first attempt. */
export const batches = sqliteTable(
  "batches",
  {
    /**
     * `<edition>/<cursor before it>`, and `.1`, `.2` … for the next ones from that cursor, so the same batch cannot be
     * created twice.
     */
    id: text("id").primaryKey(),
    editionId: text("edition_id").notNull(),
    /** Counts refreshes of the members, which happen only while nothing can have been sent. */
    generation: integer("generation").notNull().default(0),
    /** JSON: see `Member` in editions/edition.ts. */
    members: text("members").notNull(),
    state: text("state", { enum: batchStates }).notNull(),
    sealedAt: text("sealed_at").notNull(),
    /** Since when it may have been sent: the first attempt whose outcome is unknown. */
    unknownSince: text("unknown_since"),
    /** Not before this time; also the lease of the run that is sending it. */
    nextAttemptAt: text("next_attempt_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Number of its last claim. */
    claim: integer("claim"),
    error: text("error"),
    completedAt: text("settled_at"),
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

/** One subscriber's copy of one chapter, or of one correction. The primary key makes a second one impossible. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    chapterId: text("chapter_id").notNull(),
    subscriberId: text("subscriber_id").notNull(),
    editionId: text("edition_id").notNull(),
    state: text("state", { enum: deliveryStates }).notNull(),
    /** Of `skipped`, `failed`, `uncertain` and `bounced`. */
    reason: text("reason"),
    providerId: text("provider_id"),
    changedAt: text("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chapterId, table.subscriberId] }),
    index("deliveries_uncertain").on(table.editionId).where(sql`state = 'uncertain'`),
  ],
);

/** Webhook events that have been processed; deleted after some days. */
export const webhookEvents = sqliteTable(
  "webhook_events",
  {
    /** Time of the event as its payload has it: the same in every repetition. */
    createdAt: text("created_at").notNull(),
    /** `svix-id`. */
    id: text("id").notNull(),
    type: text("type").notNull(),
  },
  // The time comes first, so deleting old events reads no others.
  (table) => [primaryKey({ columns: [table.createdAt, table.id] })],
);

/** Messages to the author about things that need attention. */
export const notices = sqliteTable("notices", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  body: text("body").notNull(),
  at: text("at").notNull(),
  resolvedAt: text("resolved_at"),
});

/** One row: the state of the newsletter. */
export const newsletter = sqliteTable("newsletter", {
  id: integer("id").primaryKey(),
  /** Chapters that were public by then are not announced. */
  beganAt: text("began_at").notNull(),
  /**
   * Number of claims so far, each counted before its batches are sent. KV has the same number: if this one is lower, the
   * database was rolled back.
   */
  claims: integer("claims").notNull().default(0),
  /** The latest time of a run, within some minutes: an earlier time later on means that the clock was set back. */
  seenAt: text("seen_at"),
  /** Chapters announced by then may have been emailed without a record, so digests contain only later ones. */
  uncertainUntil: text("uncertain_until"),
  /** Random, generated once: part of every idempotency key, so two databases with one Resend account never share a key. */
  databaseId: text("database_id"),
  /** Nothing is sent before this time. */
  holdUntil: text("hold_until"),
  holdReason: text("hold_reason"),
});

/** Rate limit counters. Their names are keyed hashes; a row is deleted when it has expired. */
export const limits = sqliteTable(
  "limits",
  {
    bucket: text("bucket").primaryKey(),
    count: integer("count").notNull(),
    expiresAt: text("expires_at").notNull(),
  },
  (table) => [index("limits_expiry").on(table.expiresAt)],
);

/** Workers that `npm run deploy` has deployed with this database: a second one would email the same subscribers. */
export const workers = sqliteTable("workers", {
  /** `name` of wrangler.toml. */
  name: text("name").primaryKey(),
  origin: text("origin").notNull(),
  /** Id of its KV namespace; empty if it could not be found. */
  namespaceId: text("namespace_id").notNull(),
  deployedAt: text("deployed_at").notNull(),
});
