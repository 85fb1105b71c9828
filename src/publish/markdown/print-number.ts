/** Formats computed values for a text, and checks numbers that the author has typed. */

/** A value that a text can show: a number, a vector, or a matrix as a list of rows. */
export type Shown = number | bigint | readonly number[] | readonly (readonly number[])[];

/** Minimum and maximum number of decimals. `undefined`: as many as the number has, if they end. */
export type Digits = { readonly min: number; readonly max: number } | undefined;

export type Printed =
  | { readonly kind: "printed"; readonly text: string }
  /** `value` has more than six decimals. */
  | { readonly kind: "endless"; readonly value: number };

const maxDigits = 6;

/**
 * Formats a value as TeX or prose, with thousands separators; vectors are in parentheses, matrices are only for TeX.
 */
export function printValue(value: Shown, digits: Digits, medium: "tex" | "prose"): Printed {
  if (typeof value === "bigint") return { kind: "printed", text: group(String(value), medium) };
  if (typeof value === "number") return printNumber(value, digits, medium);
  const isMatrix = value.some((entry) => typeof entry !== "number");
  const rows = (isMatrix ? value : [value]) as readonly (readonly number[])[];
  const cells = rows.map((row) => row.map((entry) => printNumber(entry, digits, medium)));
  const endless = cells.flat().find((cell) => cell.kind === "endless");
  if (endless) return endless;
  const texts = cells.map((row) => row.map((cell) => (cell.kind === "printed" ? cell.text : "")));
  if (isMatrix) {
    return {
      kind: "printed",
      text: `\\begin{pmatrix}${texts.map((row) => row.join("&")).join("\\\\")}\\end{pmatrix}`,
    };
  }
  return { kind: "printed", text: `(${(texts[0] ?? []).join(medium === "tex" ? "," : ", ")})` };
}

function printNumber(value: number, digits: Digits, medium: "tex" | "prose"): Printed {
  const { min, max } = digits ?? { min: 0, max: maxDigits };
  const fixed = Array.from({ length: max - min + 1 }, (_, index) => value.toFixed(min + index));
  const whole = fixed.find((text) => Math.abs(Number(text) - value) <= 1e-9 * Math.max(1, Math.abs(value)));
  const text = whole ?? (digits ? fixed.at(-1) : undefined);
  return text === undefined ? { kind: "endless", value } : { kind: "printed", text: group(text, medium) };
}

function group(text: string, medium: "tex" | "prose"): string {
  const positive = /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
  const [whole = "", fraction] = positive.split(".");
  const grouped = whole.replace(/(\d)(?=(\d{3})+$)/g, medium === "tex" ? "$1{,}" : "$1,");
  const signed = medium === "tex" ? grouped : grouped.replace("-", "−");
  return fraction === undefined ? signed : `${signed}.${fraction}`;
}

/**
 * The correct numbers, if `typed` is not the value rounded to the digits typed; otherwise `undefined`. Everything else
 * in `typed` (parentheses, TeX) is ignored.
 */
export function rightNumbers(value: Shown, typed: string): string | undefined {
  const values = (Array.isArray(value) ? value.flat() : [value]) as readonly (number | bigint)[];
  const plain = typed.replaceAll("{,}", "").replaceAll("−", "-");
  const numbers = (values.length === 1 ? plain.replace(/(?<=\d),(?=\d{3})/g, "") : plain).match(/-?\d+(\.\d+)?/g) ?? [];
  const digits = numbers.map((number) => number.split(".")[1]?.length ?? 0);
  const isRight =
    numbers.length === values.length &&
    values.every((expected, index) => isRounded(Number(expected), numbers[index] ?? "", digits[index] ?? 0));
  if (isRight) return undefined;
  const printed = values.map((expected, index) => Number(expected).toFixed(digits[index] ?? digits.at(-1) ?? 4));
  return values.length === 1 ? printed[0] : `(${printed.join(", ")})`;
}

/** Off by at most half a unit of the last digit; ties may be rounded either way. */
const isRounded = (value: number, typed: string, digits: number): boolean =>
  Math.abs(value - Number(typed)) <= 0.5 * 10 ** -digits + 1e-9 * Math.max(1, Math.abs(value));
