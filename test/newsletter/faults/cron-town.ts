/** Runs the complete cron trigger in memory, and counts its platform calls independently of the engine. */
import { createHash } from "node:crypto";
import { openDatabase } from "../../../src/db/database.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { forgetObjects } from "../../../src/library/shelf.ts";
import { runCron } from "../../../src/newsletter/cron.ts";
import { queueMessage } from "../../../src/subscribers/outbox.ts";
import { askOf } from "../../fakes/resend.ts";
import { keys } from "../newsletter-world.ts";
import { releaseOf, type Volume } from "./shelf.ts";
import { minute, Town } from "./town.ts";

export interface RunCost {
  readonly statements: number;
  readonly calls: number;
}

const object = (bytes: string): readonly [string, string] => [createHash("sha256").update(bytes).digest("hex"), bytes];
const [mail, mailBytes] = object(JSON.stringify({ kind: "mail", html: "<p>", text: "t", darkCss: "", cut: false }));
const [pictures, pictureBytes] = object("pictures");
const assets: Readonly<Record<string, string>> = {
  [`/objects/${mail}.json`]: mailBytes,
  [`/objects/${pictures}.bin`]: pictureBytes,
};

export class CronTown extends Town {
  settings: Readonly<Record<string, string>> = {};
  /** Transactional emails queued when a run begins. */
  waitingLetters = 0;
  /** Calls made earlier in the same run: once an hour, it aggregates buffered views. */
  spent: { readonly queries: number; readonly calls: number } = { queries: 0, calls: 0 };
  /** Which writes D1 loses, counted from the first of each run. */
  losesWrite: (nth: number) => boolean = () => false;

  #letters = 0;

  /** One run, five minutes after the last one, in a new isolate. */
  async cron(): Promise<RunCost> {
    this.time += 5 * minute;
    const db = openDatabase(this.d1.binding());
    for (let count = 0; count < this.waitingLetters; count += 1) {
      this.#letters += 1;
      const id = `welcome_${this.#letters}`;
      const message = { from: "a@library.example", to: ["c@example.org"], subject: "s", html: "h", text: "t" } as const;
      await queueMessage(db, { id, kind: "welcome", subscriberId: null, message, now: this.now() });
    }
    forgetObjects();
    const cost = { statements: this.spent.queries, calls: this.spent.calls };
    let written = -1;
    const database = this.d1.binding(async ({ statements, writes }, work) => {
      cost.calls += 1;
      cost.statements += statements.length;
      if (writes) written += 1;
      if (writes && this.losesWrite(written)) throw new Error("D1_ERROR: Network connection lost.");
      return work();
    });
    const kv = this.kv.binding(async (_, work) => {
      cost.calls += 1;
      return work();
    });
    const answer = askOf(this.resend);
    const background: Promise<unknown>[] = [];
    const [globalFetch, globalTimeout] = [globalThis.fetch, globalThis.setTimeout];
    globalThis.fetch = ((input, init) => {
      cost.calls += 1;
      return answer(input, init);
    }) as typeof fetch;
    // Skips the delays between calls.
    globalThis.setTimeout = ((go: () => void) => void queueMicrotask(go)) as never;
    try {
      await runCron({
        bindings: {
          DB: database,
          SHELF: kv as KVNamespace,
          ASSETS: {
            async fetch(url: string) {
              cost.calls += 1;
              const bytes = assets[new URL(url).pathname];
              return new Response(bytes ?? null, { status: bytes === undefined ? 404 : 200 });
            },
          } as never,
          TOKEN_KEYS: keys,
          MAIL_FROM: "letters@library.example",
          AUTHOR_EMAIL: "author@example.org",
          RESEND_API_KEY: "re_test",
          ...this.settings,
        } as never,
        catalogue: catalogueAt(this.now(), this.#release()),
        origin: "https://library.example",
        scheduledTime: this.realNow() - this.late,
        realNow: this.realNow,
        waitUntil: (work) => void background.push(work),
        spent: this.spent,
      });
      await Promise.all(background);
    } finally {
      globalThis.fetch = globalFetch;
      globalThis.setTimeout = globalTimeout;
    }
    return cost;
  }

  #release() {
    const release = releaseOf(this.volumes, this.redirects);
    const withMail = <T extends object>(chapter: T) => ({ ...chapter, mail, mailPictures: pictures });
    return {
      ...release,
      books: release.books.map((book) => ({
        ...book,
        overview: withMail(book.overview),
        contents: book.contents.map(withMail),
      })),
    };
  }
}

/** A chapter published at that time, which no run has recorded yet. */
export const newsAt = (time: number, book: string, id: string): Volume => ({
  book,
  id,
  published: new Date(time).toISOString(),
});
