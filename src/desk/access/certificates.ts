/** Fetches and caches the public keys of a Cloudflare Access team, at most once a minute. */
import * as v from "valibot";

/** https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json/ */
const certificatesOf = (team: string): string => `https://${team}.cloudflareaccess.com/cdn-cgi/access/certs`;

const KeySet = v.object({
  keys: v.array(v.looseObject({ kid: v.optional(v.string()), kty: v.optional(v.string()) })),
});

/** RFC 7517. `kid` identifies the key. */
export type PublicKey = JsonWebKey & { readonly kid: string };

export type KeysResult =
  | { readonly kind: "known"; readonly keys: readonly PublicKey[] }
  /** They could not be fetched; the next attempt is a minute after the last. */
  | { readonly kind: "unavailable"; readonly error: unknown };

/** Keys are fetched again after this time, so a revoked key is not accepted for long. */
const freshMs = 3_600_000;
/** Rate limit: forged tokens can name any number of unknown keys. */
const betweenFetchesMs = 60_000;
const timeoutMs = 5000;
const pollMs = 50;

/** One instance per team and isolate. */
export class Certificates {
  readonly #url: string;
  #keys: readonly PublicKey[] = [];
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #isFetching = false;
  #failure: unknown;

  constructor(team: string) {
    this.#url = certificatesOf(team);
  }

  /** The team's keys, fetched again if they are an hour old or do not include `kid`. `now` in milliseconds. */
  async keysFor(kid: string, now: number): Promise<KeysResult> {
    const isKnown = this.#isFresh(now) && this.#keys.some((key) => key.kid === kid);
    if (!isKnown && Math.abs(now - this.#askedAt) >= betweenFetchesMs) await this.#fetch(now);
    else if (!this.#isFresh(now)) await this.#otherFetch();
    if (this.#isFresh(now)) return { kind: "known", keys: this.#keys };
    return {
      kind: "unavailable",
      error: this.#failure ?? new Error("Cloudflare's certificates could not be fetched in time."),
    };
  }

  #isFresh(now: number): boolean {
    return Math.abs(now - this.#fetchedAt) < freshMs;
  }

  async #fetch(now: number): Promise<void> {
    this.#askedAt = now;
    this.#isFetching = true;
    try {
      const response = await fetch(this.#url, { signal: AbortSignal.timeout(timeoutMs) });
      if (!response.ok) throw new Error(`${this.#url} responded with ${response.status}.`);
      const { keys } = v.parse(KeySet, await response.json());
      this.#keys = keys.filter((key): key is PublicKey & typeof key => key.kid !== undefined && key.kty === "RSA");
      this.#fetchedAt = now;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#isFetching = false;
    }
  }

  /**
   * Waits for another request's fetch. Its promise cannot be shared: Workers bind I/O to the request that started it.
   */
  async #otherFetch(): Promise<void> {
    for (let waitedMs = 0; this.#isFetching && waitedMs < timeoutMs; waitedMs += pollMs) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}
