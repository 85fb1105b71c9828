/** Parses CSV: commas, semicolons or tabs, quoted cells over several lines, and the line on which each row starts. */
import { CsvError, parse } from "csv-parse/sync";
import { CommandError } from "../command-error.ts";

export interface Row {
  /** Counted from 1, in the file. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly rows: readonly Row[];
  readonly delimiter: "," | ";" | "\t";
}

const delimiters = [",", ";", "\t"] as const;

/** Rows without anything in them are left out. Throws a `CommandError` that names the line when quotes do not fit together. */
export function readTable(text: string): Table {
  // One way to end a line, so that lines are counted as an editor counts them.
  const lines = text.replace(/\r\n?/g, "\n");
  // What npm writes above an export that went through `>` into a file; as a plain list it would forget who has left.
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

/** What stands most often between the cells of the first line that has anything in it. */
function delimiterOf(text: string): Table["delimiter"] {
  const head = /^\s*(.*)/.exec(text)?.[1]?.replace(/"(?:[^"]|"")*"/g, "") ?? "";
  const counted = delimiters.map((delimiter) => ({ delimiter, times: head.split(delimiter).length }));
  return counted.reduce((best, next) => (next.times > best.times ? next : best)).delimiter;
}
