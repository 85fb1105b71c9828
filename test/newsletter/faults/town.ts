/**
 * Simulates a newsletter in memory: the engine with D1, KV, Resend, readers and releases. Time passes only when a test
 * moves it. The Worker's clock may be wrong; D1, KV and Resend use the true time.
 */

import { iso, openDatabase } from "../../../src/db/database.ts";
import { CallBudget, type Cost, countCalls, countQueries, workOf } from "../../../src/editions/call-budget.ts";
import { batchSize } from "../../../src/editions/edition.ts";
import { runNewsletter } from "../../../src/editions/run.ts";
import type { RunContext } from "../../../src/editions/send-context.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { correctionsIn } from "../../../src/library/corrections.ts";
import { createResend } from "../../../src/mail/resend.ts";
import { type RunClock, runClock } from "../../../src/subscribers/run-clock.ts";
import { en } from "../../../src/ui/words/en.ts";
import { FakeD1, type Snapshot } from "../../fakes/d1.ts";
import { FakeKv } from "../../fakes/kv.ts";
import { askOf } from "../../fakes/resend.ts";
import { ResendModel } from "../../fakes/resend-model.ts";
import { signingKeys } from "../newsletter-world.ts";
import { Readers } from "./readers.ts";
import { keyOf, namesOf, pathOf, releaseOf, type Volume } from "./shelf.ts";
import { messageOf } from "./town-mail.ts";
import { type Choose, type Ending, type Step, Turns } from "./turns.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A Wednesday. */
export const beginning = Date.parse("2026-01-14T09:00:00.000Z");

export interface TickOptions {
  /** Number of overlapping runs. */
  readonly crons?: number;
  readonly choose?: Choose;
  readonly between?: (steps: number) => Promise<void>;
}

/** One run after the other, without faults. */
const inTurn: Choose = () => ({ index: 0, fate: "done" });

export class Town {
  /** The true time, in milliseconds since 1970. */
  time = beginning;
  /** Error of both clocks of the Worker, the scheduled time and the real time. */
  skew = 0;
  /** Delay of a run after its scheduled time; negative if the Worker's clock is behind the scheduler's. */
  late = 0;
  mailsPerRun = 500;
  callsPerRun = 50;
  volumes: readonly Volume[] = [];
  redirects: Readonly<Record<string, string>> = {};
  /** Whether KV fails when a request writes to it. */
  isKvDown: () => boolean = () => false;
  origin = "https://library.example";
  /** Slug of a renamed book -> its first slug. */
  readonly bornBooks = new Map<string, string>();
  /** Editions whose email cannot be composed. */
  broken: (edition: string) => boolean = () => false;
  /** Number of deploys; each changes the look of emails. */
  deploy = 1;
  readonly resend: ResendModel;
  readonly kv = new FakeKv(() => this.time);
  readonly d1: FakeD1;
  readonly readers: Readers;
  /** Occasion -> the notice to the author. */
  readonly told = new Map<string, { readonly title: string; readonly body: string }>();
  /** `chapter subscriber` of sent emails that a restored database has no record of. */
  readonly forgotten = new Set<string>();
  /** Cost of each run. */
  readonly costs: Cost[] = [];
  readonly endings: Ending[] = [];

  /** When each chapter was recorded as announced. */
  readonly newsSince = new Map<string, number>();
  /** Its books at that time. */
  readonly newsBooks = new Map<string, readonly string[]>();
  /** The author continued an edition that may have been sent before the rollback. */
  hasContinuedAfterRestore = false;
  hadWrongClock = false;
  wasRestored = false;
  /** `book/id` of chapters that were not public at some time: unpublished, or moved and held by a question. */
  readonly everWithdrawn = new Set<string>();

  readonly #turns = new Turns();
  readonly #withdrawn: Volume[] = [];

  /** Two towns may share one Resend account, and then its time. */
  constructor(d1 = new FakeD1(), resend?: ResendModel) {
    this.d1 = d1;
    this.resend = resend ?? new ResendModel({ now: () => this.time });
    this.readers = new Readers(this);
  }

  /** The Worker's current time. */
  now = (): number => this.clock().now();

  realNow = (): number => this.time + this.skew;

  clock = (): RunClock => runClock(this.realNow() - this.late, this.realNow);

  /** One tick of the cron trigger. */
  async tick({ crons = 1, choose = inTurn, between }: TickOptions = {}): Promise<readonly Ending[]> {
    const started = this.time;
    this.hadWrongClock ||= this.skew !== 0 || this.late < 0;
    const endings = await this.#turns.play(
      Array.from({ length: crons }, () => this.#run),
      choose,
      between,
    );
    this.endings.push(...endings);
    this.#noteNews(started);
    return endings;
  }

  /** `count` ticks, five minutes apart. */
  async ticks(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) {
      this.time += 5 * minute;
      await this.tick();
    }
  }

  publish(...volumes: readonly Volume[]): void {
    this.volumes = [...this.volumes, ...volumes];
    this.deploy += 1;
  }

  /** Unpublishes a chapter, as the author or a rollback of the deploy does. */
  withdraw(volume: Volume): void {
    this.volumes = this.volumes.filter((other) => other !== volume);
    this.#withdrawn.push(volume);
    for (const name of namesOf(volume)) this.everWithdrawn.add(name);
    this.deploy += 1;
  }

  /** Publishes everything again that was unpublished. */
  bringBack(): void {
    this.publish(...this.#withdrawn.splice(0));
  }

  /** Changes the slug, with a redirect from the old URL; the id stays. */
  rename(volume: Volume): void {
    this.replace(volume, { ...volume, slug: `${volume.slug ?? volume.id}-renamed` }, true);
  }

  /** Redirects to the old URL lead to the new one if `redirects`, and are removed otherwise. */
  replace(volume: Volume, moved: Volume, redirects: boolean): void {
    const [from, to] = [pathOf(volume), pathOf(moved)];
    const kept = Object.entries(this.redirects)
      .filter(([old, present]) => old !== to && (redirects || present !== from))
      .map(([old, present]) => [old, present === from ? to : present]);
    // Without a known name it is not emailed until the author says which chapter it is.
    if (!redirects && moved.written === undefined) for (const name of namesOf(volume)) this.everWithdrawn.add(name);
    this.redirects = Object.fromEntries(redirects ? [...kept, [from, to]] : kept);
    this.volumes = this.volumes.map((other) => (other === volume ? moved : other));
    this.deploy += 1;
  }

  titles = (): string[] => [...this.told.values()].map(({ title }) => title);

  /** Restores the database from a snapshot, or with `bring`. Later sends are no longer on record. */
  restore(bring: Snapshot | (() => void)): void {
    this.wasRestored = true;
    this.resend.catchUp(Number.POSITIVE_INFINITY);
    if (typeof bring === "function") bring();
    else this.d1.restore(bring);
    const known = new Set(
      this.d1
        .query<{ name: string }>("SELECT chapter_id || ' ' || subscriber_id AS name FROM deliveries")
        .map(({ name }) => name),
    );
    for (const name of this.copies().keys()) if (!known.has(name)) this.forgotten.add(name);
    const isAnnounced = (id: string) => this.d1.query("SELECT 1 FROM publications WHERE chapter_id = ?", id).length > 0;
    for (const id of [...this.newsBooks.keys()]) if (!isAnnounced(id)) this.newsBooks.delete(id);
    // Pauses are lost with the database, and so are endings that KV does not have.
    for (const reader of this.readers.all.values()) {
      if (reader.isRecorded) continue;
      reader.quietSince = undefined;
      reader.goneSince = undefined;
    }
  }

  /** Whether a chapter (`book/id`) is public now. */
  isOnShelf = (chapter: string): boolean =>
    this.volumes.some((volume) => keyOf(volume) === chapter && Date.parse(volume.published) <= this.time);

  /** `chapter subscriber` -> email addresses it was sent to. */
  copies(): Map<string, string[]> {
    this.resend.catchUp();
    const copies = new Map<string, string[]>();
    for (const { message } of this.resend.sent) {
      const subscriber = message.tags?.find(({ name }) => name === "subscriber")?.value;
      if (subscriber === undefined) continue;
      for (const chapter of message.subject.split(" + ")) {
        const name = `${chapter} ${subscriber}`;
        copies.set(name, [...(copies.get(name) ?? []), message.to[0]]);
      }
    }
    return copies;
  }

  /** The latest time a run has recorded. */
  seenAt(): number {
    const [row] = this.d1.query<{ seenAt: string | null }>("SELECT seen_at AS seenAt FROM newsletter");
    return Date.parse(row?.seenAt ?? iso(0));
  }

  /** State -> number of deliveries. */
  states(): Record<string, number> {
    const rows = this.d1.query<{ state: string; count: number }>(
      "SELECT state, COUNT(*) AS count FROM deliveries GROUP BY state ORDER BY state",
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  #noteNews(since: number): void {
    const rows = this.d1.query<{ id: string; books: string }>(
      "SELECT chapter_id AS id, books FROM publications WHERE announced_at IS NOT NULL",
    );
    for (const { id, books } of rows) {
      this.newsSince.set(id, this.newsSince.get(id) ?? since);
      this.newsBooks.set(id, this.newsBooks.get(id) ?? (JSON.parse(books) as string[]));
    }
  }

  #run = async (run: number): Promise<void> => {
    const clock = this.clock();
    const catalogue = catalogueAt(clock.now(), releaseOf(this.volumes, this.redirects));
    await runNewsletter(this.#contextOf(run, clock), catalogue);
  };

  #contextOf(run: number, clock: RunClock): RunContext {
    const cost = { queries: 0, calls: 0 };
    this.costs.push(cost);
    const step = <T>(what: Step["what"], text: string, work: () => T | Promise<T>, error: string): Promise<T> => {
      cost.calls += 1;
      return this.#turns.step<T>({ run, what, text }, work, () => new Error(error));
    };
    const database = this.d1.binding(({ statements, writes }, work) => {
      cost.queries += statements.length;
      return step(writes ? "write" : "read", statements.join(";"), work, "D1_ERROR: Network connection lost.");
    });
    const kv = this.kv.binding(({ method, key }, work) => step(`kv ${method}`, key, work, "KV failed: 500"));
    const answer = askOf(this.resend);
    const ask: typeof fetch = (input, init) =>
      step(
        "post",
        new Headers(init?.headers as HeadersInit).get("Idempotency-Key") ?? "",
        () => answer(input, init),
        "fetch failed",
      );
    const { deploy } = this;
    const budget = new CallBudget(this.callsPerRun, workOf(Math.ceil(this.mailsPerRun / batchSize)));
    return {
      db: openDatabase(countQueries(database, budget)),
      budget,
      kv: countCalls(kv, ["get", "put", "list"], budget),
      templates: new Map(),
      mailer: countCalls(
        createResend({ url: "https://api.resend.com", apiKey: "re_test" }, ask),
        ["sendBatch"],
        budget,
      ),
      ...clock,
      keys: signingKeys,
      words: en,
      mailsPerRun: this.mailsPerRun,
      pace: async (milliseconds) => {
        this.time += milliseconds;
      },
      origin: this.origin,
      composer: (catalogue) => {
        const corrections = correctionsIn(catalogue);
        const isPublic = (id: string) => catalogue.byId.has(id) || corrections.has(id);
        return async (edition, audience, chapters) => {
          if (this.broken(edition)) throw new Error("The mail cannot be made.");
          return chapters.every(isPublic)
            ? messageOf({ edition, audience, chapters, deploy, origin: this.origin })
            : undefined;
        };
      },
      tell: async (title, body, occasion) => {
        budget.spend({ queries: 1, calls: 1 });
        cost.queries += 1;
        const note = () => {
          if (!this.told.has(occasion)) this.told.set(occasion, { title, body });
        };
        await step("tell", title, note, "D1_ERROR: Network connection lost.");
      },
    };
  }
}
