/**
 * Defines what the reader's browser keeps about the texts it has opened: `localStorage.reading`, and in `done` only which
 * were read, for scripts that run before the first paint. Both are keyed by permanent identity; what is stored may have
 * been written by an older version, another tab or the reader, so nothing is trusted before it is parsed.
 */
import { identitiesIn, isIdentity } from "./identities.ts";

export interface TextRecord {
  /** When it was last open. All times are in milliseconds since 1970. */
  readonly at: number;
  /** Where it was then. A text that has moved redirects. */
  readonly path: string;
  readonly title: string;
  /** Of the text's book. */
  readonly cloth?: string;
  /** Seconds in view, and the quarters of the text that were reached in percent, of all visits together. */
  readonly seconds: number;
  readonly depth: number;
  /** When it was read to its end. */
  readonly finished?: number;
  /** The text after it. */
  readonly next?: { readonly id: string; readonly path: string; readonly title: string };
  /** Hashes of the block at the top of the window, and of those before and after it: an edited text has one of them. */
  readonly place?: readonly string[];
  /** Hashes of all blocks as the reader knows them, with the version of the hash in front, and since when. */
  readonly blocks?: string;
  readonly known?: number;
}

/** Identity -> record. */
export type Reading = Readonly<Record<string, TextRecord>>;
/** Identity -> when the text counted as read: half of its time and half of it, as the statistics define it. */
export type Done = Readonly<Record<string, number>>;

/** A path of this site, and no URL of another: `//elsewhere.example` is one. */
const isPath = (value: unknown): value is string => typeof value === "string" && /^\/[a-z\d][a-z\d/-]*$/.test(value);
const isTitle = (value: unknown): value is string => typeof value === "string" && value !== "" && value.length <= 300;
const isName = (value: unknown): value is string => typeof value === "string" && /^[a-z]{1,30}$/.test(value);
const isTime = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 1e14;
const isAmount = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 1e9;

const entriesIn = (value: unknown): [string, unknown][] =>
  identitiesIn(value).map((id) => [id, (value as Record<string, unknown>)[id]]);

export const parseDone = (value: unknown): Done =>
  Object.fromEntries(entriesIn(value).filter((entry): entry is [string, number] => isTime(entry[1])));

export const parseReading = (value: unknown): Reading =>
  Object.fromEntries(
    entriesIn(value).flatMap(([id, entry]) => {
      const record = parseRecord(entry);
      return record ? [[id, record]] : [];
    }),
  );

function parseRecord(value: unknown): TextRecord | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { at, path, title, cloth, seconds, depth, finished, next, place, blocks, known } = value as Record<
    string,
    unknown
  >;
  if (!isTime(at) || !isPath(path) || !isTitle(title) || !isAmount(seconds) || !isAmount(depth)) return undefined;
  const following = parseNext(next);
  return {
    at,
    path,
    title,
    ...(isName(cloth) && { cloth }),
    seconds,
    depth: Math.min(depth, 100),
    ...(isTime(finished) && { finished }),
    ...(following && { next: following }),
    ...(Array.isArray(place) && place.every(isHash) && { place: place.slice(0, 3) }),
    ...(typeof blocks === "string" && /^[\d:a-z ]{1,20000}$/.test(blocks) && isTime(known) && { blocks, known }),
  };
}

const isHash = (value: unknown): boolean => typeof value === "string" && /^[\da-z]{0,5}$/.test(value);

function parseNext(value: unknown): TextRecord["next"] {
  const { id, path, title } = (value ?? {}) as Record<string, unknown>;
  return typeof id === "string" && isIdentity(id) && isPath(path) && isTitle(title) ? { id, path, title } : undefined;
}

/**
 * Two records as one: of each text the later visit, with the progress of both. Visits that are in both records are not
 * added up: a file that is imported twice changes nothing.
 */
export const mergeReading = (one: Reading, other: Reading): Reading =>
  mergeWith(one, other, (a, b) => {
    const [older, newer] = a.at <= b.at ? [a, b] : [b, a];
    return {
      ...older,
      ...newer,
      seconds: Math.max(a.seconds, b.seconds),
      depth: Math.max(a.depth, b.depth),
    };
  });

/** When each text was first read. */
export const mergeDone = (one: Done, other: Done): Done => mergeWith(one, other, Math.min);

function mergeWith<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  merge: (a: Value, b: Value) => Value,
): Record<string, Value> {
  const merged = { ...one };
  for (const [id, value] of Object.entries(other)) {
    const own = one[id];
    merged[id] = own === undefined ? value : merge(own, value);
  }
  return merged;
}
