/** Checks the numbers of the chapter on sinusoidal encodings. */
import { expect, test } from "vitest";
import {
  encodePosition,
  offsetProduct,
  shiftEncoding,
  waveFrequencies,
  wavelength,
} from "../../../content/transformers/models/sinusoids.ts";

const omega = waveFrequencies(4);
const fourDigits = (values: readonly number[]) => values.map((value) => value.toFixed(4)).join(" ");
const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);

test.each([
  [0, "0.0000 1.0000 0.0000 1.0000"],
  [1, "0.8415 0.5403 0.0100 1.0000"],
  [2, "0.9093 -0.4161 0.0200 0.9998"],
  [3, "0.1411 -0.9900 0.0300 0.9996"],
])("position %i at width 4 is %s", (position, encoding) => {
  expect(omega).toEqual([1, 0.01]);
  expect(fourDigits(encodePosition(position, omega))).toBe(encoding);
});

test.each([
  [0, "2.0000"],
  [1, "1.5403"],
  [2, "0.5837"],
  [3, "0.0096"],
])("at offset %i the product is %s, wherever it begins and whichever comes first", (offset, expected) => {
  expect(offsetProduct(offset, omega).toFixed(4)).toBe(expected);
  expect(offsetProduct(-offset, omega).toFixed(4)).toBe(expected);
  for (const start of [0, 5, 100]) {
    const pair = [encodePosition(start, omega), encodePosition(start + offset, omega)] as const;
    expect(product(...pair).toFixed(4)).toBe(expected);
  }
});

test("one matrix moves every position on by the same offset", () => {
  for (const [position, offset] of [
    [2, 1],
    [0, 7],
    [100, -3],
  ] as const) {
    const moved = shiftEncoding(encodePosition(position, omega), offset, omega);
    for (const [index, value] of encodePosition(position + offset, omega).entries()) {
      expect(moved[index]).toBeCloseTo(value, 12);
    }
  }
});

test("at width 512 the waves are 6.28 to 60,611.5 positions long, and every encoding has a squared length of 256", () => {
  const lengths = waveFrequencies(512).map(wavelength);
  expect([Math.min(...lengths).toFixed(2), Math.max(...lengths).toFixed(1)]).toEqual(["6.28", "60611.5"]);
  const encoding = encodePosition(7, waveFrequencies(512));
  expect(product(encoding, encoding)).toBeCloseTo(256, 9);
});
