/** A chapter on record, and who would get it if it became news. */
import * as v from "valibot";
import { sqlText } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { booksOf, isThere } from "./waiting.ts";

const ChapterRow = v.object({
  id: v.string(),
  announcedAt: v.nullable(v.string()),
  editionId: v.nullable(v.string()),
  each: v.number(),
  weekly: v.number(),
  monthly: v.number(),
});
export type Chapter = v.InferOutput<typeof ChapterRow>;

/** The chapter of that name, which has the form of one: its identity, or where it stands or stood; `undefined` when it was never seen in public. `now` in ISO 8601. */
export async function readChapter(execute: Execute, chapter: string, now: string): Promise<Chapter | undefined> {
  const [rows] = await execute([
    `SELECT p.chapter_id AS id, p.announced_at AS announcedAt, p.edition_id AS editionId,
        ${takers("each", now)}, ${takers("weekly", now)}, ${takers("monthly", now)}
      FROM publications p WHERE p.chapter_id = COALESCE(
        (SELECT chapter_id FROM chapter_keys WHERE key = ${sqlText(chapter)}), ${sqlText(chapter)})`,
  ]);
  return v.parse(v.array(ChapterRow), rows)[0];
}

const takers = (frequency: string, now: string): string => `(SELECT COUNT(*) FROM subscribers s
    WHERE s.frequency = '${frequency}' AND ${isThere(now)}
      AND (s.books IS NULL OR EXISTS (SELECT 1 FROM json_each(s.books) b WHERE b.value IN ${booksOf("p.chapter_id")}))
      AND NOT EXISTS (SELECT 1 FROM deliveries d
        WHERE d.chapter_id = p.chapter_id AND d.subscriber_id = s.id)) AS ${frequency}`;

/** Ids of chapters, the newest first, for suggestions. */
export async function listChapters(execute: Execute): Promise<string[]> {
  const [rows] = await execute([
    "SELECT chapter_id AS id FROM publications ORDER BY published_at DESC, chapter_id LIMIT 5000",
  ]);
  return v.parse(v.array(v.object({ id: v.string() })), rows).map(({ id }) => id);
}
