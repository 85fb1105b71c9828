/**
 * The journal: one number in KV that outlives a database which is set back. Every claim of batches raises the
 * newsletter's number in the same transaction, and nothing of the claim is posted before KV has it. So whatever
 * was posted is known to the database, or the database's number is lower than the journal's.
 */
import { sql } from "drizzle-orm";
import type { SendContext } from "../send-context.ts";

/** Claims ever made, as KV remembers it. */
export const watermarkKey = "newsletter/progress";

/** KV takes one write a second for a key. */
const betweenWritesMs = 1100;

/** May lag behind by a minute, and is never too high. */
export async function readWatermark({ kv }: Pick<SendContext, "kv">): Promise<number> {
  // The shortest that KV keeps an answer at the edge.
  const stored = await kv.get(watermarkKey, { cacheTtl: 30 });
  return /^\d+$/.test(stored ?? "") ? Number(stored) : 0;
}

/** Throws when KV does: what is not noted must not be posted. */
export async function writeWatermark(context: SendContext, claims: number): Promise<void> {
  let noted = claims;
  await context.kv.put(watermarkKey, String(noted));
  // Another run may have noted more in between, and been overwritten.
  for (let known = await findClaims(context); known > noted; known = await findClaims(context)) {
    noted = known;
    await context.pace(betweenWritesMs);
    await context.kv.put(watermarkKey, String(noted));
  }
}

async function findClaims({ db }: SendContext): Promise<number> {
  const [row] = await db.all<{ claims: number }>(sql`SELECT claims FROM newsletter WHERE id = 1`);
  return row?.claims ?? 0;
}
