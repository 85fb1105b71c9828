/**
 * Opening: what became news is given to an edition. Those who want each chapter get one mail for all that
 * waits, be it one chapter or five after a silence; digests are due on Mondays and on the first of a month,
 * at six in the morning (UTC).
 */

import { sql } from "drizzle-orm";
import { isoDay } from "../ui/dates.ts";
import { freezeMail } from "./edition.ts";
import { authorCommand, raiseNotice } from "./notices.ts";
import { type Audience, iso, type PostRoom, persist, transact } from "./post-room.ts";

const day = 86_400_000;
/** Digests bring what was announced in this time before them, to those who have not got it yet. */
const digestWindowMs = 62 * day;
const digestHour = 6 * 3_600_000;

/** `restored`: all that could be due is put before the author instead of being sent. */
export type Opening = "due" | "restored";

export async function openDueEditions(
  room: PostRoom,
  { beganAt, uncertainUntil }: { readonly beganAt: string; readonly uncertainUntil: string | null },
  opening: Opening,
): Promise<void> {
  await openForEach(room, opening);
  for (const audience of ["weekly", "monthly"] as const) {
    const due = opening === "due" ? lastDue(audience, room.now()) : room.now();
    if (due > Date.parse(beganAt)) await openDigest(room, audience, due, uncertainUntil ?? "", opening);
  }
}

async function openForEach(room: PostRoom, opening: Opening): Promise<void> {
  const rows = await room.db.all<{ id: string }>(
    sql`SELECT chapter_id AS id FROM publications WHERE announced_at IS NOT NULL AND edition_id IS NULL
      ORDER BY published_at, announced_at, chapter_id`,
  );
  const chapters = rows.map(({ id }) => id).filter((id) => room.isPublic(id));
  const [first] = chapters;
  if (first === undefined) return;
  const others = chapters.length > 1 ? `_and_${chapters.length - 1}` : "";
  await open(room, { id: `each_${first.replace("/", "_")}${others}`, audience: "each", chapters, opening });
}

async function openDigest(
  room: PostRoom,
  audience: "weekly" | "monthly",
  due: number,
  uncertainUntil: string,
  opening: Opening,
): Promise<void> {
  const id = `${audience}_${isoDay(iso(due))}${opening === "restored" ? `_${iso(due).slice(11, 16).replace(":", "")}` : ""}`;
  const rows = await room.db.all<{ id: string }>(
    sql`SELECT chapter_id AS id FROM publications
      WHERE announced_at > ${iso(due - digestWindowMs)} AND announced_at <= ${iso(due)} AND announced_at > ${uncertainUntil}
        AND NOT EXISTS (SELECT 1 FROM editions WHERE id = ${id})
      ORDER BY published_at, announced_at, chapter_id`,
  );
  const chapters = rows.map((row) => row.id).filter((chapter) => room.isPublic(chapter));
  if (chapters.length > 0) await open(room, { id, audience, chapters, opening });
}

interface NewEdition {
  readonly id: string;
  readonly audience: Audience;
  readonly chapters: readonly string[];
  readonly opening: Opening;
}

/** Freezes the mail, then writes the edition down. A run that finds the chapters given away already writes nothing. */
async function open(room: PostRoom, { id, audience, chapters, opening }: NewEdition): Promise<void> {
  const mail = await freezeMail(room, id, audience, chapters);
  if (!mail) return;
  const at = iso(room.now());
  const list = JSON.stringify(chapters);
  const isStopped = opening === "restored";
  const isFree =
    audience === "each"
      ? sql`(SELECT COUNT(*) FROM publications WHERE edition_id IS NULL AND announced_at IS NOT NULL
          AND chapter_id IN (SELECT value FROM json_each(${list}))) = ${chapters.length}`
      : sql`true`;
  const [opened = []] = await persist(() =>
    transact(room.db, [
      sql`
        INSERT INTO editions (id, audience, chapters, state, opened_at, mails, stopped_at, stop_reason)
        SELECT ${id}, ${audience}, ${list}, ${isStopped ? "stopped" : "sending"}, ${at}, ${JSON.stringify([mail])},
          ${isStopped ? at : null}, ${isStopped ? "restored" : null}
        WHERE ${isFree} ON CONFLICT DO NOTHING RETURNING id`,
      sql`UPDATE publications SET edition_id = ${id}
        WHERE ${audience} = 'each' AND edition_id IS NULL AND chapter_id IN (SELECT value FROM json_each(${list}))
          AND EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND chapters = ${list})`,
    ]),
  );
  if (opened.length > 0 && isStopped) {
    await raiseNotice(
      room,
      `stopped ${id}`,
      "A mailing waits for your word",
      `The database was set back to an earlier hour. Whether ${chapters.join(", ")} had been mailed before is not on record any more (mailing ${id}). Send it to everyone without a record of it: ${authorCommand(`continue ${id}`)}. Or leave it: ${authorCommand(`skip ${id}`)}.`,
    );
  }
}

/** The last Monday, or first of a month, at six in the morning UTC that is not in the future. */
function lastDue(audience: "weekly" | "monthly", now: number): number {
  const then = new Date(now - digestHour);
  const daysBack = audience === "weekly" ? (then.getUTCDay() + 6) % 7 : then.getUTCDate() - 1;
  return Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), then.getUTCDate() - daysBack) + digestHour;
}
