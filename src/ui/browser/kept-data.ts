/** Lists what the reader's browser keeps and the reader can export, import and clear: one line for each key of its storage. */
import { mergeDone, mergeReading, parseDone, parseReading } from "./progress/record.ts";
import { mergeRecall, parseRecall } from "./recall/record.ts";
import { parseSettings, type Settings } from "./settings/record.ts";

export interface KeptData {
  /** Of localStorage. */
  readonly key: string;
  /** Keeps what is valid of any value; undefined if nothing is. */
  readonly parse: (value: unknown) => unknown;
  /** Two values that were parsed, as one that has lost nothing. */
  readonly merge: (own: unknown, other: unknown) => unknown;
}

/** A value of one type, seen as data of any. */
const kept = <Value extends object>(
  key: string,
  parse: (value: unknown) => Value,
  merge: (own: Value, other: Value) => Value,
): KeptData => ({
  key,
  parse: (value) => {
    const parsed = parse(value);
    return Object.keys(parsed).length === 0 ? undefined : parsed;
  },
  merge: (own, other) => merge(parse(own), parse(other)),
});

export const keptData: readonly KeptData[] = [
  kept("reading", parseReading, mergeReading),
  kept("done", parseDone, mergeDone),
  kept("recall", parseRecall, mergeRecall),
  kept<Settings>("settings", parseSettings, (own, other) => ({ ...other, ...own })),
];

const format = "library-reading";
/** Far more than a reader can have; a larger file is another one. */
export const maxFileBytes = 5_000_000;

/** Key -> value. */
export type AllKept = Readonly<Record<string, unknown>>;

export const exportedText = (all: AllKept): string =>
  `${JSON.stringify({ format, version: 1, data: all }, undefined, 1)}\n`;

/** What is valid in an exported file. */
export function parseExported(text: string): AllKept | "not JSON" | "not ours" {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  const { format: own, data } = Object(file);
  if (own !== format || typeof data !== "object" || data === null) return "not ours";
  return parseAll((key) => data[key]);
}

export const parseAll = (read: (key: string) => unknown): AllKept =>
  Object.fromEntries(
    keptData.flatMap(({ key, parse }) => {
      const value = parse(read(key));
      return value === undefined ? [] : [[key, value]];
    }),
  );

export const mergeAll = (own: AllKept, other: AllKept): AllKept =>
  Object.fromEntries(
    keptData.flatMap(({ key, merge }) => {
      if (own[key] === undefined) return other[key] === undefined ? [] : [[key, other[key]]];
      return [[key, other[key] === undefined ? own[key] : merge(own[key], other[key])]];
    }),
  );
