/**
 * Workers KV in memory, as inconsistent as it may be: a read gives what was true up to a minute ago, "not found"
 * included, and a key takes one write a second (https://developers.cloudflare.com/kv/concepts/how-kv-works/).
 */

export interface KvCall {
  readonly method: "get" | "put";
  readonly key: string;
}

/** Decides what becomes of a call; `work` does it. */
export type AroundKv = <T>(call: KvCall, work: () => T) => Promise<T>;

/** How far reads may lag behind, in milliseconds. */
export const mostStaleMs = 60_000;

export class FakeKv {
  /** Milliseconds that the next read lags behind. */
  staleness: () => number = () => 0;

  readonly #now: () => number;
  readonly #versions = new Map<string, { readonly at: number; readonly value: string | undefined }[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  binding(around: AroundKv = async (_, work) => work()): Pick<KVNamespace, "get" | "put"> {
    return {
      get: (key: string) => around({ method: "get", key }, () => this.#read(key)),
      put: (key: string, value: string) => around({ method: "put", key }, () => this.#write(key, value)),
    } as unknown as Pick<KVNamespace, "get" | "put">;
  }

  /** As it is, wherever it has got to by now. */
  value(key: string): string | undefined {
    return this.#versions.get(key)?.at(-1)?.value;
  }

  keys(): string[] {
    return [...this.#versions.keys()];
  }

  /** Somebody deletes it. */
  remove(key: string): void {
    this.#versions.get(key)?.push({ at: this.#now(), value: undefined });
  }

  clear(): void {
    this.#versions.clear();
  }

  #read(key: string): string | null {
    const asOf = this.#now() - this.staleness();
    return this.#versions.get(key)?.findLast(({ at }) => at <= asOf)?.value ?? null;
  }

  #write(key: string, value: string): void {
    const versions = this.#versions.get(key) ?? [];
    const at = this.#now();
    const last = versions.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (at >= last && at - last < 1000) throw new Error("KV PUT failed: 429 Too Many Requests");
    this.#versions.set(key, [...versions.slice(-20), { at, value }]);
  }
}
