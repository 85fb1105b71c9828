/** Reads the chapters on record from a deployed library's database, which an earlier version may have migrated. */
import * as v from "valibot";
import { type ChapterRecord, type Publication, recordOfQuestions } from "../../library/identify.ts";
import { selectTables } from "../backup/dump.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

interface RemotePublication extends Publication {
  /** See `LegacyEntry` of library/feed-identities.ts. */
  readonly legacyFeedId: string | null;
}

export interface RemoteRecord extends ChapterRecord {
  readonly publications: readonly RemotePublication[];
  /** The newsletter has begun, so unidentified chapters wait for the author. */
  readonly hasBegun: boolean;
  /** Ids of feeds from before they were independent of the host; undefined until a run that knows them. */
  readonly legacyFeeds: Readonly<Record<string, string>> | undefined;
}

const Text = v.nullable(v.string());
const Rows = v.tuple([
  v.array(
    v.object({
      id: v.string(),
      place: Text,
      recordedAt: v.string(),
      announcedAt: Text,
      goneAt: Text,
      legacyFeedId: Text,
    }),
  ),
  v.array(v.object({ began: v.number() })),
  v.array(v.object({ key: v.string(), id: v.string() })),
  v.array(v.object({ place: v.string(), mayBe: v.string(), answer: Text })),
  v.array(v.object({ feeds: v.string() })),
]);
const Names = v.tuple([v.array(v.object({ name: v.string() }))]);
const Texts = v.array(v.string());
const Feeds = v.record(v.string(), v.string());

/** `undefined` if no chapter is on record: before the first deploy or the first cron run. */
export async function readRemoteRecord(execute: Execute): Promise<RemoteRecord | undefined> {
  const tables = new Set(v.parse(Names, await execute([selectTables]))[0].map(({ name }) => name));
  if (!tables.has("publications")) return undefined;
  // The migration that creates the table also adds the column.
  const since = (table: string, column: string) => (tables.has(table) ? column : "NULL");
  const of = (table: string, columns: string, none: string) =>
    tables.has(table) ? `SELECT ${columns} FROM ${table}` : `SELECT ${none} WHERE 0`;
  const [publications, newsletter, keys, asked, feeds] = v.parse(
    Rows,
    await execute([
      `SELECT chapter_id AS id, recorded_at AS recordedAt, ${since("newsletter", "announced_at")} AS announcedAt,
        ${since("chapter_keys", "place")} AS place, ${since("chapter_keys", "gone_at")} AS goneAt,
        ${since("chapter_keys", "legacy_feed_id")} AS legacyFeedId FROM publications`,
      of("newsletter", "id AS began", "0 AS began"),
      of("chapter_keys", "key, chapter_id AS id", "'' AS key, '' AS id"),
      of("chapter_questions", "place, may_be AS mayBe, answer", "'' AS place, '' AS mayBe, NULL AS answer"),
      of("release_state", "legacy_feeds AS feeds", "'' AS feeds"),
    ]),
  );
  if (publications.length === 0) return undefined;
  const questions = asked.map((row) => ({ ...row, mayBe: v.parse(Texts, JSON.parse(row.mayBe)) }));
  return {
    publications: publications.map(({ announcedAt, ...row }) => ({ ...row, isAnnounced: announcedAt !== null })),
    keys: new Map(keys.map(({ key, id }) => [key, id])),
    ...recordOfQuestions(questions),
    hasBegun: newsletter.length > 0,
    legacyFeeds: feeds[0] && v.parse(Feeds, JSON.parse(feeds[0].feeds)),
  };
}
