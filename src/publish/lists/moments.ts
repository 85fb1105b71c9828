/** Dates as other services and spreadsheets write them. */

/**
 * ISO 8601 with milliseconds, or null for what is empty, no date, or not certain. Without an offset it is taken
 * for UTC, as Mailchimp means it. `05.02.2018` is the fifth of February; `2/5/2018` may be either, and is nothing.
 */
export function parseMoment(written: string): string | null {
  const text = written.trim();
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (iso) return instant(iso[1] ?? "", iso[2], iso[3], iso[4]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}:\d\d)(:\d\d)?)?$/.exec(text);
  if (dotted) return instant(dayOf(dotted[3], dotted[2], dotted[1]), dotted[4], dotted[5], undefined);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}:\d\d)(:\d\d)?)?$/.exec(text);
  if (slashed) {
    const [a, b] = [Number(slashed[1]), Number(slashed[2])];
    if (a <= 12 && b <= 12 && a !== b) return null;
    const [month, day] = a > 12 ? [slashed[2], slashed[1]] : [slashed[1], slashed[2]];
    return instant(dayOf(slashed[3], month, day), slashed[4], slashed[5], undefined);
  }
  return null;
}

const dayOf = (year = "", month = "", day = ""): string => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

function instant(day: string, time = "00:00", seconds = ":00", offset = "Z"): string | null {
  const zone = offset === "UTC" ? "Z" : offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const at = new Date(`${day}T${time.padStart(5, "0")}${seconds}${zone}`);
  const isReal = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || Number.isNaN(isReal.getTime())) return null;
  // `2026-02-30` would quietly become the second of March.
  return isReal.toISOString().startsWith(day) ? at.toISOString() : null;
}
