/** Reads a foreign list into entries: decodes it, recognises its columns, validates addresses and merges duplicates. */

import { basename } from "node:path";
import { trimInvisible } from "../../library/invisible.ts";
import { addressKey, parseAddress } from "../../subscribers/address.ts";
import { CommandError } from "../command-error.ts";
import { hasNoHeader } from "./address-columns.ts";
import { askAboutColumns, askAboutFile } from "./ask-about-list.ts";
import { readColumnAnswers } from "./column-answers.ts";
import { decodeText } from "./decode-text.ts";
import { type Entry, mostCautious, type Standing } from "./entry.ts";
import { asWritten } from "./formulas.ts";
import { plainShape } from "./plain-list.ts";
import { type Column, readColumns } from "./read-columns.ts";
import { type RowNotes, rowReader, type Table, type UnknownWord, type UnreadDate } from "./read-rows.ts";
import { type Row, readTable } from "./read-table.ts";
import { type Shape, shapes } from "./shapes.ts";

/** The author's options for a list. */
export interface ListOptions {
  /** Where and how people consented, if the list does not say. */
  readonly consent?: string | undefined;
  /** See `readColumnAnswers`. */
  readonly columns?: readonly string[] | undefined;
  /** Status of everyone in the list, unless a row is more cautious. */
  readonly everybody?: Standing | undefined;
}

export interface List {
  /** File name without folders. */
  readonly file: string;
  readonly shape: Shape;
  /** `UTF-8, semicolons` */
  readonly form: string;
  readonly rows: number;
  /** One entry per address, by its key, in file order. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly invalid: readonly { readonly line: number; readonly written: string }[];
  /** Lines whose address is already on an earlier line. */
  readonly repeated: readonly number[];
  readonly unreadDates: readonly UnreadDate[];
  readonly unknownWords: readonly UnknownWord[];
  /** Columns outside the service's format that gave a status. */
  readonly statusColumns: readonly string[];
  /** A plain list without a statement of consent. */
  readonly lacksConsent: boolean;
}

const delimiterWords = { ",": "commas", ";": "semicolons", "\t": "tabs" } as const;

/** Throws a `CommandError` if the file is not a list, is empty, or raises a question that the options do not answer. */
export function readList(path: string, bytes: Uint8Array, options: ListOptions): List {
  const file = basename(path);
  if (/\.(xlsx?|ods|numbers|zip)$/i.test(file) || (bytes[0] === 0x50 && bytes[1] === 0x4b)) {
    throw new CommandError(
      `${file} is not a CSV file. ${/\.zip$/i.test(file) ? "Unpack it first." : "Save it as CSV first."}`,
    );
  }
  const { text, encoding } = decodeText(bytes);
  const { rows, delimiter } = readTable(text);
  const table = recognise(file, rows, options);
  const notes: RowNotes = { unreadDates: [], unknownWords: [], statusColumns: new Set(), understood: new Set() };
  const read = readEntries(table, options, notes);
  askAboutColumns(
    file,
    [...new Set(notes.unknownWords.map(({ column }) => column))]
      .filter((column) => !notes.understood.has(column) && !notes.statusColumns.has(column))
      .map((column) => ({
        column,
        samples: notes.unknownWords.filter((one) => one.column === column).map(({ word }) => word),
        isText: false,
      })),
  );
  return {
    file,
    shape: table.shape,
    form: `${encoding}${table.columns.length > 1 ? `, ${delimiterWords[delimiter]}` : ""}`,
    rows: table.rows.length,
    ...read,
    unreadDates: notes.unreadDates,
    unknownWords: notes.unknownWords,
    statusColumns: [...notes.statusColumns],
    lacksConsent: table.shape.name === "list" && options.consent === undefined,
  };
}

/** Recognises the service and the meaning of each column. */
function recognise(
  file: string,
  written: readonly Row[],
  { consent, columns: options = [], everybody }: ListOptions,
): Table {
  const all = written.map(({ line, cells }) => ({ line, cells: cells.map((cell) => asWritten(trimInvisible(cell))) }));
  const [head] = all;
  if (!head) throw new CommandError(`${file} is empty.`);
  const isBare = hasNoHeader(head);
  const names = head.cells.map((cell, index) => (isBare || cell === "" ? `column ${index + 1}` : cell));
  const columns = names.map((name, index) => columnName(name) || `column_${index + 1}`);
  const rows = isBare ? all : all.slice(1);
  const set = new Set(columns);
  const shape = shapes.find(({ isThis }) => isThis(set)) ?? plainShape(columns, rows, consent);
  if (consent !== undefined && shape.name !== "list") {
    throw new CommandError(
      `${file} is ${shape.title}, which records consent itself: \`--consent\` is only for lists that do not.`,
    );
  }
  const answers = readColumnAnswers(options, names);
  const known = new Set(columns.flatMap((name, index) => (shape.known.includes(name) ? [index] : [])));
  // A shape's own status columns apply the author's answers about values themselves.
  const own = new Set([...known].filter((index) => answers.get(index)?.kind !== "means"));
  const { columns: others, questions } = readColumns(names, rows, answers, own);
  askAboutColumns(file, questions);
  if (everybody === undefined && shape.name === "list" && !others.some(isAboutState)) askAboutFile(file);
  return { shape, file, columns, names, rows, others, answers };
}

const isAboutState = ({ role }: Column): boolean => role.kind === "state" || role.kind === "end";

function readEntries(table: Table, { everybody = "subscribed" }: ListOptions, notes: RowNotes) {
  const read = rowReader(table);
  const entries = new Map<string, Entry>();
  const invalid: { line: number; written: string }[] = [];
  const repeated: number[] = [];
  for (const row of table.rows) {
    const dates = notes.unreadDates.length;
    const parsed = read(row, notes);
    const email = parseAddress(parsed.email);
    if (email === undefined) {
      invalid.push({ line: row.line, written: parsed.email });
      notes.unreadDates.length = dates;
      continue;
    }
    const entry = { ...parsed, standing: mostCautious(parsed.standing, everybody), email, line: row.line };
    const key = addressKey(email);
    const other = entries.get(key);
    if (other) repeated.push(row.line);
    if (!other || mostCautious(entry.standing, other.standing) !== other.standing) entries.set(key, entry);
  }
  return { entries, invalid, repeated };
}

const columnName = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
