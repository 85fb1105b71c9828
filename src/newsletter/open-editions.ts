/**
 * Opening: what became news is given to an edition. Those who want each chapter get one mail for all that
 * waits, be it one chapter or five after a silence; digests are due on Mondays and on the first of a month,
 * at six in the morning (UTC).
 */

import { sql } from "drizzle-orm";
import { isoDay } from "../ui/dates.ts";
import { type Cost, sum } from "./allowance.ts";
import { freezeMail, mailCost } from "./edition.ts";
import { type Audience, iso, type PostRoom, persist, transact } from "./post-room.ts";

const day = 86_400_000;
/** Digests bring what was announced in this time before them, to those who have not got it yet. */
export const digestWindowMs = 62 * day;
const digestHour = 6 * 3_600_000;

const openingCost: Cost = sum(mailCost, { queries: 6, calls: 4 });

/** What does not fit into the run's allowance is opened by the next one. */
export async function openDueEditions(
  room: PostRoom,
  { beganAt, uncertainUntil }: { readonly beganAt: string; readonly uncertainUntil: string | null },
): Promise<void> {
  await openForEach(room);
  for (const audience of ["weekly", "monthly"] as const) {
    const due = lastDue(audience, room.now());
    if (due > Date.parse(beganAt)) await openDigest(room, audience, due, uncertainUntil ?? "");
  }
}

async function openForEach(room: PostRoom): Promise<void> {
  const rows = await room.db.all<{ id: string }>(
    sql`SELECT chapter_id AS id FROM publications WHERE announced_at IS NOT NULL AND edition_id IS NULL
      ORDER BY published_at, announced_at, chapter_id`,
  );
  const chapters = rows.map(({ id }) => id).filter((id) => room.isPublic(id));
  const [first] = chapters;
  if (first === undefined || !room.allowance.fits(openingCost)) return;
  const others = chapters.length > 1 ? `_and_${chapters.length - 1}` : "";
  const id = await freeId(room, `each_${first.replace("/", "_")}${others}`);
  await open(room, { id, audience: "each", chapters });
}

/** A chapter that was withdrawn and came back is carried by a second edition. */
async function freeId(room: PostRoom, id: string): Promise<string> {
  const again = `${id}_again_`;
  const [row] = await room.db.all<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM editions WHERE id = ${id} OR substr(id, 1, ${again.length}) = ${again}`,
  );
  return row && row.count > 0 ? `${again}${row.count}` : id;
}

async function openDigest(
  room: PostRoom,
  audience: "weekly" | "monthly",
  due: number,
  uncertainUntil: string,
): Promise<void> {
  const id = `${audience}_${isoDay(iso(due))}`;
  // What may have been mailed before a database was set back waits for the author, and for good if that was skipped.
  const waits = sql`EXISTS (SELECT 1 FROM editions WHERE audience = ${audience} AND instr(id, '_restored_') > 0
    AND (state <> 'done' OR stop_reason = 'skipped'))`;
  const rows = await room.db.all<{ id: string }>(
    sql`SELECT chapter_id AS id FROM publications
      WHERE announced_at > ${iso(due - digestWindowMs)} AND announced_at <= ${iso(due)} AND (announced_at > ${uncertainUntil} OR NOT ${waits})
        AND NOT EXISTS (SELECT 1 FROM editions WHERE id = ${id})
      ORDER BY published_at, announced_at, chapter_id`,
  );
  const chapters = rows.map((row) => row.id).filter((chapter) => room.isPublic(chapter));
  if (chapters.length > 0 && room.allowance.fits(openingCost)) await open(room, { id, audience, chapters });
}

interface NewEdition {
  readonly id: string;
  readonly audience: Audience;
  readonly chapters: readonly string[];
}

/**
 * Freezes the mail, then writes the edition down. A run that finds the chapters given away already writes
 * nothing. Of a digest nobody knows yet which of its chapters a reader still has to get: its mails are frozen
 * when they are sealed.
 */
async function open(room: PostRoom, { id, audience, chapters }: NewEdition): Promise<void> {
  const mail = audience === "each" ? await freezeMail(room, id, audience, chapters) : undefined;
  if (audience === "each" && !mail) return;
  const at = iso(room.now());
  const list = JSON.stringify(chapters);
  const isFree =
    audience === "each"
      ? sql`(SELECT COUNT(*) FROM publications WHERE edition_id IS NULL AND announced_at IS NOT NULL
          AND chapter_id IN (SELECT value FROM json_each(${list}))) = ${chapters.length}`
      : sql`true`;
  await persist(() =>
    transact(room.db, [
      sql`INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
        SELECT ${id}, ${audience}, ${list}, 'sending', ${at}, ${JSON.stringify(mail ? [mail] : [])}
        WHERE ${isFree} ON CONFLICT DO NOTHING`,
      sql`UPDATE publications SET edition_id = ${id}
        WHERE ${audience} = 'each' AND edition_id IS NULL AND chapter_id IN (SELECT value FROM json_each(${list}))
          AND EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND chapters = ${list} AND opened_at = ${at})`,
    ]),
  );
}

/** The last Monday, or first of a month, at six in the morning UTC that is not in the future. */
function lastDue(audience: "weekly" | "monthly", now: number): number {
  const then = new Date(now - digestHour);
  const daysBack = audience === "weekly" ? (then.getUTCDay() + 6) % 7 : then.getUTCDate() - 1;
  return Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), then.getUTCDate() - daysBack) + digestHour;
}
