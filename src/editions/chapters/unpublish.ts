/**
 * Releases chapters that were unpublished, and corrections that were withdrawn, by the author or by a rollback, while an
 * edition is being sent. They wait for another edition and are sent when they are public again, to recipients who do not
 * have them. Untried batches are refreshed without them. The edition notes them, because after the last digest that can
 * include such a chapter, its recipients have no other record of why they did not get it (close-chapters.ts).
 */
import { sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import type { Edition } from "../edition.ts";
import type { SendContext } from "../send-context.ts";

/** Returns the editions that can continue. */
export async function releaseUnpublished(
  context: SendContext,
  editions: readonly Edition[],
): Promise<readonly Edition[]> {
  const gone = editions.flatMap(({ id, chapters }) =>
    chapters.filter((chapter) => !context.isPublic(chapter)).map((chapter) => ({ id, chapter })),
  );
  const changed = [...Map.groupBy(gone, ({ id }) => id)].map(([id, chapters]) => ({
    id,
    chapters: chapters.map(({ chapter }) => chapter),
  }));
  const empty = editions.filter(({ chapters }) => !chapters.some(context.isPublic)).map(({ id }) => id);
  if (gone.length === 0) return editions;
  await persist(() =>
    transact(context.db, [
      sql`UPDATE publications SET edition_id = NULL FROM json_each(${JSON.stringify(gone)}) g
        WHERE chapter_id = g.value ->> 'chapter' AND edition_id = g.value ->> 'id'`,
      sql`UPDATE corrections SET edition_id = NULL FROM json_each(${JSON.stringify(gone)}) g
        WHERE corrections.id = g.value ->> 'chapter' AND edition_id = g.value ->> 'id'`,
      sql`UPDATE editions SET unpublished = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(editions.unpublished)
          UNION SELECT value FROM json_each(c.value -> 'chapters')))
        FROM json_each(${JSON.stringify(changed)}) c WHERE editions.id = c.value ->> 'id' AND EXISTS
          (SELECT value FROM json_each(c.value -> 'chapters') EXCEPT SELECT value FROM json_each(editions.unpublished))`,
      // Nobody is missed: the later edition covers the subscribers that this one has not reached.
      sql`UPDATE editions SET sealed_at = ${iso(context.now())}
        WHERE sealed_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(empty)}))`,
    ]),
  );
  return editions.map((edition) =>
    empty.includes(edition.id) ? { ...edition, sealedAt: edition.sealedAt ?? iso(context.now()) } : edition,
  );
}
