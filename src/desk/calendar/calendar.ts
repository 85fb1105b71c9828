/** Computes the publication schedule from the manifest and the current time. All times are in milliseconds. */
import { digestHourUtc } from "../../editions/digest-schedule.ts";
import { type CatalogueEntry, catalogueAt, publicationTime } from "../../library/catalogue.ts";
import type { Manifest } from "../../library/manifest.ts";

const dayMs = 86_400_000;
/** How long a chapter counts as recent. */
export const recentDays = 30;
/** Interval of the cron trigger. Chapters that one run finds due are sent in one email. */
const runMs = 5 * 60_000;

export interface ScheduledChapter {
  readonly entry: CatalogueEntry;
  readonly at: number;
  /** Whole days from today, in UTC. */
  readonly inDays: number;
  /** When the digests that include it are sent. */
  readonly weekly: number;
  readonly monthly: number;
  /** Sent in the same email. */
  readonly inOneMail: readonly CatalogueEntry[];
  /** Published within a day, but sent in a separate email. */
  readonly closeBy: readonly CatalogueEntry[];
  /**
   * When its book is published, if that is later; until then the chapter is not public. Infinite if the book is a
   * draft.
   */
  readonly bookOpens: number | undefined;
}

export interface Calendar {
  /** Soonest first. */
  readonly scheduled: readonly ScheduledChapter[];
  readonly drafts: readonly CatalogueEntry[];
  /** Newest first. */
  readonly recent: readonly CatalogueEntry[];
}

export function calendarAt(now: number, manifest: Manifest): Calendar {
  const all = entriesIn(manifest);
  const timed = all.map((entry) => ({ entry, at: publicationTime(entry.chapter) })).sort((a, b) => a.at - b.at);
  const coming = timed.filter(({ at }) => at > now && Number.isFinite(at));
  const scheduled = coming.map(({ entry, at }) => {
    const others = coming.filter((other) => other.entry !== entry);
    const within = (ms: number) => others.filter((other) => Math.abs(other.at - at) < ms);
    const inOneMail = within(runMs);
    const opens = publicationTime(entry.book.overview);
    return {
      entry,
      at,
      inDays: Math.floor(at / dayMs) - Math.floor(now / dayMs),
      weekly: nextMonday(at),
      monthly: nextFirst(at),
      inOneMail: inOneMail.map((other) => other.entry),
      closeBy: within(dayMs)
        .filter((other) => !inOneMail.includes(other))
        .map((other) => other.entry),
      bookOpens: opens > at ? opens : undefined,
    };
  });
  return {
    scheduled,
    drafts: all.filter(({ chapter }) => chapter.published === undefined),
    recent: timed
      .filter(({ at }) => at <= now && at > now - recentDays * dayMs)
      .map(({ entry }) => entry)
      .reverse(),
  };
}

/** All chapters and overviews, public or not, in the library's order. */
export const entriesIn = (manifest: Manifest): CatalogueEntry[] => [...catalogueAt(0, manifest, true).byPath.values()];

/** The next Monday at the digest hour. */
function nextMonday(at: number): number {
  const then = new Date(at);
  const monday = Date.UTC(
    then.getUTCFullYear(),
    then.getUTCMonth(),
    then.getUTCDate() + ((8 - then.getUTCDay()) % 7),
    digestHourUtc,
  );
  return monday > at ? monday : monday + 7 * dayMs;
}

/** The next first day of a month at the digest hour. */
function nextFirst(at: number): number {
  const then = new Date(at);
  const first = Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), 1, digestHourUtc);
  return first > at ? first : Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 1, digestHourUtc);
}
