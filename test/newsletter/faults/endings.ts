/** Records endings of subscriptions and writes them to KV synchronously, because test scripts cannot await in between. */
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { iso } from "../../../src/db/database.ts";
import { type EndingReason, endingDays, endingPrefix, insertEnding } from "../../../src/subscribers/endings.ts";
import { signingKeys } from "../newsletter-world.ts";
import type { Town } from "./town.ts";

const dialect = new SQLiteSyncDialect();

const keyed = (scope: string, text: string): string =>
  createHmac("sha256", signingKeys[0]?.secret ?? "")
    .update(`${scope}\0${text}`)
    .digest("hex");

/** Must be called before the subscriber's state changes. */
export function recordEnding(town: Town, id: string, reason: EndingReason): void {
  const [row] = town.d1.query<{ address: string }>("SELECT address_key AS address FROM subscribers WHERE id = ?", id);
  const isAboutAddress = reason === "bounce" || reason === "complaint";
  const hash = isAboutAddress ? keyed("suppression", row?.address ?? "") : keyed("ending", id);
  const isKnown = town.d1.query("SELECT 1 FROM endings WHERE hash = ?", hash).length > 0;
  if (reason === "returned" && !isKnown) return;
  const query = dialect.sqlToQuery(insertEnding(reason, iso(town.realNow()), hash, sql`id = ${id}`));
  town.d1.query(query.sql, ...query.params);
}

/** False if KV fails: a later run stores the records. */
export function storeEndings(town: Town): boolean {
  if (town.isKvDown()) return false;
  for (const { name } of town.d1.query<{ name: string }>("SELECT name FROM endings WHERE stored_at IS NULL")) {
    // A rollback may make this the second write of the same key within a second, which KV rejects.
    town.kv
      .binding()
      .put(endingPrefix + name, "1", { expirationTtl: endingDays * 86_400 })
      .catch(() => undefined);
    town.d1.query("UPDATE endings SET stored_at = ? WHERE name = ?", iso(town.realNow()), name);
  }
  return true;
}
