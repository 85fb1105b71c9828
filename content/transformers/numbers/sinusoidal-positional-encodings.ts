/**
 * Computes the numbers of "Sinusoidal Positional Encodings": four positions at width 4, a shift by one position, and
 * wavelengths.
 */

import { at } from "#figures/at.ts";
import {
  encodePosition,
  offsetProduct,
  pairProducts,
  shiftEncoding,
  waveFrequencies,
  wavelength,
} from "../models/sinusoids.ts";

export const omega = waveFrequencies(4);

/** p_0 to p_3. */
export const encodings = [0, 1, 2, 3].map((position) => encodePosition(position, omega));

/** M_1 p_2. */
export const shifted = shiftEncoding(at(encodings, 2), 1, omega);

/** Dot products of two encodings at offsets 0 to 3, and the contribution of each pair at offset 1. */
export const products = [0, 1, 2, 3].map((offset) => offsetProduct(offset, omega));
export const stepPairs = pairProducts(1, omega);

/** Wavelengths in positions at width 512, and the round number of the paper. */
const lengths = waveFrequencies(512).map(wavelength);
export const waves = { shortest: Math.min(...lengths), longest: Math.max(...lengths), round: 10_000 * 2 * Math.PI };

/** Wavelengths of the dials in the figure "position-dials", at width 12. */
export const dials = waveFrequencies(12).map(wavelength);
