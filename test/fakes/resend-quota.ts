/** Counts the messages a Resend account sends per day and month (UTC). */

export class Quota {
  maxPerDay = Number.POSITIVE_INFINITY;
  maxPerMonth = Number.POSITIVE_INFINITY;

  readonly #now: () => number;
  /** Day or month -> number of messages. */
  readonly #used = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Also counts emails sent or received by other users of the account. */
  use(count: number): void {
    for (const period of this.#periods()) this.#used.set(period, this.#usedIn(period) + count);
  }

  /** The quota that `count` more messages would exceed. */
  exceededBy(count: number): "daily" | "monthly" | undefined {
    const [day, month] = this.#periods();
    if (this.#usedIn(month) + count > this.maxPerMonth) return "monthly";
    return this.#usedIn(day) + count > this.maxPerDay ? "daily" : undefined;
  }

  #usedIn = (period: string): number => this.#used.get(period) ?? 0;

  #periods(): [string, string] {
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    return [day, day.slice(0, 7)];
  }
}
