/** Sinusoidal positional encodings (Vaswani et al. 2017, section 3.5): sines and cosines side by side, pair by pair. */

import { sum } from "#figures/matrices.ts";
import { ropeFrequencies, rotate } from "./rotation.ts";

/** Radians per position of each pair, d/2 of them; RoPE took them over. `d` is even. */
export const waveFrequencies = ropeFrequencies;

/** The encoding of a position: (sin ω₀t, cos ω₀t, sin ω₁t, cos ω₁t, …), two coordinates for each of `omega`. */
export const encodePosition = (position: number, omega: readonly number[]): number[] =>
  omega.flatMap((frequency) => [Math.sin(frequency * position), Math.cos(frequency * position)]);

/** M_k times an encoding: every pair turned on by `offset` positions, clockwise, wherever it stands. */
export const shiftEncoding = (encoding: readonly number[], offset: number, omega: readonly number[]): number[] =>
  rotate(encoding, -offset, omega);

/** What each pair adds to the product of two encodings that are `offset` positions apart: cos ω_i k. */
export const pairProducts = (offset: number, omega: readonly number[]): number[] =>
  omega.map((frequency) => Math.cos(frequency * offset));

/** The product of the encodings of any two positions that are `offset` apart. */
export const offsetProduct = (offset: number, omega: readonly number[]): number => sum(pairProducts(offset, omega));

/** Positions after which a pair is back where it was. */
export const wavelength = (frequency: number): number => (2 * Math.PI) / frequency;
