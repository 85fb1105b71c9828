/**
 * Chapters that are not public any more while an edition is being sent: taken back by the author, or by a
 * rollback. They are given back to what waits for an edition, and go out when they are public again, to
 * those who have not got them. What is sealed and untried is drawn up without them.
 */
import { sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import type { Edition } from "../edition.ts";
import type { SendContext } from "../send-context.ts";

/** The editions that can go on. */
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
      // Nobody is passed over: who was not looked at is looked at by the edition that carries them then.
      sql`UPDATE editions SET sealed_at = ${iso(context.now())}
        WHERE sealed_at IS NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(empty)}))`,
    ]),
  );
  return editions.map((edition) =>
    empty.includes(edition.id) ? { ...edition, sealedAt: edition.sealedAt ?? iso(context.now()) } : edition,
  );
}
