/**
 * Replaces the catalogue's identities with the recorded ones. A chapter that moved without a note in its front matter
 * is counted and emailed under an identity that the release alone does not contain. After a deploy, the record is that
 * of the previous release until the next cron run.
 */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import { type Catalogue, withIds } from "../../library/catalogue.ts";
import { withIdentities } from "../../library/identity.ts";

/**
 * Reads the record with `db` and returns the catalogue of a page. Keeps the last catalogue, because pages cache what they
 * compute from a manifest.
 */
export type IdentifyCatalogue = (db: Database, plain: Catalogue) => Promise<Catalogue>;

export function catalogueIdentifier(): IdentifyCatalogue {
  let last: { readonly plain: Catalogue; readonly record: string; readonly identified: Catalogue } | undefined;
  return async (db, plain) => {
    const [row] = await db.all<{ identities: string }>(sql`SELECT identities FROM release_state WHERE id = 1`);
    const record = row?.identities ?? "{}";
    if (last?.plain !== plain || last.record !== record) {
      last = { plain, record, identified: withRecord(plain, record) };
    }
    return last.identified;
  };
}

/** `record`: JSON, path -> identity. Null if the identity is not recorded yet; the release's own one is used. */
function withRecord(plain: Catalogue, record: string): Catalogue {
  const identities = new Map(
    Object.entries(JSON.parse(record) as Record<string, string | null>).flatMap(([path, id]) =>
      id === null ? [] : [[path, id] as const],
    ),
  );
  return { ...withIds(plain, identities), manifest: withIdentities(plain.manifest, identities) };
}
