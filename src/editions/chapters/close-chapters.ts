/**
 * Closes a chapter when no later digest can include it: every subscriber who wanted it and has no record of it gets one
 * with the reason. Paused subscribers have no record until then, because the next digest would have included the chapter,
 * and neither have those whose digest left it out because it was not public.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import type { Cost } from "../call-budget.ts";
import { digestWindowMs, lastDigests } from "../digest-schedule.ts";
import { booksOf, wantsBook } from "../recipients.ts";
import type { SendContext } from "../send-context.ts";

/** Limit of rows per statement: the list may have 100,000 subscribers. */
const recordsAtOnce = 5000;
const chaptersAtOnce = 4;

const findingCost: Cost = { queries: 1, calls: 1 };
const closingCost: Cost = { queries: 2, calls: 1 };

/**
 * A condition on `publications`: no digest that becomes due later can include the chapter. Digests that are already due are
 * not considered.
 */
export const mayClose = (now: number): SQL => sql`closed_at IS NULL AND announced_at <= ${iso(now - digestWindowMs)}`;

/** Closes as many chapters as the remaining budget allows; the next run continues. */
export async function closeChapters(context: SendContext): Promise<void> {
  if (!context.budget.fits(findingCost)) return;
  for (const chapter of await findClosable(context)) {
    if (!context.budget.fits(closingCost)) return;
    await close(context, chapter);
  }
}

/** A due digest that has not been opened, or an edition awaiting the author's decision, can still include the chapter. */
const isClosable = (now: number): SQL => {
  const due = lastDigests(now).map(
    ({ id, due: at }) =>
      sql`(p.announced_at <= ${iso(at - digestWindowMs)} OR EXISTS (SELECT 1 FROM editions WHERE id = ${id}))`,
  );
  return sql`${mayClose(now)} AND ${sql.join(due, sql` AND `)}
    AND EXISTS (${carriers(sql`true`)}) AND NOT EXISTS (${carriers(sql`e.state <> 'done'`)})`;
};

/** Editions that include the chapter `p`. */
const carriers = (condition: SQL): SQL => sql`SELECT 1 FROM editions e
  WHERE ${condition} AND EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE c.value = p.chapter_id)`;

const findClosable = async (context: SendContext): Promise<string[]> => {
  const rows = await context.db.all<{ id: string }>(sql`SELECT chapter_id AS id FROM publications p
    WHERE ${isClosable(context.now())} ORDER BY announced_at, chapter_id LIMIT ${chaptersAtOnce}`);
  return rows.map(({ id }) => id);
};

/**
 * “Each chapter” subscribers have a record from the chapter's edition, unless they chose that frequency after a digest. If
 * the edition released the chapter (unpublish.ts), they get it when it returns. By a clock that was ahead, a chapter may seem
 * to have been announced after its first edition.
 */
const isOwed = sql`s.state = 'confirmed' AND s.confirmed_at <= p.announced_at
  AND s.confirmed_at <= COALESCE(p.first_opened_at, s.confirmed_at)
  AND (s.frequency <> 'each' OR (p.edition_id IS NOT NULL
    AND s.frequency_changed_at > MIN(p.announced_at, COALESCE(p.first_opened_at, p.announced_at))))
  AND ${wantsBook(booksOf(sql`p.chapter_id`))}
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = p.chapter_id AND d.subscriber_id = s.id)`;

async function close(context: SendContext, chapter: string): Promise<void> {
  const at = iso(context.now());
  const isThis = sql`p.chapter_id = ${chapter} AND ${isClosable(context.now())}`;
  const ofDigest = (what: SQL) => sql`(SELECT ${what} FROM carriers
    WHERE audience = CASE s.frequency WHEN 'each' THEN 'weekly' ELSE s.frequency END)`;
  const reason = sql`CASE
    WHEN p.announced_at <= COALESCE((SELECT uncertain_until FROM newsletter), '') THEN 'no record left after a rollback'
    WHEN s.paused_until > ${ofDigest(sql`opened_at`)} THEN 'paused while digests included it'
    WHEN ${context.isPublic(chapter) ? 0 : 1} OR ${ofDigest(sql`was_unpublished`)} THEN 'withdrawn while digests were sent'
    ELSE 'not a recipient while it was sent' END`;
  await persist(() =>
    transact(context.db, [
      // The last edition of each audience is looked up once, not per subscriber; the desk shows these records with it.
      sql`WITH carriers AS MATERIALIZED (SELECT audience, id, MAX(opened_at) AS opened_at,
            EXISTS (SELECT 1 FROM json_each(e.unpublished) u WHERE u.value = ${chapter}) AS was_unpublished FROM editions e
          WHERE EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE c.value = ${chapter}) GROUP BY audience)
        INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
        SELECT p.chapter_id, s.id, COALESCE(${ofDigest(sql`id`)}, (SELECT id FROM carriers ORDER BY opened_at DESC LIMIT 1)),
          'skipped', ${reason}, ${at}
        FROM publications p CROSS JOIN subscribers s WHERE ${isThis} AND ${isOwed} LIMIT ${recordsAtOnce}
        ON CONFLICT DO NOTHING`,
      sql`UPDATE publications AS p SET closed_at = ${at}
        WHERE ${isThis} AND NOT EXISTS (SELECT 1 FROM subscribers s WHERE ${isOwed})`,
    ]),
  );
}
