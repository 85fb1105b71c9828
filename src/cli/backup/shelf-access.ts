/** Declares the operations that commands use on an object store, local or deployed. */

export interface ShelfAccess extends AsyncDisposable {
  /** All keys with the prefix. */
  list(prefix?: string): Promise<string[]>;
  /** `undefined` if the key does not exist. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Throws unless every entry was stored. */
  put(entries: readonly Entry[]): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
}

export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
}
