/** Generates reproducible random numbers from a seed. */
import { chance as numberOf } from "../../src/figures/chance.ts";

export function chance(seed: number) {
  let index = seed * 1_000_003;
  /** At least 0, and below 1. */
  const next = (): number => {
    index += 1;
    return numberOf(index % 2 ** 31);
  };
  /** Both bounds are included. */
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[whole(0, list.length - 1)];
    if (chosen === undefined) throw new Error("There is nothing to pick from.");
    return chosen;
  };
  return { next, whole, pick };
}

export type Chance = ReturnType<typeof chance>;
