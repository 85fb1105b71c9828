/** Collects garbage in the object store: reads what the plan needs, and measures what it would delete. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { objectFiles, parseManifest } from "../../library/manifest.ts";
import { currentReleaseKey, type Release, releasePrefix } from "../../library/releases.ts";
import { manifestPath } from "../../publish/release-paths.ts";
import type { Target } from "../explain-failure.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { objectPath } from "./backup-folder.ts";
import { hashIn } from "./make-backup.ts";
import type { ShelfAccess } from "./shelf-access.ts";
import { type Mails, planSweep, restMs, type Shelf, type SweepPlan } from "./sweep-plan.ts";

const ReleaseSchema = v.object({ since: v.string(), objects: v.array(v.string()) });
const Template = v.object({ hash: v.nullable(v.string()), needed: v.number() });

/** `now` in milliseconds since 1970. */
export async function findUnneeded(root: string, target: Target, shelf: ShelfAccess, now: number): Promise<SweepPlan> {
  // Editions first: a template stored by an edition that opens in between is then known to no edition, and is kept.
  const mails = await readMails(target, now);
  return planSweep(await readShelf(shelf), mails, locallyNeeded(root), now);
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

/** Open and recently completed editions need their templates; sealed batches name theirs in their members. */
async function readMails(target: Target, now: number): Promise<Mails> {
  const lately = new Date(now - restMs).toISOString();
  const [editions, batches] = await executeOn(target)([
    `SELECT m.value ->> 'template' AS hash, MAX(e.state <> 'done' OR e.done_at >= '${lately}') AS needed
      FROM editions e, json_each(e.mails) m GROUP BY 1`,
    `SELECT m.value ->> 'template' AS hash, 1 AS needed
      FROM batches b, json_each(b.members) m WHERE b.state = 'sealed' GROUP BY 1`,
  ]);
  const rows = [...v.parse(v.array(Template), editions), ...v.parse(v.array(Template), batches)];
  const hashes = (of: typeof rows) => new Set(of.flatMap(({ hash }) => (hash === null ? [] : [hash])));
  return { known: hashes(rows), needed: hashes(rows.filter(({ needed }) => needed === 1)) };
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
