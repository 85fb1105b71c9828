/** Counts clicks in emails, if the author enabled it: views of an edition's chapters that came from the newsletter. */
import type { Database } from "../../db/database.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { addDays } from "../period.ts";
import { countMailClicks } from "../reading/reading-queries.ts";
import { unsubscribeWindowDays } from "./edition-queries.ts";

/**
 * By edition, within `unsubscribeWindowDays` of its opening. Two editions of one chapter, such as the immediate one and
 * a digest, both count the clicks of the days they share. Undefined if clicks are not counted.
 */
export async function countClicksOf(
  db: Database,
  editions: readonly EditionRow[],
  areCounted: boolean,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (!areCounted) return undefined;
  const counts = await Promise.all(
    editions.map(async ({ id, chapters, openedAt }) => {
      const from = openedAt.slice(0, 10);
      return [id, await countMailClicks(db, chapters, { from, to: addDays(from, unsubscribeWindowDays) })] as const;
    }),
  );
  return new Map(counts);
}
