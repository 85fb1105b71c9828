/** Formats numbers for drawings and their descriptions. */

/** Fixed decimals, a true minus sign, no negative zero. */
export const printed = (value: number, digits = 2): string =>
  value
    .toFixed(digits)
    .replace(/^-(0(?:\.0*)?)$/, "$1")
    .replace("-", "−");

/** Like `printed`, without trailing zeros: `2.50` is `2.5`, and `2.00` is `2`. */
export const printedShort = (value: number, digits = 2): string =>
  digits === 0 ? printed(value, 0) : printed(value, digits).replace(/\.?0+$/, "");

/** A whole number with thousands separators: `1,234,567`. */
export const grouped = (value: number): string => printed(value, 0).replace(/(\d)(?=(\d{3})+$)/g, "$1,");

/** A vector in parentheses: `(0.50, −1.00)`. */
export const printedVector = (values: readonly number[], digits = 2): string =>
  `(${values.map((value) => printed(value, digits)).join(", ")})`;
