/**
 * Limits requests per network and minute, in the memory of the isolate: D1 and KV would cost more than the requests that
 * they limit. Isolates count separately, so the real limit is a small multiple.
 */

const windowMs = 60_000;
/** Networks at once; the oldest is forgotten. A flood from more of them is what Cloudflare itself is for. */
const maxNetworks = 5000;

export class CallLimit {
  readonly #max: number;
  readonly #counts = new Map<string, number>();
  #window = 0;

  /** `max`: per network and minute. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Counts a request. Returns the seconds until the network may send another if this is one too many. */
  secondsUntilRoom(network: string, now: number): number | undefined {
    const window = Math.floor(now / windowMs);
    if (window !== this.#window) this.#counts.clear();
    this.#window = window;
    const count = (this.#counts.get(network) ?? 0) + 1;
    if (count > this.#max) return Math.ceil(((window + 1) * windowMs - now) / 1000);
    this.#counts.set(network, count);
    for (const oldest of this.#counts.keys()) {
      if (this.#counts.size <= maxNetworks) break;
      this.#counts.delete(oldest);
    }
    return undefined;
  }
}
