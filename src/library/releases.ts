/**
 * Records in KV which releases were live and their objects, so garbage collection keeps what the latest ones need. The
 * cron run records them, because it runs after every deploy, however that was made.
 */
import { sha256, toHex } from "./hash.ts";
import { type Manifest, objectFiles } from "./manifest.ts";

/** The id of the release recorded last: a rollback makes an old release current again. */
export const releasePrefix = "release/";
export const currentReleaseKey = `${releasePrefix}current`;
export const releaseKey = (id: string): string => `${releasePrefix}${id}`;

/** Stored under `release/<id>`, as JSON. */
export interface Release {
  /** ISO 8601: when it last became current. */
  readonly since: string;
  /** Hashes of its objects. */
  readonly objects: readonly string[];
}

/** Two writes per deploy, one read per run. `now` in milliseconds since 1970. Throws if KV fails. */
export async function noteRelease(
  kv: Pick<KVNamespace, "get" | "put">,
  manifest: Manifest,
  now: number,
): Promise<void> {
  const objects = [...new Set([...objectFiles(manifest)].map((name) => name.replace(/\..*$/, "")))].sort();
  const id = toHex(await sha256(objects.join()));
  if ((await kv.get(currentReleaseKey)) === id) return;
  const release: Release = { since: new Date(now).toISOString(), objects };
  // The list before the pointer to it, so an interrupted run is repeated.
  await kv.put(releaseKey(id), JSON.stringify(release));
  await kv.put(currentReleaseKey, id);
}
