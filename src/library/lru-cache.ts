/** LRU cache of byte arrays, bounded by size: an isolate has 128 MB in total. */

export interface Remembered {
  /** Size of the item itself, in bytes. */
  readonly size: number;
}

/** Overhead of the map, the item and its objects, rounded up. */
const entryBytes = 1024;

/** An entry's share of the bound: JavaScript stores a character of the key in up to two bytes. */
const costOf = (key: string, { size }: Remembered): number => size + 2 * key.length + entryBytes;

export class LruCache<Item extends Remembered> {
  readonly #items = new Map<string, Item>();
  readonly #maxBytes: number;
  readonly #onDelete: (item: Item) => void;
  #bytes = 0;

  /** `onDelete` is called with each item that is evicted, replaced or deleted. */
  constructor(maxBytes: number, onDelete: (item: Item) => void = () => undefined) {
    this.#maxBytes = maxBytes;
    this.#onDelete = onDelete;
  }

  /** Cost of all entries. */
  get bytes(): number {
    return this.#bytes;
  }

  get entries(): number {
    return this.#items.size;
  }

  /** Does not count as a use: the fastest path for a cached page. */
  peek(key: string): Item | undefined {
    return this.#items.get(key);
  }

  get(key: string): Item | undefined {
    const item = this.#items.get(key);
    if (item !== undefined) {
      this.#items.delete(key);
      this.#items.set(key, item);
    }
    return item;
  }

  /** Stores the item, unless it alone exceeds the bound. */
  set(key: string, item: Item): void {
    this.delete(key);
    const cost = costOf(key, item);
    if (cost > this.#maxBytes) return;
    this.#items.set(key, item);
    this.#bytes += cost;
    for (const oldest of this.#items.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const item = this.#items.get(key);
    if (item === undefined) return;
    this.#items.delete(key);
    this.#bytes -= costOf(key, item);
    this.#onDelete(item);
  }

  clear(): void {
    this.#items.clear();
    this.#bytes = 0;
  }
}
