/**
 * Fakes Workers KV in memory, with the weakest consistency it allows: a read returns a value up to a minute old, “not
 * found” included, and a key accepts one write a second (https://developers.cloudflare.com/kv/concepts/how-kv-works/).
 */

interface KvCall {
  readonly method: "get" | "put" | "list";
  readonly key: string;
}

/** Decides the fate of a call; `work` executes it. */
export type AroundKv = <T>(call: KvCall, work: () => T) => Promise<T>;

/** The maximum lag of a read, in milliseconds. */
export const maxStaleMs = 60_000;

interface Version {
  readonly at: number;
  readonly value: string | undefined;
  /** Its expiry. */
  readonly until: number;
}

export class FakeKv {
  /** The lag of the next read, in milliseconds. */
  staleness: () => number = () => 0;

  readonly #now: () => number;
  readonly #versions = new Map<string, Version[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  binding(around: AroundKv = async (_, work) => work()): Pick<KVNamespace, "get" | "put" | "list"> {
    return {
      get: (key: string) => around({ method: "get", key }, () => this.#read(key)),
      put: (key: string, value: string, { expirationTtl }: KVNamespacePutOptions = {}) =>
        around({ method: "put", key }, () => this.#write(key, value, expirationTtl)),
      list: ({ prefix = "", limit = 1000, cursor }: KVNamespaceListOptions = {}) =>
        around({ method: "list", key: prefix ?? "" }, () => this.#list(prefix ?? "", limit, cursor ?? "")),
    } as unknown as Pick<KVNamespace, "get" | "put" | "list">;
  }

  /** The latest value, without the lag. */
  value(key: string): string | undefined {
    return this.#versions.get(key)?.at(-1)?.value;
  }

  keys(): string[] {
    return [...this.#versions.keys()];
  }

  /** Deletes a key from outside the Worker. */
  remove(key: string): void {
    this.#versions.get(key)?.push({ at: this.#now(), value: undefined, until: Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#versions.clear();
  }

  #read(key: string): string | null {
    const asOf = this.#now() - this.staleness();
    const version = this.#versions.get(key)?.findLast(({ at }) => at <= asOf);
    return version === undefined || version.until <= this.#now() ? null : (version.value ?? null);
  }

  /** In byte order; lags like a read. */
  #list(prefix: string, limit: number, cursor: string): object {
    const all = [...this.#versions.keys()].filter((key) => key.startsWith(prefix) && this.#read(key) !== null).sort();
    const left = all.filter((key) => key > cursor);
    const keys = left.slice(0, limit).map((name) => ({ name }));
    return left.length > limit
      ? { keys, list_complete: false, cursor: keys.at(-1)?.name }
      : { keys, list_complete: true };
  }

  #write(key: string, value: string, seconds = Number.POSITIVE_INFINITY): void {
    const versions = this.#versions.get(key) ?? [];
    const at = this.#now();
    const last = versions.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (at >= last && at - last < 1000) throw new Error("KV PUT failed: 429 Too Many Requests");
    this.#versions.set(key, [...versions.slice(-20), { at, value, until: at + seconds * 1000 }]);
  }
}
