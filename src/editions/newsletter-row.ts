/** Reads the newsletter's own row, its start and its hold: the desk runs the statement, `npm run newsletter` prints it for wrangler. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { Database } from "../db/database.ts";

const Time = v.nullable(v.string());
const NewsletterRow = v.object({
  beganAt: v.string(),
  /** Time of the last cron run that recorded it. */
  seenAt: Time,
  holdUntil: Time,
  holdReason: v.nullable(v.string()),
});

/** Undefined before the first cron run with the newsletter enabled. */
export type Newsletter = v.InferOutput<typeof NewsletterRow> | undefined;

export const selectNewsletter: SQL = sql`SELECT began_at AS beganAt, seen_at AS seenAt, hold_until AS holdUntil,
  hold_reason AS holdReason FROM newsletter WHERE id = 1`;

export const parseNewsletter = (rows: unknown): Newsletter => v.parse(v.array(NewsletterRow), rows)[0];

export const findNewsletter = async (db: Database): Promise<Newsletter> =>
  parseNewsletter(await db.all(selectNewsletter));

/** After a restore nothing is sent until the author resumes. Such a hold has no end of its own (cli/backup/restored-database.ts). */
export const isHeldByRestore = (newsletter: { readonly holdReason: string | null } | undefined): boolean =>
  newsletter?.holdReason === "restored";
