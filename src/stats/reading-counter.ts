/** Counts views and reading in memory and schedules the write to D1. Never throws, and delays no response. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { pageKey } from "../http/page-cache.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { pageOf } from "../library/counted-pages.ts";
import { retryMs, type Tally, writeTallies } from "./aggregate.ts";
import { Deduplicator } from "./deduplicate.ts";
import { Gatherer } from "./gatherer.ts";
import { countsOf, type Report } from "./reading-report.ts";
import { pageAt, sourceOf } from "./source.ts";
import { asksToBeLeftOut, isFetchedAhead, isForAnotherUse, readerOf } from "./who-counts.ts";

/** Context of a request: the current catalogue and the platform. */
export interface Answering {
  readonly catalogue: Catalogue;
  readonly bindings: { readonly DB: D1Database; readonly ORIGIN: string };
  readonly context: Pick<ExecutionContext, "waitUntil">;
}

export interface Platform {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Does the work some seconds after the response. */
  readonly later: (context: Answering["context"], work: () => Promise<void>) => void;
}

/** Workers cancel work 30 s after a response, so the buffer is written before that. */
export const gatherMs = 20_000;

const workers: Platform = {
  now: () => Date.now(),
  later: (context, work) => context.waitUntil(new Promise((resolve) => setTimeout(resolve, gatherMs)).then(work)),
};

/** One instance per isolate. */
export class ReadingCounter {
  readonly gate = new Deduplicator();
  readonly #platform: Platform;
  readonly #gatherer = new Gatherer();
  #unsaved: Tally[] = [];
  /**
   * When the buffer will be written. A time well in the past means that the request in charge was cancelled before it
   * wrote.
   */
  #writesAt = Number.NEGATIVE_INFINITY;
  #hasComplained = false;

  constructor(platform: Partial<Platform> = {}) {
    this.#platform = { ...workers, ...platform };
  }

  /** Counts a request answered with `status`, if it is a view. */
  countView(request: Request, status: number, answering: Answering): void {
    if (request.method !== "GET" || (status !== 200 && status !== 304)) return;
    this.#quietly(() => {
      const { catalogue, bindings } = answering;
      const page = pageAt(catalogue, pageKey(request));
      if (page === undefined) return;
      const reader = readerOf(request);
      const now = this.#platform.now();
      // First, because most 304 responses end here, and reading one header costs about one per cent of such a request.
      if (!reader || this.gate.isRepeated(reader, `view ${page}`, now)) return;
      const { headers } = request;
      if (asksToBeLeftOut(headers) || isForAnotherUse(headers) || isFetchedAhead(headers)) return;
      if (!this.gate.isFirst(reader, `view ${page}`, now) || !this.gate.accepts(reader, "view", now)) return;
      this.#gatherer.add(page, "view", sourceOf(request, catalogue, bindings.ORIGIN), 1, now);
      this.#writeLater(answering, now);
    });
  }

  /** Counts what a page's script reports. */
  countReport(request: Request, report: Report, answering: Answering): void {
    this.#quietly(() => {
      const entry = answering.catalogue.byPath.get(report.path);
      const reader = readerOf(request);
      const now = this.#platform.now();
      if (!entry || !reader || asksToBeLeftOut(request.headers) || !this.gate.accepts(reader, "report", now)) return;
      const page = pageOf(entry);
      for (const [measure, count] of countsOf(report, entry.chapter.minutes)) {
        if (measure !== "seconds" && !this.gate.isFirst(reader, `${measure} ${page}`, now)) continue;
        this.#gatherer.add(page, measure, "", count, now);
      }
      this.#writeLater(answering, now);
    });
  }

  /** One request in every `gatherMs` writes the counts of all. */
  #writeLater({ bindings, context }: Answering, now: number): void {
    if (now < this.#writesAt + gatherMs) return;
    this.#writesAt = now + gatherMs;
    this.#platform.later(context, () => this.#write(bindings.DB, this.#platform.now()));
  }

  async #write(binding: D1Database, now: number): Promise<void> {
    this.#writesAt = Number.NEGATIVE_INFINITY;
    const counts = this.#gatherer.take();
    const fresh: Tally[] = counts.length === 0 ? [] : [{ id: crypto.randomUUID(), at: now, counts }];
    const tallies = [...this.#unsaved.filter(({ at }) => now - at < retryMs), ...fresh];
    this.#unsaved = [];
    if (tallies.length === 0) return;
    try {
      await writeTallies(openDatabase(binding), tallies);
      this.#hasComplained = false;
    } catch (error) {
      // Keeps the ids, so a write that succeeded after all does not count twice.
      this.#unsaved.push(...tallies);
      this.#complain("Reading statistics could not be written", error);
    }
  }

  #quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#complain("A page view could not be recorded", error);
    }
  }

  /** Logs once until a write succeeds, because page views are too frequent to log each failure. */
  #complain(failure: string, error: unknown): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    console.error(`${failure}.`, withoutParameters(error));
  }
}
