/**
 * Releases chapters that were unpublished, and corrections that were withdrawn, by the author or by a rollback, while an
 * edition is being sent. They wait for another edition and are sent when they are public again, to recipients who do not
 * have them. Untried batches are refreshed without them.
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
  const empty = editions.filter(({ chapters }) => !chapters.some(context.isPublic)).map(({ id }) => id);
  if (gone.length === 0) return editions;
  await persist(() =>
    transact(context.db, [
      sql`UPDATE publications SET edition_id = NULL FROM json_each(${JSON.stringify(gone)}) g
        WHERE chapter_id = g.value ->> 'chapter' AND edition_id = g.value ->> 'id'`,
      sql`UPDATE corrections SET edition_id = NULL FROM json_each(${JSON.stringify(gone)}) g
        WHERE corrections.id = g.value ->> 'chapter' AND edition_id = g.value ->> 'id'`,
      // Nobody is missed: the later edition covers the subscribers that this one has not reached.
      sql`UPDATE editions SET sealed_at = ${iso(context.now())}
        WHERE sealed_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(empty)}))`,
    ]),
  );
  return editions.map((edition) =>
    empty.includes(edition.id) ? { ...edition, sealedAt: edition.sealedAt ?? iso(context.now()) } : edition,
  );
}
