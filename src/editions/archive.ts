/**
 * Finds the editions of the archive: those whose sending has begun, with the emails whose chapters are all public now. An
 * edition that was stopped before anything was sent is not in it, and neither is one that nobody got.
 */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { Database } from "../db/database.ts";
import type { audiences } from "../db/newsletter-tables.ts";
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";
import { chapterOf } from "../library/corrections.ts";
import { sha256, toHex } from "../library/hash.ts";
import { href } from "../routes.ts";
import type { Mail } from "./edition.ts";
import { templateKey } from "./template.ts";

export interface ArchivedEdition {
  readonly id: string;
  readonly audience: (typeof audiences)[number];
  /** ISO 8601. */
  readonly openedAt: string;
  /** The frozen emails, the one with most chapters first; at least one. */
  readonly mails: readonly [ArchivedMail, ...ArchivedMail[]];
}

export interface ArchivedMail extends Mail {
  /** What the chapters are in the library; several corrections may be of one chapter. */
  readonly entries: readonly CatalogueEntry[];
}

/** Editions of one page of the archive. */
const archivePageSize = 100;

/** Identifies an email within its edition. It is known before the template is, because the email contains it. */
export const versionOf = async (chapters: readonly string[]): Promise<string> =>
  toHex(await sha256(chapters.join())).slice(0, 12);

/** The URL of an edition's email, for the email itself. */
export const archiveUrl = async (origin: string, edition: string, chapters: readonly string[]): Promise<string> =>
  origin + href.archivedEdition(edition, await versionOf(chapters));

interface Row extends Pick<ArchivedEdition, "id" | "audience" | "openedAt"> {
  readonly mails: string;
}

/** Part of it has been sent, or may have been; read by the key of `batches`, which begins with the edition. */
const isSent: SQL = sql`EXISTS (SELECT 1 FROM batches b WHERE b.id >= e.id || '/' AND b.id < e.id || '0'
  AND (b.unknown_since IS NOT NULL OR b.state = 'uncertain') AND b.state <> 'split' AND NOT (b.state = 'settled' AND b.error IS NOT NULL))`;

const columns = sql`e.id, e.audience, e.opened_at AS openedAt, e.mails`;

export interface ArchivePage {
  readonly editions: readonly ArchivedEdition[];
  /** Years with editions, the latest first. */
  readonly years: readonly string[];
  readonly year: string | undefined;
  /** Id of the last edition, if there are older ones in this year. */
  readonly next: string | undefined;
}

/** The latest year, unless one is named. `after`: the edition that the page before ended with. Two queries. */
export async function findArchivePage(
  db: Database,
  catalogue: Catalogue,
  named: string | undefined,
  after: string | undefined,
): Promise<ArchivePage> {
  const years = (await db.all<{ year: string }>(findYears)).map(({ year }) => year);
  const year = named ?? years[0];
  if (year === undefined) return { editions: [], years, year, next: undefined };
  const rows = await db.all<Row>(sql`SELECT ${columns} FROM editions e
    WHERE e.opened_at >= ${year} AND e.opened_at < ${String(Number(year) + 1)}
      AND ${after === undefined ? sql`true` : sql`(e.opened_at, e.id) < (SELECT opened_at, id FROM editions WHERE id = ${after})`}
      AND ${isSent}
    ORDER BY e.opened_at DESC, e.id DESC LIMIT ${archivePageSize + 1}`);
  const shown = rows.slice(0, archivePageSize);
  return {
    editions: shown.flatMap((row) => shownEdition(row, catalogue) ?? []),
    years,
    year,
    next: rows.length > shown.length ? shown.at(-1)?.id : undefined,
  };
}

/** One look-up in the index per year, however many editions there are. */
const findYears = sql`WITH RECURSIVE found(at) AS (
    SELECT MAX(opened_at) FROM editions
    UNION ALL SELECT (SELECT MAX(opened_at) FROM editions WHERE opened_at < substr(found.at, 1, 4)) FROM found
      WHERE found.at IS NOT NULL)
  SELECT substr(at, 1, 4) AS year FROM found WHERE at IS NOT NULL`;

/** Undefined if the archive does not have it. */
export async function findArchivedEdition(
  db: Database,
  catalogue: Catalogue,
  id: string,
): Promise<ArchivedEdition | undefined> {
  const [row] = await db.all<Row>(sql`SELECT ${columns} FROM editions e WHERE e.id = ${id} AND ${isSent}`);
  return row && shownEdition(row, catalogue);
}

/** The email of that version; without a version, the one with most chapters. */
export async function mailOfVersion(
  { mails }: ArchivedEdition,
  version: string | undefined,
): Promise<ArchivedMail | undefined> {
  if (version === undefined) return mails[0];
  for (const mail of mails) if ((await versionOf(mail.chapters)) === version) return mail;
  return undefined;
}

const Stored = v.object({ subject: v.string(), html: v.string() });

/** Subject and HTML with placeholders; undefined if it is not stored (any more). */
export async function readArchivedMail(
  kv: Pick<KVNamespace, "get">,
  { template }: Mail,
): Promise<v.InferOutput<typeof Stored> | undefined> {
  const text = await kv.get(templateKey(template));
  return text === null ? undefined : v.parse(Stored, JSON.parse(text));
}

function shownEdition({ mails, ...row }: Row, { byId }: Catalogue): ArchivedEdition | undefined {
  const [first, ...others] = (JSON.parse(mails) as Mail[])
    .flatMap((mail): ArchivedMail[] => {
      const ids = [...new Set(mail.chapters.map(chapterOf))];
      const entries = ids.flatMap((id) => byId.get(id) ?? []);
      return entries.length === ids.length ? [{ ...mail, entries }] : [];
    })
    .sort((one, other) => other.chapters.length - one.chapters.length);
  return first && { ...row, mails: [first, ...others] };
}
