/**
 * One run of the newsletter, called by the cron trigger; runs may overlap, break off anywhere, and be
 * repeated. What it may ask of the platform is limited, so it begins nothing that does not fit, and the next run
 * goes on. What was claimed is noted in KV before it is posted, so that a database which was set back is found
 * out before anything else is done.
 */
import { sql } from "drizzle-orm";
import { iso, persist, transact, withoutParameters } from "../db/database.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { storeEndings, storingCost } from "../subscribers/endings.ts";
import { hasGoneBack } from "../subscribers/run-clock.ts";
import { closeChapters, mayClose } from "./chapters/close-chapters.ts";
import { fingerprintOf, recordRelease } from "./chapters/record-release.ts";
import { findRelease, parseRelease, releaseColumn } from "./chapters/release-record.ts";
import { tellOfRelease } from "./chapters/report-release.ts";
import { giveBackWithdrawn } from "./chapters/unpublish.ts";
import { openEditions } from "./edition.ts";
import { misconfigurationSettled } from "./notices.ts";
import { isTimeToNote, noteTime } from "./recovery/clock-rollback.ts";
import { meetRestoredDatabase } from "./recovery/database-rollback.ts";
import { correctFutureTimes, hasFutureConfirmations } from "./recovery/future-times.ts";
import { meetLostEndings } from "./recovery/recover-endings.ts";
import { type PostRoom, type RunContext, withCatalogue } from "./send-context.ts";
import { longestWaitMs } from "./sending/claim.ts";
import { readJournal, writeJournal } from "./sending/claim-watermark.ts";
import { openDueEditions } from "./sending/open-editions.ts";
import { sendEditions } from "./sending/send-editions.ts";
import { settleOutlived } from "./sending/uncertain.ts";

interface NewsletterRow {
  readonly beganAt: string;
  readonly claims: number;
  readonly seenAt: string | null;
  readonly uncertainUntil: string | null;
  readonly holdUntil: string | null;
  readonly holdReason: string | null;
  readonly databaseId: string | null;
  readonly hasWaitingEndings: 0 | 1;
  readonly hasUntoldEndings: 0 | 1;
  readonly hasOldChapters: 0 | 1;
  readonly hasFutureConfirmations: 0 | 1;
  /** JSON: see release-record.ts. */
  readonly release: string;
}

export async function runNewsletter(given: RunContext, catalogue: Catalogue): Promise<void> {
  // KV first: of two numbers that grow, the one that must not be greater is read first.
  const journal = await readJournal(given);
  const fingerprint = await fingerprintOf(catalogue);
  const row = await findNewsletter(given, fingerprint);
  if (!row) return begin(given, catalogue, fingerprint, journal);
  if (row.databaseId === null) await nameDatabase(given);
  if (row.hasWaitingEndings === 1) await storeWaitingEndings(given);
  const recording = {
    ...given,
    catalogue,
    fingerprint,
    release: parseRelease(row.release),
    now: given.now(),
    before: tellOfRelease(given),
  };
  if (row.claims < journal) {
    const known = await recordRelease(recording);
    return meetRestoredDatabase(withCatalogue(given, known), journal);
  }
  if (isTimeToNote(row.seenAt, given.now())) {
    await noteTime(given, row.seenAt);
    await settleOutlived(given);
  }
  if (row.hasFutureConfirmations === 1 || hasGoneBack(row.seenAt, given.now()))
    await correctFutureTimes(given.db, recording.now);
  const room = withCatalogue(given, await recordRelease(recording));
  await openDueEditions(room, row);
  const open = isHeld(row, room.now()) ? [] : await openEditions(room);
  // Whoever had left before a rollback of the database must not be mailed.
  const maySend = open.length > 0 && (await meetLostEndings(room, row.hasUntoldEndings === 1));
  const editions = maySend ? await giveBackWithdrawn(room, open) : [];
  const sent = await sendEditions(room, editions, row.holdReason);
  if (editions.length > 0) await finish(room, sent.accepted > 0 && row.holdReason !== null);
  if (row.hasOldChapters === 1) await closeChapters(room);
  // A run that noted less at the same time may have been the last to write. A claim has written it anew.
  if (!sent.hasClaimed && row.claims > journal) await writeJournal(room, row.claims);
}

/** KV may take it later: what is being sent does not wait for that. */
async function storeWaitingEndings(room: RunContext): Promise<void> {
  if (!room.allowance.fits(storingCost)) return;
  try {
    await storeEndings(room, room.now());
  } catch (error) {
    console.error("A record could not be written to KV; the next run will retry.", withoutParameters(error));
  }
}

const findNewsletter = async (
  room: Pick<PostRoom, "db" | "now">,
  fingerprint: string,
): Promise<NewsletterRow | undefined> =>
  (
    await room.db.all<NewsletterRow>(sql`SELECT began_at AS beganAt, claims, seen_at AS seenAt,
      uncertain_until AS uncertainUntil, hold_until AS holdUntil, hold_reason AS holdReason, database_id AS databaseId,
      EXISTS (SELECT 1 FROM endings WHERE stored_at IS NULL) AS hasWaitingEndings,
      EXISTS (SELECT 1 FROM endings WHERE recovered IS NOT NULL) AS hasUntoldEndings,
      EXISTS (SELECT 1 FROM publications WHERE ${mayClose(room.now())}) AS hasOldChapters,
      ${hasFutureConfirmations(room.now())} AS hasFutureConfirmations,
      ${releaseColumn(fingerprint)} AS release FROM newsletter WHERE id = 1`)
  )[0];

/** The first run: what is public by now is history. It is recorded before the row is there that would make it news. */
async function begin(room: RunContext, catalogue: Catalogue, fingerprint: string, journal: number): Promise<void> {
  await recordRelease({
    ...room,
    catalogue,
    fingerprint,
    release: await findRelease(room.db, fingerprint),
    now: room.now(),
  });
  await persist(() =>
    room.db.run(sql`INSERT INTO newsletter (id, began_at, claims, database_id)
      VALUES (1, ${iso(room.now())}, ${journal}, ${randomDatabaseId}) ON CONFLICT DO NOTHING`),
  );
}

const randomDatabaseId = sql`lower(hex(randomblob(8)))`;

/** The row was made by a Worker of an earlier version. */
const nameDatabase = (room: Pick<PostRoom, "db">): Promise<unknown> =>
  persist(() =>
    room.db.run(sql`UPDATE newsletter SET database_id = ${randomDatabaseId} WHERE id = 1 AND database_id IS NULL`),
  );

/**
 * A hold that reaches farther than any does was written by a clock that was wrong; but one after a restore
 * (cli/backup/restored-database.ts) has no end of its own: whom it would mail may have left meanwhile.
 */
const isHeld = ({ holdUntil, holdReason }: NewsletterRow, now: number): boolean =>
  holdReason === "restored" || (holdUntil !== null && holdUntil > iso(now) && holdUntil <= iso(now + longestWaitMs));

/** Closes editions all of whose copies have found their end. When mail goes out again, what held it up is over. */
function finish(room: PostRoom, isHoldOver: boolean): Promise<unknown> {
  const at = iso(room.now());
  const close = sql`UPDATE editions SET state = 'done', done_at = ${at}
    WHERE state = 'sending' AND sealed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM batches WHERE edition_id = editions.id AND state = 'sealed')`;
  const endHold = sql`UPDATE newsletter SET hold_until = NULL, hold_reason = NULL WHERE id = 1 AND hold_until <= ${at}`;
  return persist(() => transact(room.db, isHoldOver ? [close, endHold, misconfigurationSettled(room.now())] : [close]));
}
