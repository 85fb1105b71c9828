/** A chapter on record, and who would get it if it became news. */
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

/** The chapter of that name, which has the form of one: its identity, or where it stands or stood; `undefined` when it was never seen in public. `now` in ISO 8601. */
export async function readChapter(execute: Execute, chapter: string, now: string): Promise<Chapter | undefined> {
  const [rows] = await execute([
    printStatement(sql`SELECT p.chapter_id AS id, p.announced_at AS announcedAt, p.edition_id AS editionId,
        ${audienceOfChapter(sql`p.chapter_id`, Date.parse(now))}
      FROM publications p WHERE p.chapter_id = COALESCE(
        (SELECT chapter_id FROM chapter_keys WHERE key = ${chapter}), ${chapter})`),
  ]);
  return v.parse(v.array(ChapterRow), rows)[0];
}

/** Ids of chapters, the newest first, for suggestions. */
export async function listChapters(execute: Execute): Promise<string[]> {
  const [rows] = await execute([
    "SELECT chapter_id AS id FROM publications ORDER BY published_at DESC, chapter_id LIMIT 5000",
  ]);
  return v.parse(v.array(v.object({ id: v.string() })), rows).map(({ id }) => id);
}
