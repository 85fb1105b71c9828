/** Counts searches without results, after the response. Never throws. */
import { openDatabase, withoutParameters } from "../db/database.ts";
import { type Bindings, signingKeys } from "../env.ts";
import type { Deduplicator } from "./deduplicate.ts";
import { writeMissedWords } from "./missed-words.ts";
import { asksToBeLeftOut, isFetchedAhead, isForAnotherUse, readerOf } from "./who-counts.ts";

/** Searches that an isolate writes per day, which bounds the cost of a flood from many networks. */
export const maxWritesPerDay = 300;

interface Answering {
  readonly bindings: Pick<Bindings, "DB" | "TOKEN_KEYS">;
  readonly context: Pick<ExecutionContext, "waitUntil">;
}

/** One instance per isolate. */
export class SearchCounter {
  readonly #gate: Deduplicator;
  #day = -1;
  #writes = 0;
  #hasComplained = false;

  constructor(gate: Deduplicator) {
    this.#gate = gate;
  }

  /** Counts the words of a request for the page of the search that found nothing. Needs a signing key. */
  count(request: Request, words: readonly string[], { bindings, context }: Answering, now = Date.now()): void {
    const [key] = signingKeys(bindings);
    const reader = readerOf(request);
    if (!key || !reader || request.method !== "GET" || words.length === 0) return;
    const { headers } = request;
    if (asksToBeLeftOut(headers) || isForAnotherUse(headers) || isFetchedAhead(headers)) return;
    const fresh = words.filter((word) => this.#gate.isFirst(reader, `search ${word}`, now));
    if (fresh.length === 0 || !this.#gate.accepts(reader, "search", now) || !this.#hasRoom(now)) return;
    const written = writeMissedWords(openDatabase(bindings.DB), key, fresh, { ip: reader.ip, now });
    context.waitUntil(
      written.then(
        () => this.#recover(),
        (error: unknown) => this.#complain(error),
      ),
    );
  }

  #hasRoom(now: number): boolean {
    const day = Math.floor(now / 86_400_000);
    if (day !== this.#day) {
      this.#day = day;
      this.#writes = 0;
    }
    this.#writes += 1;
    return this.#writes <= maxWritesPerDay;
  }

  #recover(): void {
    this.#hasComplained = false;
  }

  /** Logs once until a write succeeds. It is not retried: a write that succeeded after all would count twice. */
  #complain(error: unknown): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    console.error("A search without results could not be counted.", withoutParameters(error));
  }
}
