/**
 * Opens editions: assigns announced chapters to an edition. “Each chapter” subscribers get one email for everything that is
 * queued, be it one chapter or five after a pause; digests are due on Mondays and on the first of a month, at 06:00 UTC.
 * Corrections get an edition of their own.
 */

import { sql } from "drizzle-orm";
import { iso, persist, transact, withoutParameters } from "../../db/database.ts";
import { chapterOf, correctedAt } from "../../library/corrections.ts";
import { AllowanceSpent, type Cost, sum } from "../call-budget.ts";
import { queuedCorrections } from "../chapters/corrections.ts";
import { digestWindowMs, lastDigests } from "../digest-schedule.ts";
import { freezeMail, mailCost } from "../edition.ts";
import { raiseStuck } from "../notices.ts";
import { type Audience, isDigest, type SendContext } from "../send-context.ts";

const openingCost: Cost = sum(mailCost, { queries: 7, calls: 6 });

/** What does not fit into the run's budget is opened by the next run. */
export async function openDueEditions(
  context: SendContext,
  newsletter: {
    readonly beganAt: string;
    readonly uncertainUntil: string | null;
    /** Whether corrections are queued. */
    readonly hasCorrections: 0 | 1;
  },
): Promise<void> {
  const digests = lastDigests(context.now()).filter(({ due }) => due > Date.parse(newsletter.beganAt));
  const news = await findNews(context, digests);
  const waiting = news.filter(({ isFree }) => isFree);
  const [oldest] = waiting.map(({ announcedAt }) => announcedAt).sort();
  if (oldest !== undefined && context.budget.fits(openingCost)) {
    const chapters = waiting.map(({ id }) => id);
    const id = await freeId(context, "each", chapters[0] ?? "", chapters.length - 1);
    await open(context, { id, audience: "each", chapters, since: oldest });
  }
  for (const { audience, due, id } of digests) {
    const chapters = news
      .filter(({ announcedAt, opened }) => !opened.includes(id) && isInDigest(announcedAt, due))
      .filter((chapter) => isAfter(chapter.announcedAt, newsletter.uncertainUntil) || !isHeld(chapter, audience))
      .map((chapter) => chapter.id);
    if (chapters.length > 0 && context.budget.fits(openingCost))
      await open(context, { id, audience, chapters, since: iso(due) });
  }
  if (newsletter.hasCorrections === 1 && context.budget.fits(openingCost)) await openCorrections(context);
}

/** One edition with all corrections that are queued; each subscriber gets those of chapters they have received. */
async function openCorrections(context: SendContext): Promise<void> {
  const queued = await context.db.all<{ id: string }>(queuedCorrections);
  const chapters = queued.map(({ id }) => id).filter(context.isPublic);
  const [first] = chapters;
  if (first === undefined) return;
  const name = `${chapterOf(first)}_${correctedAt(first)?.slice(0, 10)}`;
  const id = await freeId(context, "corrections", name, chapters.length - 1);
  await open(context, { id, audience: "corrections", chapters, since: iso(context.now()) });
}

const isAfter = (at: string, bound: string | null): boolean => bound === null || at > bound;

const isInDigest = (announcedAt: string, due: number): boolean =>
  announcedAt > iso(due - digestWindowMs) && announcedAt <= iso(due);

/**
 * Chapters that may have been emailed before a database rollback wait for the author, and are never sent if the author
 * skipped them. If there were no subscribers for this digest, no edition asks about it: then the decisions about the other
 * editions count.
 */
const isHeld = ({ asked, held, isCarrierHeld }: News, audience: Audience): boolean =>
  asked.includes(audience) ? held.includes(audience) : held.length > 0 || isCarrierHeld;

interface News {
  readonly id: string;
  readonly announcedAt: string;
  /** No edition includes it for “each chapter” subscribers. */
  readonly isFree: boolean;
  /** Digests that are open or done. */
  readonly opened: readonly string[];
  /** Audiences whose edition a database rollback stopped. */
  readonly asked: readonly string[];
  /** Those whose edition has not reached everybody since. */
  readonly held: readonly string[];
  /** The same for the edition that includes it for “each chapter” subscribers. */
  readonly isCarrierHeld: boolean;
}

interface NewsRow extends Pick<News, "id" | "announcedAt"> {
  readonly isFree: number;
  readonly opened: string;
  readonly asked: string;
  readonly held: string;
  readonly isCarrierHeld: number;
}

/** Public chapters that are queued, or that one of these digests may include. */
async function findNews(context: SendContext, digests: readonly { readonly id: string; readonly due: number }[]) {
  const oldest = iso(Math.min(context.now(), ...digests.map(({ due }) => due - digestWindowMs)));
  const isUnanswered = sql`(state = 'stopped' OR stop_reason = 'skipped')`;
  const rows = await context.db.all<NewsRow>(sql`
    SELECT chapter_id AS id, announced_at AS announcedAt, edition_id IS NULL AS isFree,
      (SELECT json_group_array(id) FROM editions WHERE id IN (SELECT value FROM json_each(${JSON.stringify(digests.map(({ id }) => id))}))) AS opened,
      (SELECT json_group_array(audience) FROM editions WHERE instr(id, '_restored_') > 0) AS asked,
      (SELECT json_group_array(audience) FROM editions WHERE instr(id, '_restored_') > 0 AND ${isUnanswered}) AS held,
      EXISTS (SELECT 1 FROM editions WHERE id = publications.edition_id AND ${isUnanswered}) AS isCarrierHeld
    FROM publications WHERE announced_at IS NOT NULL AND (edition_id IS NULL OR announced_at > ${oldest})
    ORDER BY published_at, announced_at, chapter_id`);
  return rows
    .filter(({ id }) => context.isPublic(id))
    .map(
      (row): News => ({
        ...row,
        isFree: row.isFree === 1,
        opened: JSON.parse(row.opened) as string[],
        asked: JSON.parse(row.asked) as string[],
        held: JSON.parse(row.held) as string[],
        isCarrierHeld: row.isCarrierHeld === 1,
      }),
    );
}

/** A chapter that was unpublished and returned is in a second edition, which is for the recipients of the first. */
async function freeId(context: SendContext, audience: Audience, first: string, others: number): Promise<string> {
  const id = `${audience}_${first.replace("/", "_")}${others > 0 ? `_and_${others}` : ""}`;
  const again = `${id}_again_`;
  const [row] = await context.db.all<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM editions WHERE id = ${id} OR substr(id, 1, ${again.length}) = ${again}`,
  );
  return row && row.count > 0 ? `${again}${row.count}` : id;
}

interface NewEdition {
  readonly id: string;
  readonly audience: Audience;
  readonly chapters: readonly string[];
  readonly since: string;
}

/** A failure delays neither other editions nor open ones; the next run retries. */
async function open(context: SendContext, edition: NewEdition): Promise<void> {
  try {
    await write(context, edition);
  } catch (error) {
    if (error instanceof AllowanceSpent) throw error;
    console.error(`${edition.id} could not be opened; the next run will retry.`, withoutParameters(error));
    await raiseStuck(context, edition.id, edition.since, withoutParameters(error));
  }
}

/**
 * Freezes the email, then writes the edition. A run that finds the chapters already assigned writes nothing. Which chapters
 * of a digest a recipient still needs is known only when sealing, so its emails are frozen then.
 */
async function write(context: SendContext, { id, audience, chapters }: NewEdition): Promise<void> {
  const mail = audience === "each" ? await freezeMail(context, id, audience, chapters) : undefined;
  if (audience === "each" && !mail) return;
  const at = await openingTime(context);
  const list = JSON.stringify(chapters);
  // What a digest includes is also in other editions; everything else is in one edition only.
  const queue = audience === "corrections" ? corrections : isDigest(audience) ? undefined : publications;
  const areQueued =
    queue === undefined
      ? sql`true`
      : sql`(SELECT COUNT(*) FROM ${queue.table} WHERE edition_id IS NULL AND announced_at IS NOT NULL
          AND ${queue.id} IN (SELECT value FROM json_each(${list}))) = ${chapters.length}`;
  await persist(() =>
    transact(context.db, [
      sql`INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
        SELECT ${id}, ${audience}, ${list}, 'sending', ${at}, ${JSON.stringify(mail ? [mail] : [])}
        WHERE ${areQueued} ON CONFLICT DO NOTHING`,
      ...(queue === undefined
        ? []
        : [
            sql`UPDATE ${queue.table} SET edition_id = ${id}
              WHERE edition_id IS NULL AND ${queue.id} IN (SELECT value FROM json_each(${list}))
                AND EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND chapters = ${list} AND opened_at = ${at})`,
          ]),
      // Of all editions, because an earlier version of the Worker may have opened one and left this empty.
      sql`UPDATE publications SET first_opened_at = (SELECT MIN(e.opened_at) FROM editions e, json_each(e.chapters) c
          WHERE c.value = publications.chapter_id)
        WHERE first_opened_at IS NULL AND chapter_id IN (SELECT value FROM json_each(${list}))`,
    ]),
  );
}

const publications = { table: sql`publications`, id: sql`chapter_id` };
const corrections = { table: sql`corrections`, id: sql`id` };

/**
 * The real time, as for confirmations: an edition is for subscribers confirmed before it opened. Anyone already on record
 * as confirmed is included, even if this run's clock is behind.
 */
async function openingTime(context: SendContext): Promise<string> {
  const present = context.now();
  const real = context.realNow();
  const at = iso(real);
  // All subscribers are scanned only if the scheduled time is ahead.
  if (real >= present) return at;
  const [row] = await context.db.all<{ latest: string | null }>(
    sql`SELECT MAX(confirmed_at) AS latest FROM subscribers WHERE confirmed_at > ${at} AND confirmed_at <= ${iso(present)}`,
  );
  return row?.latest ?? at;
}
