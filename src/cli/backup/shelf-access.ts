/** The operations that a command may use on an object store, local or deployed. */

export interface ShelfAccess extends AsyncDisposable {
  /** Names of all keys that begin like this. */
  list(prefix?: string): Promise<string[]>;
  /** `undefined` when there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Throws unless all of them were taken. */
  put(entries: readonly Entry[]): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
}

export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
}
