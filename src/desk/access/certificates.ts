/** The public keys of a team of Cloudflare Access, fetched at most once a minute whatever is asked for. */
import * as v from "valibot";

/** https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json/ */
const certificatesOf = (team: string): string => `https://${team}.cloudflareaccess.com/cdn-cgi/access/certs`;

const KeySet = v.object({
  keys: v.array(v.looseObject({ kid: v.optional(v.string()), kty: v.optional(v.string()) })),
});

/** RFC 7517; `kid` names it. */
export type PublicKey = JsonWebKey & { readonly kid: string };

export type KeysResult =
  | { readonly kind: "known"; readonly keys: readonly PublicKey[] }
  /** They could not be fetched; the next attempt is a minute after the last. */
  | { readonly kind: "unavailable"; readonly error: unknown };

/** After that, keys are fetched again, so that one that was withdrawn is not believed for long. */
const freshMs = 3_600_000;
/** Strangers can name as many unknown keys as they like. */
const betweenFetchesMs = 60_000;
/** How long Cloudflare may take. */
const timeoutMs = 5000;
const pollMs = 50;

/** One for each team and isolate. */
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

  /** The team's keys, fetched anew if they are an hour old, or none has that name. `now` in milliseconds. */
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

  /** Waits until the fetch of another request is over. Its promise cannot be shared: Workers bind it to that request. */
  async #otherFetch(): Promise<void> {
    for (let waitedMs = 0; this.#isFetching && waitedMs < timeoutMs; waitedMs += pollMs) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
}
