/**
 * Writes feed ids to KV before a Worker that reads them goes live. The cron trigger would write them up to five minutes
 * later, and until then feed readers would show old chapters as new.
 */
import type { Catalogue } from "../../library/catalogue.ts";
import { feedIdentitiesKey, feedIdentitiesOf, legacyEntriesOf, legacyFeedsOf } from "../../library/feed-identities.ts";
import type { ShelfAccess } from "../backup/shelf-access.ts";
import type { RemoteRecord } from "./remote-record.ts";

/**
 * `named`: the catalogue with the identities on record. Returns false if there is nothing to write; an existing key is
 * maintained by the cron trigger.
 */
export async function storeFeedIds(
  shelf: Pick<ShelfAccess, "get" | "put">,
  named: Catalogue,
  { publications, legacyFeeds }: RemoteRecord,
  origin: string,
): Promise<boolean> {
  if (!publications.some(({ legacyFeedId }) => legacyFeedId === null)) return false;
  if ((await shelf.get(feedIdentitiesKey)) !== undefined) return false;
  const { all } = legacyEntriesOf(named, publications, origin);
  const identities = feedIdentitiesOf(named, all, legacyFeeds ?? legacyFeedsOf(named, origin));
  await shelf.put([{ key: feedIdentitiesKey, value: new TextEncoder().encode(JSON.stringify(identities)) }]);
  return true;
}
