/** Generates pseudo-random numbers for figures, deterministically: the same seed always gives the same number. */

/** A number in [0, 1) for a seed, a whole number from 0 (mulberry32 by Tommy Ettinger, public domain). */
export function chance(seed: number): number {
  let mixed = (seed + 1) * 0x6d2b79f5;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
