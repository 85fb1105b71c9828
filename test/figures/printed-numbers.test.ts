/** Checks how figures format numbers: minus signs, thousands separators, trailing zeros. */
import { expect, test } from "vitest";
import { grouped, printedShort, printedVector } from "../../src/figures/printed-numbers.ts";

test.each([
  [2, 1, "2"],
  [2.5, 2, "2.5"],
  [-0.25, 3, "−0.25"],
  [100, 0, "100"],
  [-0.001, 2, "0"],
])("%d with at most %d digits is %s", (value, digits, text) => {
  expect(printedShort(value, digits)).toBe(text);
});

test("thousands are set apart, vectors stand in parentheses", () => {
  expect([999, 1000, 1_234_567].map(grouped)).toEqual(["999", "1,000", "1,234,567"]);
  expect(printedVector([0.5, -1])).toBe("(0.50, −1.00)");
});
