/** Caches the files of the search index in the isolate. They come from the deploy's assets alone: a search never uses KV. */
import { readDeployed } from "../../library/deployed-objects.ts";
import { LruCache } from "../../library/lru-cache.ts";

/** Thrown if the deploy does not have a file of the index, or another one under its name. */
export class IndexFileMissing extends Error {
  constructor(hash: string) {
    super(`The file ${hash} of the search index is not among the deployed assets.`);
    this.name = "IndexFileMissing";
  }
}

const megabyte = 1024 * 1024;
/** What is parsed of a file is kept with its bytes, and is larger. */
const parsedShare = 3;

export class SearchFiles {
  readonly #files = new LruCache<{ readonly bytes: Uint8Array; readonly size: number }>(24 * megabyte);

  /** Throws `IndexFileMissing`. */
  async read(assets: Pick<Fetcher, "fetch">, hash: string): Promise<Uint8Array> {
    const known = this.#files.get(hash);
    if (known) return known.bytes;
    const bytes = await readDeployed(assets, hash, "search");
    if (!bytes) throw new IndexFileMissing(hash);
    this.#files.set(hash, { bytes, size: bytes.byteLength * parsedShare });
    return bytes;
  }
}
