/** Stops an edition when an outcome is unclear: nothing more of it is sent until the author decides. */
import { sql } from "drizzle-orm";
import { iso, persist } from "../../db/database.ts";
import type { Edition } from "../edition.ts";
import { isRaised, raiseNotice } from "../notices.ts";
import type { SendContext } from "../send-context.ts";

/** Notify first: a run that breaks off in between finds the same reason again. */
export async function stopEdition(
  context: SendContext,
  { id }: Pick<Edition, "id">,
  reason: string,
  body: string,
): Promise<void> {
  await raiseNotice(context, `stopped ${id}`, context.words.notices.stopped.title, body);
  await persist(() =>
    context.db.run(sql`UPDATE editions SET state = 'stopped', stopped_at = ${iso(context.now())}, stop_reason = ${reason}
      WHERE id = ${id} AND state = 'sending' AND ${isRaised(`stopped ${id}`)}`),
  );
}
