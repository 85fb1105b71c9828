/**
 * Writes the ids of feeds to KV before a Worker goes live that reads them there. The cron trigger would do so up to
 * five minutes later, and until then every reader of a feed would see old chapters as new ones.
 */
import type { Catalogue } from "../../library/catalogue.ts";
import { feedIdentitiesKey, feedIdentitiesOf, legacyEntriesOf, legacyFeedsOf } from "../../library/feed-identities.ts";
import type { ShelfAccess } from "../backup/shelf-access.ts";
import type { RemoteRecord } from "./remote-record.ts";

/** `named`: with the identities on record. False when the key is there: then it is the cron trigger's. */
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
