/** Reads and writes what has been announced to whom. */
import { sql } from "drizzle-orm";
import { type Database, iso, type Statement, transact } from "../db/database.ts";
import type { Announcements } from "./announcements.ts";

export type Service = "hub" | "indexnow";

/** Attempts to announce a version before it is given up. */
export const maxAttempts = 5;

/** After the nth attempt, from 1: 5, 15, 45 and 135 minutes. */
const delay = (attempt: number): number => 5 * 60_000 * 3 ** (attempt - 1);

/** Announced last, pending, attempts, due. */
interface Row {
  readonly subject: string;
  readonly version: string;
  readonly pending: string | null;
  readonly attempts: number;
  readonly due_at: string | null;
}

/** An attempt to announce a version, which has begun. */
export interface Claim {
  readonly service: Service;
  readonly subject: string;
  readonly version: string;
  /** From 1. More than `maxAttempts` if the last one was made, but its answer was not recorded. */
  readonly attempt: number;
}

/** Service -> the fingerprint of the state that is announced completely; services that have never run have none. */
export async function findFingerprints(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db.all<{ service: string; version: string }>(
    sql`SELECT service, version FROM pings WHERE service IN ('hub', 'indexnow') AND subject = ''`,
  );
  return new Map(rows.map(({ service, version }) => [service, version]));
}

/** The rows of each service, by subject. */
export async function findRows(db: Database, services: readonly Service[]): Promise<ReadonlyMap<string, Row>[]> {
  const results = await transact(
    db,
    services.map(
      (service) =>
        sql`SELECT subject, version, pending, attempts, due_at FROM pings WHERE service = ${service} AND subject <> ''`,
    ),
  );
  return results.map((rows) => new Map((rows as Row[]).map((row) => [row.subject, row])));
}

/** Records the present state as announced. */
export const recordSilently = (service: Service, announcements: Announcements, fingerprint: string): Statement =>
  sql`INSERT INTO pings (service, subject, version, attempts)
    SELECT ${service}, value ->> 0, value ->> 1, 0 FROM json_each(${JSON.stringify([...announcements, ["", fingerprint]])})
    WHERE true ON CONFLICT (service, subject) DO NOTHING`;

/** Records that nothing is left to announce in this state. */
export const recordFingerprint = (service: Service, fingerprint: string): Statement =>
  sql`UPDATE pings SET version = ${fingerprint} WHERE service = ${service} AND subject = ''`;

export const isOpen = (row: Row | undefined, version: string): boolean => row?.version !== version;

/** The claim to announce this version now; undefined while another attempt may be under way, or a retry is not due. */
export function claimOf(
  service: Service,
  [subject, version]: readonly [string, string],
  row: Row | undefined,
  now: number,
): Claim | undefined {
  if (!isOpen(row, version)) return undefined;
  if (row?.pending !== version) return { service, subject, version, attempt: 1 };
  if (row.due_at !== null && row.due_at > iso(now)) return undefined;
  return { service, subject, version, attempt: row.attempts + 1 };
}

/** Returns the claims that no other run has made. */
export async function makeClaims(db: Database, claims: readonly Claim[], now: number): Promise<Claim[]> {
  const rows = claims.map(({ service, subject, version, attempt }) => [
    service,
    subject,
    version,
    attempt,
    iso(now + delay(attempt)),
  ]);
  const made = await db.all<{ service: string; subject: string }>(
    sql`INSERT INTO pings (service, subject, version, pending, attempts, due_at)
      SELECT value ->> 0, value ->> 1, '', value ->> 2, value ->> 3, value ->> 4 FROM json_each(${JSON.stringify(rows)})
      WHERE true
      ON CONFLICT (service, subject) DO UPDATE
      SET pending = excluded.pending, attempts = excluded.attempts, due_at = excluded.due_at
      WHERE pings.version <> excluded.pending
        AND (pings.pending IS NOT excluded.pending OR pings.due_at IS NULL OR pings.due_at <= ${iso(now)})
      RETURNING service, subject`,
  );
  const keys = new Set(made.map(({ service, subject }) => `${service} ${subject}`));
  return claims.filter(({ service, subject }) => keys.has(`${service} ${subject}`));
}

/** Records versions as announced or given up. */
export async function settle(db: Database, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  const rows = JSON.stringify(claims.map(({ service, subject, version }) => [service, subject, version]));
  await db.run(
    sql`UPDATE pings SET version = pending, pending = NULL, attempts = 0, due_at = NULL FROM json_each(${rows}) c
      WHERE service = c.value ->> 0 AND subject = c.value ->> 1 AND pending = c.value ->> 2`,
  );
}
