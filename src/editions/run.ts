/**
 * Runs the newsletter, called by the cron trigger. Runs may overlap, break off anywhere and be repeated. A run starts only
 * what fits into its call budget; the next run continues. Claims are written to KV before their batches are sent, so a
 * database rollback is detected before anything else.
 */
import { sql } from "drizzle-orm";
import { iso, persist, transact, withoutParameters } from "../db/database.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { storeEndings, storingCost } from "../subscribers/endings.ts";
import { hasRolledBack } from "../subscribers/run-clock.ts";
import { closeChapters, mayClose } from "./chapters/close-chapters.ts";
import { isQueued } from "./chapters/corrections.ts";
import { fingerprintOf, recordRelease } from "./chapters/record-release.ts";
import { findRelease, parseRelease, releaseColumn } from "./chapters/release-record.ts";
import { tellOfRelease } from "./chapters/report-release.ts";
import { releaseUnpublished } from "./chapters/unpublish.ts";
import { openEditions } from "./edition.ts";
import { resolveMisconfiguration } from "./notices.ts";
import { isTimeToRecord, recordTime } from "./recovery/clock-rollback.ts";
import { handleRollback } from "./recovery/database-rollback.ts";
import { correctFutureTimes, hasFutureConfirmations } from "./recovery/future-times.ts";
import { meetLostEndings } from "./recovery/recover-endings.ts";
import { type RunContext, type SendContext, withCatalogue } from "./send-context.ts";
import { maxWaitMs } from "./sending/claim.ts";
import { readWatermark, writeWatermark } from "./sending/claim-watermark.ts";
import { openDueEditions } from "./sending/open-editions.ts";
import { sendEditions } from "./sending/send-editions.ts";
import { expireUncertain } from "./sending/uncertain.ts";

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
  readonly hasCorrections: 0 | 1;
  readonly hasFutureConfirmations: 0 | 1;
  /** JSON: see release-record.ts. */
  readonly release: string;
}

export async function runNewsletter(given: RunContext, catalogue: Catalogue): Promise<void> {
  // KV first: of two growing numbers, read the one that must not be greater first.
  const watermark = await readWatermark(given);
  const fingerprint = await fingerprintOf(catalogue);
  const row = await findNewsletter(given, fingerprint);
  if (!row) return begin(given, catalogue, fingerprint, watermark);
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
  if (row.claims < watermark) {
    const known = await recordRelease(recording);
    return handleRollback(withCatalogue(given, known), watermark);
  }
  if (isTimeToRecord(row.seenAt, given.now())) {
    await recordTime(given, row.seenAt);
    await expireUncertain(given);
  }
  if (row.hasFutureConfirmations === 1 || hasRolledBack(row.seenAt, given.now()))
    await correctFutureTimes(given.db, recording.now);
  const context = withCatalogue(given, await recordRelease(recording));
  await openDueEditions(context, row);
  const open = isHeld(row, context.now()) ? [] : await openEditions(context);
  // Subscribers who unsubscribed before a database rollback must not be emailed.
  const maySend = open.length > 0 && (await meetLostEndings(context, row.hasUntoldEndings === 1));
  const editions = maySend ? await releaseUnpublished(context, open) : [];
  const sent = await sendEditions(context, editions, row.holdReason);
  if (editions.length > 0) await finish(context, sent.accepted > 0 && row.holdReason !== null);
  if (row.hasOldChapters === 1) await closeChapters(context);
  // A concurrent run with a lower number may have written last. A claim has written the number again anyway.
  if (!sent.hasClaimed && row.claims > watermark) await writeWatermark(context, row.claims);
}

/** A KV failure does not delay sending. */
async function storeWaitingEndings(context: RunContext): Promise<void> {
  if (!context.budget.fits(storingCost)) return;
  try {
    await storeEndings(context, context.now());
  } catch (error) {
    console.error("A record could not be written to KV; the next run will retry.", withoutParameters(error));
  }
}

const findNewsletter = async (
  context: Pick<SendContext, "db" | "now">,
  fingerprint: string,
): Promise<NewsletterRow | undefined> =>
  (
    await context.db.all<NewsletterRow>(sql`SELECT began_at AS beganAt, claims, seen_at AS seenAt,
      uncertain_until AS uncertainUntil, hold_until AS holdUntil, hold_reason AS holdReason, database_id AS databaseId,
      EXISTS (SELECT 1 FROM endings WHERE stored_at IS NULL) AS hasWaitingEndings,
      EXISTS (SELECT 1 FROM endings WHERE recovered IS NOT NULL) AS hasUntoldEndings,
      EXISTS (SELECT 1 FROM publications WHERE ${mayClose(context.now())}) AS hasOldChapters,
      EXISTS (SELECT 1 FROM corrections WHERE ${isQueued}) AS hasCorrections,
      ${hasFutureConfirmations(context.now())} AS hasFutureConfirmations,
      ${releaseColumn(fingerprint)} AS release FROM newsletter WHERE id = 1`)
  )[0];

/** The first run: chapters public by now are history. They are recorded before the row exists that would announce them. */
async function begin(context: RunContext, catalogue: Catalogue, fingerprint: string, watermark: number): Promise<void> {
  await recordRelease({
    ...context,
    catalogue,
    fingerprint,
    release: await findRelease(context.db, fingerprint),
    now: context.now(),
  });
  await persist(() =>
    context.db.run(sql`INSERT INTO newsletter (id, began_at, claims, database_id)
      VALUES (1, ${iso(context.now())}, ${watermark}, ${randomDatabaseId}) ON CONFLICT DO NOTHING`),
  );
}

const randomDatabaseId = sql`lower(hex(randomblob(8)))`;

/** For a row made by an earlier version of the Worker. */
const nameDatabase = (context: Pick<SendContext, "db">): Promise<unknown> =>
  persist(() =>
    context.db.run(sql`UPDATE newsletter SET database_id = ${randomDatabaseId} WHERE id = 1 AND database_id IS NULL`),
  );

/**
 * A hold longer than any real one was written by a wrong clock. A hold after a restore (cli/backup/restored-database.ts)
 * has no end: its recipients may have unsubscribed since.
 */
const isHeld = ({ holdUntil, holdReason }: NewsletterRow, now: number): boolean =>
  holdReason === "restored" || (holdUntil !== null && holdUntil > iso(now) && holdUntil <= iso(now + maxWaitMs));

/** Completes editions whose deliveries all have an outcome. Once an email is accepted again, the hold is over. */
function finish(context: SendContext, isHoldOver: boolean): Promise<unknown> {
  const at = iso(context.now());
  const close = sql`UPDATE editions SET state = 'done', done_at = ${at}
    WHERE state = 'sending' AND sealed_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM batches WHERE edition_id = editions.id AND state = 'sealed')`;
  const endHold = sql`UPDATE newsletter SET hold_until = NULL, hold_reason = NULL WHERE id = 1 AND hold_until <= ${at}`;
  return persist(() =>
    transact(context.db, isHoldOver ? [close, endHold, resolveMisconfiguration(context.now())] : [close]),
  );
}
