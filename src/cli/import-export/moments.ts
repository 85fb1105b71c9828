/** Parses dates as other services and spreadsheets write them. */
import { foldWords } from "./fold-words.ts";
import { months } from "./month-names.ts";

/** How a column writes `2/5/2018`: 2 May or 5 February. */
export type DayOrder = "day first" | "month first";

/**
 * Parses a date to ISO 8601 with milliseconds; null if it is empty, invalid or ambiguous. Without an offset it is UTC,
 * as in Mailchimp. `05.02.2018` is 5 February; `2/5/2018` and `02-05-2018` are ambiguous unless the column has an
 * order.
 */
export function parseMoment(written: string, order?: DayOrder): string | null {
  const { date, time } = split(written.trim());
  const day = dayOf(date, order);
  if (day !== undefined) return time === undefined ? null : instant(day, time);
  const seconds = /^(\d{10})(\d{3})?$/.exec(written.trim());
  return seconds ? new Date(Number(seconds[1]) * 1000 + Number(seconds[2] ?? 0)).toISOString() : null;
}

/**
 * The order that a column's dates prove by a day above 12; undefined if none does, or if they contradict each other.
 */
export function dayOrderOf(cells: Iterable<string>): DayOrder | undefined {
  const seen = new Set<DayOrder>();
  for (const cell of cells) {
    const [, first, , second] = numbered.exec(split(cell.trim()).date) ?? [];
    if (first === undefined || second === undefined) continue;
    if (Number(first) > 12 && Number(second) <= 12) seen.add("day first");
    if (Number(second) > 12 && Number(first) <= 12) seen.add("month first");
  }
  return seen.size === 1 ? [...seen][0] : undefined;
}

interface Time {
  readonly clock: string;
  readonly zone: string;
}

const clock = /(?:^|[T ,]+(?:at |um |a |à |le |om )?)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(.*)$/i;
const zones = /^\s*(?:uhr|h)?\s*(?:(?:utc|gmt)?\s*([+-]\d\d)(?::?(\d\d))?(?:\s*utc|\s*\([^)]*\))?|z|utc|gmt)?$/i;

/** `time` is undefined if the rest of the text is not a time of day. */
function split(text: string): { readonly date: string; readonly time: Time | undefined } {
  const found = clock.exec(text);
  if (!found) return { date: text, time: { clock: "00:00:00", zone: "Z" } };
  const [, hour = "", minute = "", second = "00", rest = ""] = found;
  const [, half, after = rest] = /^\s*([ap])\.?m\.?(.*)$/i.exec(rest) ?? [];
  const zone = zones.exec(after);
  const isTime = zone && Number(hour) < 24 && (half === undefined || (Number(hour) >= 1 && Number(hour) <= 12));
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const offset = zone?.[1] === undefined ? "Z" : `${zone[1]}:${zone[2] ?? "00"}`;
  return {
    date: text.slice(0, found.index),
    time: isTime ? { clock: `${`${hours}`.padStart(2, "0")}:${minute}:${second}`, zone: offset } : undefined,
  };
}

const numbered = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const weekday = /^(?:\p{L}{2,9}\.?,\s*|(?:sun|mon|tue|wed|thu|fri|sat)\s+)/iu;

/** `2018-02-05`, or undefined if ambiguous. */
function dayOf(date: string, order: DayOrder | undefined): string | undefined {
  const [, year, , month = "", day = ""] =
    /^(\d{4})([-/.]?)(\d\d?)\2(\d\d?)$/.exec(date.length === 8 || /[-/.]/.test(date) ? date : "") ?? [];
  if (year !== undefined) return isoDay(year, month, day);
  const [, first = "", sign, second = "", last] = numbered.exec(date) ?? [];
  if (last === undefined) return dayWithName(date);
  const [a, b] = [Number(first), Number(second)];
  if (sign === "." || a > 12 || a === b) return isoDay(last, second, first);
  if (b > 12) return isoDay(last, first, second);
  return order === undefined
    ? undefined
    : order === "day first"
      ? isoDay(last, second, first)
      : isoDay(last, first, second);
}

/** `15 January 2024`, `Jan 15, 2024`, `Mon, 15. Januar 2024`, `15 de enero de 2024`, `15-Jan-2024`, `2024 Jan 15`. */
function dayWithName(date: string): string | undefined {
  const words = foldWords(date.replace(weekday, ""))
    .split(" ")
    .filter((word) => !/^(de|del|of|the|der|den|le|el|il)$/.test(word))
    .map((word) => word.replace(/^(\d{1,2})(st|nd|rd|th|er|e)$/, "$1"));
  const [year, ...others] = words.filter((word) => /^\d{4}$/.test(word));
  const [day, ...more] = words.filter((word) => /^\d{1,2}$/.test(word));
  const [month] = words.filter((word) => months.has(word));
  const isWhole = words.length === 3 && others.length === 0 && more.length === 0;
  if (!isWhole || year === undefined || day === undefined || month === undefined) return undefined;
  return isoDay(year, months.get(month) ?? "", day);
}

const isoDay = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

function instant(day: string, { clock, zone }: Time): string | null {
  const at = new Date(`${day}T${clock}${zone}`);
  const isReal = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || Number.isNaN(isReal.getTime())) return null;
  // `Date` would turn `2026-02-30` into 2 March.
  return isReal.toISOString().startsWith(day) ? at.toISOString() : null;
}
