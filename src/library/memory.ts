/** Bytes kept in an isolate, the least recently used forgotten first. An isolate has 128 MB for everything. */

export interface Remembered {
  /** Size that counts against the bound, in bytes. */
  readonly size: number;
}

export class Memory<Item extends Remembered> {
  readonly #items = new Map<string, Item>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
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
    if (item.size > this.#maxBytes) return;
    this.#items.set(key, item);
    this.#bytes += item.size;
    for (const oldest of this.#items.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const item = this.#items.get(key);
    if (item === undefined) return;
    this.#items.delete(key);
    this.#bytes -= item.size;
  }

  clear(): void {
    this.#items.clear();
    this.#bytes = 0;
  }
}
