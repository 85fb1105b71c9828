/**
 * Which releases readers have met, kept on the shelf: each names its objects, so that whoever tidies the shelf
 * knows what the last versions need. Noted by the cron trigger, because every deploy has one, however it was made.
 */
import { sha256, toHex } from "./hash.ts";
import { type Manifest, objectFiles } from "./manifest.ts";

/** Holds the id of the release that was noted last: a rollback makes an old one current again. */
export const releasePrefix = "release/";
export const currentReleaseKey = `${releasePrefix}current`;
export const releaseKey = (id: string): string => `${releasePrefix}${id}`;

/** Under `release/<id>`, as JSON. */
export interface Release {
  /** ISO 8601: since when it has been current, for the last time. */
  readonly since: string;
  /** Hashes of its objects. */
  readonly objects: readonly string[];
}

/** Two writes for every deploy, and a read for every run. `now` in milliseconds since 1970. Throws when KV does. */
export async function noteRelease(
  kv: Pick<KVNamespace, "get" | "put">,
  manifest: Manifest,
  now: number,
): Promise<void> {
  const objects = [...new Set([...objectFiles(manifest)].map((name) => name.replace(/\..*$/, "")))].sort();
  const id = toHex(await sha256(objects.join()));
  if ((await kv.get(currentReleaseKey)) === id) return;
  const release: Release = { since: new Date(now).toISOString(), objects };
  // The list before the pointer to it: a run that breaks off in between is repeated.
  await kv.put(releaseKey(id), JSON.stringify(release));
  await kv.put(currentReleaseKey, id);
}
