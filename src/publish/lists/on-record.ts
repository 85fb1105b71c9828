/** Who is on record here already, and which addresses stay out: read page by page by key, never by OFFSET. */
import * as v from "valibot";
import type { Execute } from "../mailings/database.ts";
import { sqlText } from "../mailings/sql-text.ts";

export interface OnRecord {
  /** By address key. */
  readonly subscribers: ReadonlyMap<string, { readonly state: string; readonly requestedAt: string }>;
  /** Keyed hashes of addresses without a subscriber: erased, or reported as bounced or complained. */
  readonly suppressed: ReadonlySet<string>;
}

/** Rows that one call of wrangler brings at most: some megabytes. */
const pageSize = 10_000;

const Known = v.object({ id: v.string(), key: v.string(), state: v.string(), requestedAt: v.string() });
const Hash = v.object({ id: v.string() });

/** `page` writes a statement that is ordered by `id`, for the rows behind one. */
export interface Listing<Schema extends v.GenericSchema<unknown, { readonly id: string }>> {
  readonly schema: Schema;
  readonly page: (after: string, limit: number) => string;
  readonly onRows: (rows: readonly v.InferOutput<Schema>[]) => void;
}

/** Its first page, to be asked for together with other statements. */
export const firstPage = <Schema extends v.GenericSchema<unknown, { readonly id: string }>>(
  { page }: Listing<Schema>,
  size: number = pageSize,
): string => page(sqlText(""), size);

/** All of its rows; `first` is what the first page brought. */
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
  const subscribers = new Map<string, { state: string; requestedAt: string }>();
  const suppressed = new Set<string>();
  let total = 0;
  const known: Listing<typeof Known> = {
    schema: Known,
    page: (after, limit) =>
      `SELECT id, address_key AS key, state, requested_at AS requestedAt FROM subscribers WHERE id > ${after} ORDER BY id LIMIT ${limit}`,
    onRows: (rows) => {
      for (const { key, state, requestedAt } of rows) subscribers.set(key, { state, requestedAt });
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
