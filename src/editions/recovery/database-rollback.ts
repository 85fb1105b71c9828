/**
 * Handles a database rollback: KV knows of more claims than D1. Everything that could be due may already have been sent, so
 * it is put into stopped editions and the author decides. One transaction, so a run that breaks off has done all of it or
 * nothing.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { type Cost, sum } from "../call-budget.ts";
import { isQueued } from "../chapters/corrections.ts";
import { queuedChapters } from "../chapters/publications.ts";
import { digestWindowMs } from "../digest-schedule.ts";
import { noticeCost, raiseNotice } from "../notices.ts";
import { changeoverDays } from "../recipients.ts";
import type { Audience, SendContext } from "../send-context.ts";
import { recoverEndings, recoveredTold } from "./recover-endings.ts";

/** Stopping everything, and the notice before it. */
const stoppingCost: Cost = sum(noticeCost, { queries: 11, calls: 1 });

/** `claims`: the watermark in KV. */
export async function handleRollback(context: SendContext, claims: number): Promise<void> {
  const recovered = await recoverEndings(context, true);
  if (recovered === undefined || !context.budget.fits(stoppingCost)) return;
  // Notify first: a run that breaks off in between comes back here.
  const { title, sends } = context.words.notices.rolledBack;
  await raiseNotice(context, `restored ${claims}`, title, sends(recovered.found, recovered.excluded));
  const at = iso(context.now());
  /** No other run has handled it yet. */
  const isOpen = sql`EXISTS (SELECT 1 FROM newsletter WHERE claims < ${claims})`;
  // No question about a digest without subscribers; those who choose it later are considered when it is opened. The
  // subscribers are scanned for this once per rollback.
  const stopped = (audience: Audience, chapters: SQL) => sql`
    INSERT INTO editions (id, audience, chapters, state, opened_at, mails, stopped_at, stop_reason)
    SELECT ${`${audience}_restored_${claims}`}, ${audience}, json_group_array(id), 'stopped', ${at}, '[]', ${at}, 'restored'
    FROM (${chapters}) HAVING COUNT(*) > 0 AND ${isOpen} AND (${audience} IN ('each', 'corrections') OR EXISTS (SELECT 1 FROM subscribers
      WHERE frequency = ${audience} OR (${audience} = 'weekly' AND frequency_changed_at > ${iso(context.now() - changeoverDays * 86_400_000)})))`;
  const recent = sql`SELECT chapter_id AS id FROM publications
    WHERE announced_at > ${iso(context.now() - digestWindowMs)}
      AND announced_at > COALESCE((SELECT uncertain_until FROM newsletter), '')
    ORDER BY published_at, announced_at, chapter_id`;
  await persist(() =>
    transact(context.db, [
      // Found by key: a join would read all deliveries ever made.
      sql`UPDATE deliveries SET state = 'uncertain', reason = 'database restored', changed_at = ${at}
        WHERE state = 'sending' AND ${isOpen} AND (chapter_id, subscriber_id, edition_id) IN
          (SELECT c.value, json_extract(m.value, '$.subscriber'), b.edition_id
            FROM batches b, json_each(b.members) m, json_each(m.value, '$.chapters') c WHERE b.state = 'sealed')`,
      sql`UPDATE batches SET state = 'uncertain', members = '[]', error = 'database restored', settled_at = ${at}
        WHERE state = 'sealed' AND ${isOpen}`,
      sql`UPDATE editions SET state = 'stopped', stopped_at = ${at}, stop_reason = 'restored'
        WHERE state = 'sending' AND ${isOpen}`,
      stopped("each", queuedChapters),
      stopped("weekly", recent),
      stopped("monthly", recent),
      stopped("corrections", sql`SELECT id FROM corrections WHERE ${isQueued} ORDER BY announced_at, id`),
      sql`UPDATE corrections SET edition_id = ${`corrections_restored_${claims}`} WHERE ${isQueued} AND ${isOpen}`,
      // The edition may have been opened, and its record lost, at any time since the announcement.
      sql`UPDATE publications SET edition_id = ${`each_restored_${claims}`}, first_opened_at = COALESCE(first_opened_at, announced_at)
        WHERE announced_at IS NOT NULL AND edition_id IS NULL AND ${isOpen}`,
      // Everything announced so far is in those editions; digests include what is announced later.
      recoveredTold,
      sql`UPDATE newsletter SET claims = ${claims}, uncertain_until =
          MAX(${at}, COALESCE((SELECT MAX(announced_at) FROM publications), '')) WHERE id = 1 AND claims < ${claims}`,
    ]),
  );
}
