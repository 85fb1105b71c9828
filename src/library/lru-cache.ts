/** Bytes kept in an isolate, the least recently used forgotten first. An isolate has 128 MB for everything. */

export interface Remembered {
  /** Size of the item itself, in bytes. */
  readonly size: number;
}

/** What the map, the item and its objects take beside the bytes, rounded up. */
const entryBytes = 1024;

/** What an entry counts against the bound: JavaScript keeps a character of the key in up to two bytes. */
const costOf = (key: string, { size }: Remembered): number => size + 2 * key.length + entryBytes;

export class LruCache<Item extends Remembered> {
  readonly #items = new Map<string, Item>();
  readonly #maxBytes: number;
  readonly #onDelete: (item: Item) => void;
  #bytes = 0;

  /** `onDelete` is called with each item that is forgotten or replaced. */
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

  /** The item, without counting as a use: the fastest path of a warm page. */
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

  /** Keeps the item, unless it alone is larger than the bound. */
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
