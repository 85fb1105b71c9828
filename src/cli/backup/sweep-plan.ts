/** Finds unused objects. Pure, so that tests can show what is never deleted. */
import { templateKey } from "../../editions/template.ts";
import { mailPicturesKey } from "../../library/mail-pictures.ts";
import { currentReleaseKey, type Release, releaseKey } from "../../library/releases.ts";
import { shelfKey } from "../../library/shelf.ts";
import { hashIn } from "./make-backup.ts";

/** Releases before the current one whose objects are kept, whatever their age. */
const releasesKept = 5;
/** Objects needed within this time are kept. */
const restMs = 30 * 86_400_000;

export interface Shelf {
  readonly keys: readonly string[];
  /** Id of the live release; undefined until the cron trigger has recorded one. */
  readonly current: string | undefined;
  readonly releases: ReadonlyMap<string, Release>;
}

export type SweepPlan =
  | { readonly kind: "too early"; readonly reason: string }
  | {
      readonly kind: "planned";
      /** Keys, longest unused first. */
      readonly unused: readonly string[];
      /** Reason for keeping -> number of keys. */
      readonly kept: ReadonlyMap<string, number>;
      /** ISO 8601: since when the oldest unused key is not needed; undefined if that is not recorded. */
      readonly oldest: string | undefined;
    };

/** `alsoNeeded`: hashes that a deploy from this machine would use. `now` in milliseconds since 1970. */
export function planSweep(shelf: Shelf, alsoNeeded: ReadonlySet<string>, now: number): SweepPlan {
  const { current, releases } = shelf;
  if (current === undefined || !releases.has(current)) {
    return {
      kind: "too early",
      reason: "No release has been recorded yet: the cron trigger records one within five minutes of a deploy.",
    };
  }
  const served = endsOf(current, releases);
  const last = new Set([...served.keys()].slice(0, 1 + releasesKept));
  const isOld = (end: string | undefined) => end !== undefined && Date.parse(end) < now - restMs;
  const needed = new Set(alsoNeeded);
  const keptReleases = new Set([...served].filter(([id, end]) => last.has(id) || !isOld(end)).map(([id]) => id));
  for (const id of keptReleases) for (const hash of releases.get(id)?.objects ?? []) needed.add(hash);
  /** Hash -> when the last release with it was replaced. */
  const neededUntil = new Map<string, string>();
  for (const [id, end] of [...served].reverse()) {
    if (end !== undefined) for (const hash of releases.get(id)?.objects ?? []) neededUntil.set(hash, end);
  }
  // An object in no record is older than the records, or of a release that no cron run recorded: it counts as old as
  // the first record.
  const beginning = [...releases.values()].map(({ since }) => since).sort()[0];

  const kept = new Map<string, number>();
  const unused: { readonly key: string; readonly since: string }[] = [];
  for (const key of shelf.keys) {
    const [verdict, since = ""] = judge(key);
    if (verdict === "unused") unused.push({ key, since });
    else kept.set(verdict, (kept.get(verdict) ?? 0) + 1);
  }
  unused.sort((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
  return {
    kind: "planned",
    unused: unused.map(({ key }) => key),
    kept,
    oldest: unused.find(({ since }) => since !== "")?.since,
  };

  function judge(key: string): [verdict: string, since?: string | undefined] {
    const hash = hashIn(key) ?? "";
    if (key === shelfKey(hash)) {
      if (needed.has(hash)) return ["in the current release or a recent one"];
      const until = neededUntil.get(hash) ?? beginning;
      return isOld(until) ? ["unused", until] : ["needed within the last 30 days"];
    }
    if (key === mailPicturesKey(hash)) return ["images of sent emails"];
    // The archive shows every email that was sent.
    if (key === templateKey(hash)) return ["emails of editions"];
    if (key === releaseKey(hash)) {
      if (keptReleases.has(hash) || !releases.has(hash)) return ["records"];
      return ["unused", served.get(hash)];
    }
    return [key === currentReleaseKey ? "records" : "not managed by this command"];
  }
}

/** Release id -> end of its time as current release (undefined for the current one), newest first. */
function endsOf(current: string, releases: ReadonlyMap<string, Release>): Map<string, string | undefined> {
  const byTime = [...releases].sort(([, one], [, other]) => (one.since < other.since ? 1 : -1));
  const ends = new Map<string, string | undefined>([[current, undefined]]);
  let next: string | undefined;
  for (const [id, { since }] of byTime) {
    if (id !== current) ends.set(id, next ?? since);
    next = since;
  }
  return ends;
}
