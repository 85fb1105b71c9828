/**
 * Reads existing subscribers and suppressed addresses page by page: by key, not by OFFSET, which reads all rows before
 * it.
 */
import * as v from "valibot";
import { sqlText } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

export interface Known {
  readonly state: string;
  readonly requestedAt: string;
  readonly reason: string | null;
  /** Known from imports alone: never confirmed or unsubscribed here themselves. */
  readonly isImported: boolean;
}

export interface OnRecord {
  /** By address key. */
  readonly subscribers: ReadonlyMap<string, Known>;
  /** Keyed hashes of addresses without a subscriber: erased, bounced or complained. */
  readonly suppressed: ReadonlySet<string>;
}

/** Rows per call of wrangler: a few megabytes. */
const pageSize = 10_000;

/**
 * Whether all consents of a subscriber `s` come from imports. Filling in the form alone does not count: anyone can do
 * that for anyone.
 */
export const isImported = `COALESCE((SELECT MIN(c.page LIKE 'import:%') FROM consents c
  WHERE c.subscriber_id = s.id AND c.act <> 'requested'), 0)`;

const KnownRow = v.object({
  id: v.string(),
  key: v.string(),
  state: v.string(),
  requestedAt: v.string(),
  reason: v.nullable(v.string()),
  isImported: v.number(),
});
const Hash = v.object({ id: v.string() });

/** A paged query; `page` writes the statement for rows after an id, ordered by `id`. */
export interface Listing<Schema extends v.GenericSchema<unknown, { readonly id: string }>> {
  readonly schema: Schema;
  readonly page: (after: string, limit: number) => string;
  readonly onRows: (rows: readonly v.InferOutput<Schema>[]) => void;
}

/** Statement for the first page, to be executed together with others. */
export const firstPage = <Schema extends v.GenericSchema<unknown, { readonly id: string }>>(
  { page }: Listing<Schema>,
  size: number = pageSize,
): string => page(sqlText(""), size);

/** Reads all rows; `first` is the result of the first page. */
export async function readOn<Schema extends v.GenericSchema<unknown, { readonly id: string }>>(
  execute: Execute,
  { schema, page, onRows }: Listing<Schema>,
  first: unknown,
  size: number = pageSize,
): Promise<void> {
  for (let found = first; ; ) {
    const rows = v.parse(v.array(schema), found);
    onRows(rows);
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    [found] = await execute([page(sqlText(last.id), size)]);
  }
}

const Total = v.tuple([v.object({ count: v.number() })]);
export const parseTotal = (rows: unknown): number => v.parse(Total, rows)[0].count;

export async function readOnRecord(
  execute: Execute,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<OnRecord> {
  const subscribers = new Map<string, Known>();
  const suppressed = new Set<string>();
  let total = 0;
  const known: Listing<typeof KnownRow> = {
    schema: KnownRow,
    page: (after, limit) =>
      `SELECT s.id, s.address_key AS key, s.state, s.requested_at AS requestedAt, s.suppression_reason AS reason, ${isImported} AS isImported
      FROM subscribers s WHERE s.id > ${after} ORDER BY s.id LIMIT ${limit}`,
    onRows: (rows) => {
      for (const { key, isImported, ...known } of rows)
        subscribers.set(key, { ...known, isImported: isImported === 1 });
      if (subscribers.size < total) onProgress(subscribers.size, total);
    },
  };
  const hashes: Listing<typeof Hash> = {
    schema: Hash,
    page: (after, limit) =>
      `SELECT address_hash AS id FROM suppressions WHERE address_hash > ${after} ORDER BY address_hash LIMIT ${limit}`,
    onRows: (rows) => {
      for (const { id } of rows) suppressed.add(id);
    },
  };
  const [totals, people, names] = await execute([
    "SELECT COUNT(*) AS count FROM subscribers",
    firstPage(known),
    firstPage(hashes),
  ]);
  total = parseTotal(totals);
  await readOn(execute, known, people);
  await readOn(execute, hashes, names);
  return { subscribers, suppressed };
}
