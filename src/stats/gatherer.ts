/** Buffers an isolate's counts in memory until they are written as one row. */
import type { Measure } from "./measures.ts";

/** `[day, page, measure, source, count]`, as in `tallies.counts`. */
export type Count = readonly [day: string, page: string, measure: Measure, source: string, count: number];

/** Source of views beyond the limits below. */
const otherSource = "other";

/** Number of entries from which new sources become `other`, and from which new entries are dropped. */
const roomForSources = 400;
const room = 4000;
/** External hosts an isolate names per day, so invented referrers cannot fill the database. */
const maxHosts = 300;

export class Gatherer {
  readonly #counts = new Map<string, { readonly entry: readonly [string, string, Measure, string]; count: number }>();
  readonly #hosts = new Set<string>();
  /** The day of the last count: days since 1970, and as text. */
  #today: { readonly day: number; readonly name: string } | undefined;

  add(page: string, measure: Measure, source: string, count: number, now: number): void {
    const day = Math.floor(now / 86_400_000);
    if (day !== this.#today?.day) {
      this.#today = { day, name: new Date(now).toISOString().slice(0, 10) };
      this.#hosts.clear();
    }
    this.#addTo([this.#today.name, page, measure, this.#named(source)], count);
  }

  /** Returns all counts and clears the buffer. */
  take(): Count[] {
    const counts = [...this.#counts.values()].map(({ entry, count }): Count => [...entry, count]);
    this.#counts.clear();
    return counts;
  }

  #addTo(entry: readonly [string, string, Measure, string], count: number): void {
    const [day, page, measure, source] = entry;
    const key = `${day}\n${page}\n${measure}\n${source}`;
    const known = this.#counts.get(key);
    if (known) {
      known.count += count;
      return;
    }
    const isFull = source !== "" && source !== otherSource && this.#counts.size >= roomForSources;
    if (isFull) this.#addTo([day, page, measure, otherSource], count);
    else if (this.#counts.size < room) this.#counts.set(key, { entry, count });
  }

  /** Limits hosts only: pages of the library, which have a slash or no dot, are limited in number. */
  #named(source: string): string {
    const isHost = source.includes(".");
    if (!isHost || this.#hosts.has(source)) return source;
    if (this.#hosts.size >= maxHosts) return otherSource;
    this.#hosts.add(source);
    return source;
  }
}
