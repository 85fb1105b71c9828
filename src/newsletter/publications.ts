/** Notes which chapters have become public. Called by the cron trigger; safe to run twice, or at the same time. */
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { publications } from "../db/schema.ts";
import type { Catalogue } from "../library/catalogue.ts";

/** How many were new. One query, however many chapters there are. */
export async function recordPublications(database: D1Database, catalogue: Catalogue, now: Date): Promise<number> {
  const rows = [...catalogue.places.values()].map(({ book, chapter }) => ({
    id: `${book.slug}/${chapter.id}`,
    at: chapter.published ?? now.toISOString(),
  }));
  const inserted = await drizzle(database)
    .insert(publications)
    .select(
      sql`SELECT value ->> 'id', value ->> 'at', ${now.toISOString()} FROM json_each(${JSON.stringify(rows)}) WHERE true ON CONFLICT DO NOTHING`,
    )
    .returning({ chapterId: publications.chapterId });
  return inserted.length;
}
