/** Numbers as a figure prints them, in the drawing and in the sentence it says. */

/** Fixed digits, a real minus sign, no negative zero. */
export const printed = (value: number, digits = 2): string =>
  value
    .toFixed(digits)
    .replace(/^-(0(?:\.0*)?)$/, "$1")
    .replace("-", "−");

/** The same without the zeros that a fixed number of digits leaves at the end: `2.50` is `2.5`, and `2.00` is `2`. */
export const printedShort = (value: number, digits = 2): string =>
  digits === 0 ? printed(value, 0) : printed(value, digits).replace(/\.?0+$/, "");

/** A whole number with its thousands set apart: `1,234,567`. */
export const grouped = (value: number): string => printed(value, 0).replace(/(\d)(?=(\d{3})+$)/g, "$1,");

/** A vector in parentheses: `(0.50, −1.00)`. */
export const printedVector = (values: readonly number[], digits = 2): string =>
  `(${values.map((value) => printed(value, digits)).join(", ")})`;
