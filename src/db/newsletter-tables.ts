/**
 * Tables of publications, editions, deliveries and transactional email; subscribers and reading have files of their own. Times are ISO 8601 text in UTC with milliseconds, so that they sort as text.
 * An index with a `where` holds those rows alone: who looks there reads no others, and all others cost nothing.
 * `deliveries`, `webhook_events`, `tallies`, `reading_days` and `endings` are made WITHOUT ROWID (migrations/0001, 0003, 0006, 0012):
 * their key is their only full index, so that a step in the life of a copy, or an event, costs one row written.
 */
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** When the running library first saw a chapter in public, and what the newsletter made of it. */
export const publications = sqliteTable("publications", {
  /** The chapter's permanent identity, `book/slug` of where it was first published: see library/identity.ts. */
  chapterId: text("chapter_id").primaryKey(),
  /** From the front matter. */
  publishedAt: text("published_at").notNull(),
  /** When the cron trigger noticed. */
  recordedAt: text("recorded_at").notNull(),
  /** When it became news. Null: never to be mailed by itself, because it was there before the newsletter, or is long out. */
  announcedAt: text("announced_at"),
  /** The edition that carries it to those who want each chapter. */
  editionId: text("edition_id"),
  /** When the first edition that carried it was opened: who confirmed later gets it from no other edition. */
  firstOpenedAt: text("first_opened_at"),
  /** `book/slug` where it was last seen. Null: only versions that kept no names have seen it. */
  place: text("place"),
  /** JSON list of the slugs of all books that it has been in: a subscriber of any of them wants it. */
  books: text("books"),
  /** Since when no release has had it; null while one has. */
  goneAt: text("gone_at"),
  /** Its id in feeds, if it was in one before ids were independent of date and host; empty if not, null if not decided. */
  legacyFeedId: text("legacy_feed_id"),
  /** When it was too old for every digest, and all who wanted it had a record. Null: somebody may still get it. */
  closedAt: text("closed_at"),
});

/** Names that a chapter has had beside its identity (`book/slug`, `book/id`), and which chapter that is. */
export const chapterKeys = sqliteTable("chapter_keys", {
  key: text("key").primaryKey(),
  chapterId: text("chapter_id").notNull(),
});

/** Chapters of which only the author can tell whether they are new. Nothing of them is emailed before the answer. */
export const chapterQuestions = sqliteTable("chapter_questions", {
  /** `book/slug` where it stands. */
  place: text("place").primaryKey(),
  /** JSON list of identities that are missing from the release, the likeliest first. */
  mayBe: text("may_be").notNull(),
  askedAt: text("asked_at").notNull(),
  /** An identity, or `new`. */
  answer: text("answer"),
  answeredAt: text("answered_at"),
});

/** One row: what was found out about the chapters of the release that a run met last. */
export const releaseState = sqliteTable("release_state", {
  id: integer("id").primaryKey(),
  /** Hash of all names in the release, and of what is public: while it is the same there is nothing to find out. */
  fingerprint: text("fingerprint").notNull(),
  /** JSON: path -> identity, where it is another than the release alone would say; null where nobody knows yet. */
  identities: text("identities").notNull(),
  /** JSON: ids of feeds that were there before their ids were independent of the host. */
  legacyFeeds: text("legacy_feeds").notNull(),
});

export const messageStates = ["queued", "accepted", "failed", "uncertain"] as const;

/** Single mails (confirmation, welcome, goodbye …): written down before they are sent. */
export const outbox = sqliteTable(
  "letters",
  {
    /** Also the idempotency key. */
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    subscriberId: text("subscriber_id"),
    state: text("state", { enum: messageStates }).notNull(),
    /** JSON as it is posted; gone once the letter is settled. */
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
    /** JSON: see `Member` in editions/edition.ts. */
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
  /** Random, made once: part of every idempotency key, so that two databases on one Resend account never share one. */
  databaseId: text("database_id"),
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

/** Workers that `npm run deploy` has deployed with this database: a second one would email the same subscribers. */
export const workers = sqliteTable("workers", {
  /** `name` of wrangler.toml. */
  name: text("name").primaryKey(),
  origin: text("origin").notNull(),
  /** Id of its KV namespace; empty where it could not be found. */
  namespaceId: text("namespace_id").notNull(),
  deployedAt: text("deployed_at").notNull(),
});
