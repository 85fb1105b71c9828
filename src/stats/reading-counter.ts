/** Counts what readers do, in memory, and sees to it that the counts are written a while later. Never throws, and nobody waits for it. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { pageKey } from "../http/page-cache.ts";
import type { Catalogue } from "../library/catalogue.ts";
import { pageOf } from "../library/counted-pages.ts";
import { retryMs, type Tally, writeTallies } from "./aggregate.ts";
import { Deduplicator, type Reader } from "./deduplicate.ts";
import { Gatherer } from "./gatherer.ts";
import { countsOf, type Report } from "./reading-report.ts";
import { pageAt, sourceOf } from "./source.ts";
import { asksToBeLeftOut, isFetchedAhead, isForAnotherUse, isProgram } from "./who-counts.ts";

/** Where a request is answered: the library of that moment, and the platform. */
export interface Answering {
  readonly catalogue: Catalogue;
  readonly bindings: { readonly DB: D1Database; readonly ORIGIN: string };
  readonly context: Pick<ExecutionContext, "waitUntil">;
}

export interface Platform {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Does the work some seconds after the answer. */
  readonly later: (context: Answering["context"], work: () => Promise<void>) => void;
}

/** Work after an answer is ended when it lasts 30 s: what is written by then is gathered until shortly before. */
export const gatherMs = 20_000;

const workers: Platform = {
  now: () => Date.now(),
  later: (context, work) => context.waitUntil(new Promise((resolve) => setTimeout(resolve, gatherMs)).then(work)),
};

/** One for each isolate. */
export class ReadingCounter {
  readonly #platform: Platform;
  readonly #gate = new Deduplicator();
  readonly #gatherer = new Gatherer();
  #unsaved: Tally[] = [];
  /** When what is gathered is going to be written; long past, when whoever was to do it did not live to do so. */
  #writesAt = Number.NEGATIVE_INFINITY;
  #hasComplained = false;

  constructor(platform: Partial<Platform> = {}) {
    this.#platform = { ...workers, ...platform };
  }

  /** A request that was answered with that status. */
  countView(request: Request, status: number, answering: Answering): void {
    if (request.method !== "GET" || (status !== 200 && status !== 304)) return;
    this.#quietly(() => {
      const { catalogue, bindings } = answering;
      const page = pageAt(catalogue, pageKey(request));
      if (page === undefined) return;
      const reader = readerOf(request);
      const now = this.#platform.now();
      // First, because most requests with the answer 304 end here: each header that is read costs one of them a per cent.
      if (!reader || this.#gate.isRepeated(reader, `view ${page}`, now)) return;
      const { headers } = request;
      if (asksToBeLeftOut(headers) || isForAnotherUse(headers) || isFetchedAhead(headers)) return;
      if (!this.#gate.isFirst(reader, `view ${page}`, now) || !this.#gate.accepts(reader, "view", now)) return;
      this.#gatherer.add(page, "view", sourceOf(request, catalogue, bindings.ORIGIN), 1, now);
      this.#writeLater(answering, now);
    });
  }

  /** What a page's script says of it. */
  countReport(request: Request, report: Report, answering: Answering): void {
    this.#quietly(() => {
      const entry = answering.catalogue.byPath.get(report.path);
      const reader = readerOf(request);
      const now = this.#platform.now();
      if (!entry || !reader || asksToBeLeftOut(request.headers) || !this.#gate.accepts(reader, "report", now)) return;
      const page = pageOf(entry);
      for (const [measure, count] of countsOf(report, entry.chapter.minutes)) {
        if (measure !== "seconds" && !this.#gate.isFirst(reader, `${measure} ${page}`, now)) continue;
        this.#gatherer.add(page, measure, "", count, now);
      }
      this.#writeLater(answering, now);
    });
  }

  /** One request in each such time carries what all of them gather. */
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
      // Under the same names, so that what arrived after all does not count twice.
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

  /** Once, until it goes well again: a page is asked for too often for a log of each. */
  #complain(failure: string, error: unknown): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    console.error(`${failure}.`, withoutParameters(error));
  }
}

/** Nobody, if it is a program. */
function readerOf({ headers }: Request): Reader | undefined {
  const agent = headers.get("User-Agent");
  if (agent === null || isProgram(agent)) return undefined;
  return { ip: headers.get("cf-connecting-ip") ?? undefined, agent };
}
