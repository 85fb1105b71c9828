/** Parses CSV with commas, semicolons or tabs and multi-line cells, and records the line on which each row starts. */
import { CsvError, parse } from "csv-parse/sync";
import { CommandError } from "../command-error.ts";

export interface Row {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly rows: readonly Row[];
  readonly delimiter: "," | ";" | "\t";
}

const delimiters = [",", ";", "\t"] as const;

/** Skips empty rows. Throws a `CommandError` with the line of an unclosed quotation mark. */
export function readTable(text: string): Table {
  // Normalised, so line numbers match those of an editor.
  const lines = text.replace(/\r\n?/g, "\n");
  // npm's own lines above an export redirected with `>`: with them, it would be read as a plain list, without
  // unsubscribes.
  const printed = /^\n?> \S+@\S+ subscribers\n> [^\n]*\n+/.exec(lines)?.[0] ?? "";
  const declared = /^sep=([,;\t])\n/.exec(lines.slice(printed.length));
  const above = printed + (declared?.[0] ?? "");
  const body = lines.slice(above.length);
  const skipped = above.split("\n").length - 1;
  const delimiter = (declared?.[1] as Table["delimiter"] | undefined) ?? delimiterOf(body);
  try {
    const records = parse(body, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: "\n",
    }) as unknown as readonly { record: string[]; info: { lines: number } }[];
    const rows: Row[] = [];
    for (const { record, info } of records) {
      if (record.every((cell) => cell.trim() === "")) continue;
      const breaks = record.reduce((sum, cell) => sum + (cell.includes("\n") ? cell.split("\n").length - 1 : 0), 0);
      rows.push({ line: info.lines + skipped - breaks, cells: record });
    }
    return { rows, delimiter };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines + skipped : undefined;
    throw new CommandError(
      `The file is not valid CSV${line === undefined ? "" : `, up to line ${line}`}: a cell starts with a quotation mark that is never closed. Open the file in a spreadsheet and save it as CSV again.`,
    );
  }
}

/** The most frequent delimiter in the first non-empty line. */
function delimiterOf(text: string): Table["delimiter"] {
  const head = /^\s*(.*)/.exec(text)?.[1]?.replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const counted = delimiters.map((delimiter) => ({ delimiter, times: head.split(delimiter).length }));
  return counted.reduce((best, next) => (next.times > best.times ? next : best)).delimiter;
}
