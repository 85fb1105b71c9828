/** What comes out when: rules over the manifest, with the present as an argument. All times in milliseconds. */
import { digestHourUtc } from "../../editions/digest-schedule.ts";
import { type CatalogueEntry, catalogueAt, publicationTime } from "../../library/catalogue.ts";
import type { Manifest } from "../../library/manifest.ts";

const dayMs = 86_400_000;
/** How long a chapter is among what came out lately. */
export const recentDays = 30;
/** The cron trigger runs this often, and mails in one what it finds waiting. */
const runMs = 5 * 60_000;

export interface ScheduledChapter {
  readonly entry: CatalogueEntry;
  readonly at: number;
  /** Whole days from today until its day, in UTC. */
  readonly inDays: number;
  /** When the digests go out that bring it. */
  readonly weekly: number;
  readonly monthly: number;
  /** Comes to readers in the same mail. */
  readonly inOneMail: readonly CatalogueEntry[];
  /** Comes within a day, in a mail of its own. */
  readonly closeBy: readonly CatalogueEntry[];
  /** When its book opens, if that is later: until then it is not public. Infinite where the book is a draft. */
  readonly bookOpens: number | undefined;
}

export interface Calendar {
  /** The next one first. */
  readonly scheduled: readonly ScheduledChapter[];
  readonly drafts: readonly CatalogueEntry[];
  /** What came out lately, the newest first. */
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

/** Every written text, public or not, in the order of the shelf. */
export const entriesIn = (manifest: Manifest): CatalogueEntry[] => [...catalogueAt(0, manifest, true).byPath.values()];

/** The first Monday at six in the morning (UTC) that is later. */
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

/** The first day of a month at six in the morning (UTC) that is later. */
function nextFirst(at: number): number {
  const then = new Date(at);
  const first = Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), 1, digestHourUtc);
  return first > at ? first : Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 1, digestHourUtc);
}
