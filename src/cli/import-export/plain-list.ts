/** Reads a list from an unknown service: a spreadsheet with a column of addresses, or one address per line. */
import { CommandError } from "../command-error.ts";
import { addressColumns, isAddressLike } from "./address-columns.ts";
import type { Row } from "./read-table.ts";
import type { Shape } from "./shapes.ts";

/**
 * Reads addresses; dates and states in other columns are read as in every list. `consent`: the author's statement of
 * where and how people consented, which the list itself does not prove. Throws a `CommandError` if no column contains
 * addresses.
 */
export function plainShape(columns: readonly string[], rows: readonly Row[], consent: string | undefined): Shape {
  const column = addressColumn(columns, rows);
  return {
    name: "list",
    title: columns.length > 1 ? "a spreadsheet" : "a plain list",
    isThis: () => true,
    known: [columns[column] ?? ""],
    read: ({ cell }) => {
      const written = cell(columns[column] ?? "");
      return {
        email: /<([^<>]+)>\s*$/.exec(written)?.[1] ?? written,
        standing: consent === undefined ? "unconfirmed" : "subscribed",
        requestedAt: null,
        agreedAt: null,
        endedAt: null,
        frequency: "each",
        books: null,
        pausedUntil: null,
        correctionsSince: null,
        page: "import:list",
        wording: consent ?? "",
      };
    },
  };
}

function addressColumn(columns: readonly string[], rows: readonly Row[]): number {
  const sample = rows.slice(0, 20);
  const counts = (sample[0]?.cells ?? []).map(
    (_, index) => sample.filter(({ cells }) => isAddressLike(cells[index] ?? "")).length,
  );
  const most = Math.max(0, ...counts);
  // `Address` may be postal, and a column of any name may contain email addresses.
  const called = addressColumns.filter((name) => columns.includes(name));
  const named = called.find((name) => most === 0 || (counts[columns.indexOf(name)] ?? 0) > 0);
  if (named !== undefined) return columns.indexOf(named);
  if (most > 0) return counts.indexOf(most);
  const seen = columns.filter((name) => name !== "").slice(0, 12);
  throw new CommandError(
    `This list has no column of email addresses.${seen.length > 0 ? ` Its columns: ${seen.map((name) => `\`${name}\``).join(", ")}.` : ""} Name the right column \`email\` in the header row.`,
  );
}
