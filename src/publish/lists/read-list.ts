/** A file of somebody else's into entries: decoded, recognised, each address checked, and each of them once. */
import { basename } from "node:path";
import { Refusal } from "../preview/refusal.ts";
import type { AddressRules } from "./address-rules.ts";
import { decodeText } from "./decode-text.ts";
import { type Entry, standings } from "./entry.ts";
import { hasNoHeader, plainShape } from "./plain-list.ts";
import { readTable } from "./read-table.ts";
import { type Cell, type Shape, shapes } from "./shapes.ts";

export interface List {
  /** Name of the file, without folders. */
  readonly file: string;
  readonly shape: Shape;
  /** `UTF-8, semicolons` */
  readonly form: string;
  readonly rows: number;
  /** Each address once, by its key, in the order of the file. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly invalid: readonly { readonly line: number; readonly written: string }[];
  /** Lines whose address stands elsewhere in the list, too. */
  readonly repeated: readonly number[];
  /** A plain list about which nobody has said how its people agreed. */
  readonly lacksConsent: boolean;
}

const delimiterWords = { ",": "commas", ";": "semicolons", "\t": "tabs" } as const;

/** Throws a `Refusal` when it is no list, or an empty one. `consent`: see `plainShape`. */
export function readList(path: string, bytes: Uint8Array, consent: string | undefined, rules: AddressRules): List {
  const file = basename(path);
  if (/\.(xlsx?|ods|numbers|zip)$/i.test(file) || (bytes[0] === 0x50 && bytes[1] === 0x4b)) {
    throw new Refusal(`${file} is no CSV. ${/\.zip$/i.test(file) ? "Unpack it first." : "Save it as CSV first."}`);
  }
  const { text, encoding } = decodeText(bytes);
  const { rows, delimiter } = readTable(text);
  const [head] = rows;
  if (!head) throw new Refusal(`${file} is empty.`);
  const columns = hasNoHeader(head) ? head.cells.map((_, index) => `${index + 1}`) : head.cells.map(columnName);
  const people = hasNoHeader(head) ? rows : rows.slice(1);
  const names = new Set(columns);
  const shape = shapes.find(({ isThis }) => isThis(names)) ?? plainShape(columns, people, consent);
  if (consent !== undefined && shape.name !== "list") {
    throw new Refusal(
      `${file} is ${shape.title}, which says itself who agreed: \`--consent\` is for lists that say nothing of it.`,
    );
  }
  const places = new Map(columns.map((name, index) => [name, index] as const).reverse());
  const entries = new Map<string, Entry>();
  const invalid: { line: number; written: string }[] = [];
  const repeated: number[] = [];
  for (const { line, cells } of people) {
    const cell: Cell = (...wanted) => {
      const name = wanted.find((name) => places.has(name));
      return name === undefined ? "" : (cells[places.get(name) ?? -1] ?? "");
    };
    const said = shape.read(cell, file, names);
    const email = rules.parseAddress(said.email);
    if (email === undefined) {
      invalid.push({ line, written: said.email.trim() });
      continue;
    }
    const key = rules.addressKey(email);
    const other = entries.get(key);
    if (other) repeated.push(line);
    if (!other || isMoreCautious(said.standing, other.standing)) entries.set(key, { ...said, email, line });
  }
  return {
    file,
    shape,
    form: `${encoding}${columns.length > 1 ? `, ${delimiterWords[delimiter]}` : ""}`,
    rows: people.length,
    entries,
    invalid,
    repeated,
    lacksConsent: shape.name === "list" && consent === undefined,
  };
}

const isMoreCautious = (a: Entry["standing"], b: Entry["standing"]): boolean =>
  standings.indexOf(a) > standings.indexOf(b);

const columnName = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
