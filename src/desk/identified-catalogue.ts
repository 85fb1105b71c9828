/**
 * Replaces the catalogue's identities with the recorded ones. A chapter that moved without a note in its front matter
 * is counted and emailed under an identity that the release alone does not contain. After a deploy, the record is that
 * of the previous release until the next cron run.
 */
import { sql } from "drizzle-orm";
import { createMiddleware } from "hono/factory";
import { openDatabase } from "../db/database.ts";
import { type Catalogue, withIds } from "../library/catalogue.ts";
import { withIdentities } from "../library/identity.ts";
import type { DeskEnv } from "./desk-env.ts";
import { isOfDesk } from "./desk-paths.ts";

/** Keeps the last catalogue, because pages cache what they compute from a manifest. */
export function identifiedCatalogue() {
  let last: { readonly plain: Catalogue; readonly record: string; readonly identified: Catalogue } | undefined;
  return createMiddleware<DeskEnv>(async (context, next) => {
    if (!isOfDesk(context.req.url)) return next();
    const plain = context.var.catalogue;
    const [row] = await openDatabase(context.env.DB).all<{ identities: string }>(
      sql`SELECT identities FROM release_state WHERE id = 1`,
    );
    const record = row?.identities ?? "{}";
    if (last?.plain !== plain || last.record !== record) {
      last = { plain, record, identified: identify(plain, record) };
    }
    context.set("catalogue", last.identified);
    return next();
  });
}

/** `record`: JSON, path -> identity. Null if the identity is not recorded yet; the release's own one is used. */
function identify(plain: Catalogue, record: string): Catalogue {
  const identities = new Map(
    Object.entries(JSON.parse(record) as Record<string, string | null>).flatMap(([path, id]) =>
      id === null ? [] : [[path, id] as const],
    ),
  );
  return { ...withIds(plain, identities), manifest: withIdentities(plain.manifest, identities) };
}
