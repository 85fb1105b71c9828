/** Reads rows of a list into entries, and collects dates and status words that cannot be parsed. */
import { type ColumnAnswer, wordKey } from "./column-answers.ts";
import { mostCautious, type Standing } from "./entry.ts";
import { dayOrderOf, parseMoment } from "./moments.ts";
import { type Column, isDate, says } from "./read-columns.ts";
import type { Row } from "./read-table.ts";
import type { ParsedRow, RowReader, Shape } from "./shapes.ts";
import { isBlank, truthOf } from "./status-words.ts";

export interface UnreadDate {
  readonly line: number;
  readonly written: string;
  /** Another date of the row is recorded instead; otherwise the time of the import. */
  readonly hasOther: boolean;
}

/** An unknown status word. */
export interface UnknownWord {
  readonly column: string;
  readonly word: string;
  readonly lines: number[];
}

export interface RowNotes {
  readonly unreadDates: UnreadDate[];
  readonly unknownWords: UnknownWord[];
  /** Names of columns that gave a status. */
  readonly statusColumns: Set<string>;
  /** Status columns of the shape with at least one known word. */
  readonly understood: Set<string>;
}

export interface Table {
  readonly shape: Shape;
  readonly file: string;
  /** Normalised and unique, as shapes use them. */
  readonly columns: readonly string[];
  /** As written in the file. */
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  /** Columns unknown to the shape. */
  readonly others: readonly Column[];
  readonly answers: ReadonlyMap<number, ColumnAnswer>;
}

/** Reads one row; problems are added to `notes`. */
export type ReadRow = (row: Row, notes: RowNotes) => ParsedRow;

export function rowReader(table: Table): ReadRow {
  const { shape, others, columns, rows } = table;
  const places = new Map(columns.map((name, index) => [name, index] as const).reverse());
  const orders = new Map<number, ReturnType<typeof dayOrderOf>>();
  const orderIn = (index: number) => {
    if (!orders.has(index)) orders.set(index, dayOrderOf(rows.map(({ cells }) => cells[index] ?? "")));
    return orders.get(index);
  };
  return (row, notes) => {
    const unread: { written: string; isEnd: boolean }[] = [];
    const read = (index: number | undefined, isEnd: boolean): string | null => {
      const written = index === undefined ? "" : (row.cells[index] ?? "");
      if (index === undefined || isBlank(written)) return null;
      const at = parseMoment(written, orderIn(index));
      if (at === null && !unread.some((one) => one.written === written)) unread.push({ written, isEnd });
      return at;
    };
    const parsed = shape.read(shapeReader(table, row, places, read, notes));
    const also = readOthers(others, row, read, notes);
    const agreedAt = parsed.agreedAt ?? also.agreedAt;
    const requestedAt = parsed.requestedAt ?? also.agreedAt;
    const hasOther = (agreedAt ?? requestedAt) !== null;
    const consents = unread.filter(({ isEnd }) => !isEnd);
    for (const { written, isEnd } of [
      ...consents.slice(0, hasOther ? undefined : 1),
      ...unread.filter((one) => one.isEnd),
    ]) {
      notes.unreadDates.push({ line: row.line, written, hasOther: hasOther && !isEnd });
    }
    return {
      ...parsed,
      standing: mostCautious(parsed.standing, ...also.standings),
      agreedAt,
      requestedAt,
      endedAt: parsed.endedAt ?? also.endedAt,
    };
  };
}

type ReadDate = (index: number | undefined, isEnd: boolean) => string | null;

function shapeReader(
  { columns, names, file, answers }: Table,
  row: Row,
  places: ReadonlyMap<string, number>,
  read: ReadDate,
  notes: RowNotes,
): RowReader {
  const place = (wanted: readonly string[]): number | undefined =>
    places.get(wanted.find((name) => places.has(name)) ?? "");
  return {
    file,
    has: (name) => columns.includes(name),
    cell: (...wanted) => row.cells[place(wanted) ?? -1] ?? "",
    at: (...wanted) => read(place(wanted), false),
    endedAt: (...wanted) => read(place(wanted), true),
    state(name, meaning) {
      const index = place([name]) ?? -1;
      const cell = row.cells[index] ?? "";
      const answer = answers.get(index);
      const isAnswered = answer?.kind === "words" ? answer.standings.get(wordKey(cell)) : undefined;
      if (answer?.kind === "ignore" || (isBlank(cell) && isAnswered === undefined)) return undefined;
      const standing = isAnswered ?? meaning(cell.trim());
      if (standing === undefined) note(notes, names[index] ?? name, cell, row.line);
      else notes.understood.add(names[index] ?? name);
      return standing ?? "unconfirmed";
    },
  };
}

/** Reads the columns that the shape does not know. */
function readOthers(others: readonly Column[], row: Row, read: ReadDate, notes: RowNotes) {
  const standings: Standing[] = [];
  let endedAt: string | null = null;
  let agreed: { at: string; rank: number } | undefined;
  for (const column of others) {
    const { index, role, name } = column;
    const cell = row.cells[index] ?? "";
    if (role.kind === "agreed") {
      const at = agreed !== undefined && agreed.rank <= role.rank ? null : read(index, false);
      if (at !== null) agreed = { at, rank: role.rank };
      continue;
    }
    const parsed = says(column, cell);
    if (parsed === undefined) continue;
    notes.statusColumns.add(name);
    if (parsed === "unknown") note(notes, name, cell, row.line);
    standings.push(parsed === "unknown" ? "unconfirmed" : parsed);
    const isTime = role.kind === "end" && truthOf(cell) === undefined && (role.isTime || isDate(cell, column.order));
    if (isTime && parsed !== "unknown") endedAt ??= read(index, true);
  }
  return { standings, endedAt, agreedAt: agreed?.at ?? null };
}

function note({ unknownWords }: RowNotes, column: string, cell: string, line: number): void {
  const word = cell.trim();
  const known = unknownWords.find((one) => one.column === column && wordKey(one.word) === wordKey(word));
  if (known) known.lines.push(line);
  else unknownWords.push({ column, word, lines: [line] });
}
