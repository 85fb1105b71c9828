/** Computed values as a text shows them, and the check of numbers that an author has typed. */

/** A value that a text can show: a number, a vector, a matrix as its rows. */
export type Shown = number | bigint | readonly number[] | readonly (readonly number[])[];

/** How many digits behind the point: at least, at most. Nothing: as many as the number has, if they end. */
export type Digits = { readonly min: number; readonly max: number } | undefined;

export type Printed =
  | { readonly kind: "printed"; readonly text: string }
  /** `value` has no end within six digits. */
  | { readonly kind: "endless"; readonly value: number };

const maxDigits = 6;

/** A value in a formula (as TeX) or in prose. Thousands are set apart, vectors stand in parentheses, matrices in TeX alone. */
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
 * What should stand where an author typed `typed`, if that is not the value rounded to the digits
 * typed; `undefined` if it is. Everything but the numbers in it (parentheses, TeX) is left alone.
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

/** Half a unit of the last digit off at most; either way, if it lies in the middle. */
const isRounded = (value: number, typed: string, digits: number): boolean =>
  Math.abs(value - Number(typed)) <= 0.5 * 10 ** -digits + 1e-9 * Math.max(1, Math.abs(value));
