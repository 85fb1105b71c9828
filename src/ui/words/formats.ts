/** Formats numbers, plurals and dates for a language. */

/** A word for each plural category of the language: English has `one` and `other`, Arabic all six. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Formatters are constructed on first use and cached: constructing one takes longer than rendering a page. */
export function formatsOf(language: string) {
  const rules = keep(() => new Intl.PluralRules(language));
  const conjunction = keep(() => new Intl.ListFormat(language, { type: "conjunction" }));
  const whole = keep(() => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
  const tenths = keep(() => new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));

  /** `1,250`. */
  const number = (count: number): string => whole().format(count);
  /** `3.4`: to one decimal. */
  const decimal = (value: number): string => tenths().format(value);
  /** The plural form, without the number. */
  const plural = (count: number, forms: PluralForms): string => forms[rules().select(count)] ?? forms.other;
  /** `1 chapter`, `1,250 chapters`. */
  const counted = (count: number, forms: PluralForms): string => `${number(count)} ${plural(count, forms)}`;
  /** `Ann, Ben and Cem`. */
  const list = (names: readonly string[]): string => conjunction().format(names);
  /** The same of elements. */
  const listOf = <Piece>(items: readonly Piece[]): (string | Piece)[] =>
    conjunction()
      .formatToParts(items.map((_, index) => String(index)))
      .map(({ type, value }) => (type === "element" ? (items[Number(value)] as Piece) : value));
  /** In UTC, so a page is the same wherever it is rendered. */
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = keep(() => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }));
    return (instant: string | number): string => format().format(new Date(instant));
  };
  /** `14–20 Dec`, `28 Dec – 3 Jan`. In UTC, too. Cached, because a page names the same weeks many times. */
  const dateRange = (options: Intl.DateTimeFormatOptions) => {
    const format = keep(() => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }));
    const ranges = new Map<string, string>();
    return (from: string, to: string): string => {
      const name = `${from} ${to}`;
      const known = ranges.get(name);
      if (known !== undefined) return known;
      if (ranges.size >= maxRanges) ranges.clear();
      const range = format().formatRange(new Date(from), new Date(to));
      ranges.set(name, range);
      return range;
    };
  };
  return { number, decimal, plural, counted, list, listOf, date, dateRange };
}

/** More weeks than a page names. */
const maxRanges = 100;

/** Creates a value on first use. */
function keep<Value extends object>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}
