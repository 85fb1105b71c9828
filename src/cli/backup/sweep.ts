/** Collects garbage in the object store: reads what the plan needs, and measures what it would delete. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { objectFiles, parseManifest } from "../../library/manifest.ts";
import { currentReleaseKey, type Release, releasePrefix } from "../../library/releases.ts";
import { manifestPath } from "../../publish/release-paths.ts";
import { objectPath } from "./backup-folder.ts";
import { hashIn } from "./make-backup.ts";
import type { ShelfAccess } from "./shelf-access.ts";
import { planSweep, type Shelf, type SweepPlan } from "./sweep-plan.ts";

const ReleaseSchema = v.object({ since: v.string(), objects: v.array(v.string()) });

/** `now` in milliseconds since 1970. */
export async function findUnneeded(root: string, shelf: ShelfAccess, now: number): Promise<SweepPlan> {
  return planSweep(await readShelf(shelf), locallyNeeded(root), now);
}

async function readShelf(shelf: ShelfAccess): Promise<Shelf> {
  const keys = await shelf.list();
  const releases = new Map<string, Release>();
  for (const key of keys.filter((name) => name.startsWith(releasePrefix) && hashIn(name) !== undefined)) {
    const value = await shelf.get(key);
    const release = v.safeParse(ReleaseSchema, value && JSON.parse(Buffer.from(value).toString()));
    if (release.success) releases.set(hashIn(key) ?? "", release.output);
  }
  const current = await shelf.get(currentReleaseKey);
  return { keys, releases, current: current && Buffer.from(current).toString() };
}

/** Objects in .release/, which a deploy from this machine would use. */
function locallyNeeded(root: string): ReadonlySet<string> {
  const path = join(root, manifestPath);
  if (!existsSync(path)) return new Set();
  const files = objectFiles(parseManifest(JSON.parse(readFileSync(path, "utf8"))));
  return new Set([...files].map((name) => name.replace(/\..*$/, "")));
}

/** Total bytes of the keys; objects that a local backup has are not fetched. */
export async function sizeOf(
  root: string,
  shelf: ShelfAccess,
  keys: readonly string[],
  onProgress: (done: number, of: number) => void,
): Promise<number> {
  let bytes = 0;
  for (const [index, key] of keys.entries()) {
    const path = objectPath(root, hashIn(key) ?? "none");
    bytes += existsSync(path) ? statSync(path).size : ((await shelf.get(key))?.byteLength ?? 0);
    onProgress(index + 1, keys.length);
  }
  return bytes;
}
