/** Measures both versions in turns, so that neither always runs on the busier machine. */
import type { Samples, Sides } from "./table.ts";

export type Side = keyof Sides<unknown>;
const sides: readonly Side[] = ["before", "after"];

/** The order within a round. */
const orderOf = (round: number): readonly Side[] => (round % 2 === 0 ? sides : sides.toReversed());

/** Costs of one side, round by round, or why the older version could not be measured. */
export type Costs<T> = readonly T[] | string;

/**
 * Collects the costs of both, round by round. What the older version cannot do becomes the reason in its cells, and it is
 * not asked again; a failure of this version is thrown.
 */
export class Pairs<T> {
  readonly #costs = { before: [] as T[], after: [] as T[] };
  #reason: string | undefined;

  get costs(): Sides<Costs<T>> {
    return { before: this.#reason ?? this.#costs.before, after: this.#costs.after };
  }

  async measure(round: number, measure: (side: Side, round: number) => T | Promise<T>): Promise<void> {
    for (const side of orderOf(round)) {
      if (side === "before" && this.#reason !== undefined) continue;
      try {
        this.#costs[side].push(await measure(side, round));
      } catch (error) {
        if (side === "after") throw error;
        this.#reason = reasonOf(error);
      }
    }
  }
}

export async function inPairs<T>(
  rounds: number,
  measure: (side: Side, round: number) => T | Promise<T>,
): Promise<Sides<Costs<T>>> {
  const pairs = new Pairs<T>();
  for (let round = 0; round < rounds; round += 1) await pairs.measure(round, measure);
  return pairs.costs;
}

/** Measures both at the same time, once: for what takes so long that the machine's other work changes meanwhile. */
export async function atOnce<T>(measure: (side: Side) => Promise<T>): Promise<Sides<Costs<T>>> {
  const [before, after] = await Promise.all([measure("before").then((cost) => [cost], reasonOf), measure("after")]);
  return { before, after: [after] };
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";

/** One number of each cost. */
export const samplesOf = <T>({ before, after }: Sides<Costs<T>>, pick: (cost: T) => number): Sides<Samples> => ({
  before: typeof before === "string" ? before : before.map(pick),
  after: typeof after === "string" ? after : after.map(pick),
});
