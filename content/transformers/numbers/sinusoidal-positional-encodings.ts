/** Numbers of "Sinusoidal Positional Encodings": four positions at width 4, what a step does, and how long the waves are. */

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

/** Products of two encodings at offsets 0 to 3; what each pair adds at offset 1. */
export const products = [0, 1, 2, 3].map((offset) => offsetProduct(offset, omega));
export const stepPairs = pairProducts(1, omega);

/** Positions for a whole turn at width 512, and what the paper's round number would be. */
const lengths = waveFrequencies(512).map(wavelength);
export const waves = { shortest: Math.min(...lengths), longest: Math.max(...lengths), round: 10_000 * 2 * Math.PI };

/** The dials of figure "position dials", at width 12. */
export const dials = waveFrequencies(12).map(wavelength);
