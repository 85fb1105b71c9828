/**
 * Claim watermark in KV. D1 can be rolled back; KV is not. Every claim increments the newsletter's counter in its own
 * transaction, and nothing is sent before KV has the new number. A lower counter in D1 means that sends were lost from the
 * record.
 */
import { sql } from "drizzle-orm";
import type { SendContext } from "../send-context.ts";

export const watermarkKey = "newsletter/progress";

/** KV allows one write per second and key. */
const betweenWritesMs = 1100;

/** May lag by a minute; is never too high. */
export async function readWatermark({ kv }: Pick<SendContext, "kv">): Promise<number> {
  // The shortest cache time that KV allows.
  const stored = await kv.get(watermarkKey, { cacheTtl: 30 });
  return /^\d+$/.test(stored ?? "") ? Number(stored) : 0;
}

/** Throws if KV does: what is not recorded must not be sent. */
export async function writeWatermark(context: SendContext, claims: number): Promise<void> {
  let noted = claims;
  await context.kv.put(watermarkKey, String(noted));
  // Another run may have written a higher number in between, which was overwritten.
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
