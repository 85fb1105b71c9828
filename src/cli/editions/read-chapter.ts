/** Reads a chapter on record, and who would get it if it were announced. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { audienceOfChapter, ChapterAudience } from "../../editions/chapters/chapter-audience.ts";
import { printStatement } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

const ChapterRow = v.object({
  id: v.string(),
  announcedAt: v.nullable(v.string()),
  editionId: v.nullable(v.string()),
  ...ChapterAudience.entries,
});
export type Chapter = v.InferOutput<typeof ChapterRow>;

/**
 * Finds a chapter by its identity or by a current or former `book/slug`, already validated by `isChapterId`;
 * `undefined` if it was never published. `now` in ISO 8601.
 */
export async function readChapter(execute: Execute, chapter: string, now: string): Promise<Chapter | undefined> {
  const [rows] = await execute([
    printStatement(sql`SELECT p.chapter_id AS id, p.announced_at AS announcedAt, p.edition_id AS editionId,
        ${audienceOfChapter(sql`p.chapter_id`, Date.parse(now))}
      FROM publications p WHERE p.chapter_id = COALESCE(
        (SELECT chapter_id FROM chapter_keys WHERE key = ${chapter}), ${chapter})`),
  ]);
  return v.parse(v.array(ChapterRow), rows)[0];
}

/** Ids of chapters, newest first, for suggestions. */
export async function listChapters(execute: Execute): Promise<string[]> {
  const [rows] = await execute([
    "SELECT chapter_id AS id FROM publications ORDER BY published_at DESC, chapter_id LIMIT 5000",
  ]);
  return v.parse(v.array(v.object({ id: v.string() })), rows).map(({ id }) => id);
}
