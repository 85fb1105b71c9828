/**
 * Computes sinusoidal positional encodings (Vaswani et al. 2017, section 3.5), with sine and cosine of a pair side by
 * side.
 */

import { sum } from "#figures/matrices.ts";
import { ropeFrequencies, rotate } from "./rotation.ts";

/** Radians per position of each of the d/2 pairs; RoPE uses the same. `d` is even. */
export const waveFrequencies = ropeFrequencies;

/** The encoding of a position: (sin ω₀t, cos ω₀t, sin ω₁t, cos ω₁t, …), two coordinates for each of `omega`. */
export const encodePosition = (position: number, omega: readonly number[]): number[] =>
  omega.flatMap((frequency) => [Math.sin(frequency * position), Math.cos(frequency * position)]);

/** M_k times an encoding: rotates every pair clockwise by `offset` positions, independently of the position. */
export const shiftEncoding = (encoding: readonly number[], offset: number, omega: readonly number[]): number[] =>
  rotate(encoding, -offset, omega);

/** The contribution of each pair to the dot product of two encodings `offset` positions apart: cos ω_i k. */
export const pairProducts = (offset: number, omega: readonly number[]): number[] =>
  omega.map((frequency) => Math.cos(frequency * offset));

/** Dot product of the encodings of any two positions `offset` apart. */
export const offsetProduct = (offset: number, omega: readonly number[]): number => sum(pairProducts(offset, omega));

/** Positions per period of a pair. */
export const wavelength = (frequency: number): number => (2 * Math.PI) / frequency;
