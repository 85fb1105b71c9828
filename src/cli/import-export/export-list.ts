/** Exports all subscribers as CSV, page by page; or the keyed hashes of suppressed addresses. */
import { stringify } from "csv-stringify/sync";
import * as v from "valibot";
import { sqlText } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { neutralised } from "./formulas.ts";
import { firstPage, type Listing, parseTotal, readOn } from "./on-record.ts";

export const states = ["pending", "confirmed", "unsubscribed", "suppressed"] as const;
export type State = (typeof states)[number];

/** `agreed_at` is the latest consent, given anywhere; `agreed_page` and `agreed_wording` belong to it. */
const columns = [
  "email",
  "state",
  "requested_at",
  "agreed_at",
  "agreed_page",
  "agreed_wording",
  "left_at",
  "suppressed_at",
  "suppression_reason",
  "frequency",
  "books",
  "paused_until",
  "corrections_since",
] as const;

const Row = v.intersect([v.object({ id: v.string() }), v.record(v.string(), v.nullable(v.string()))]);
const SuppressionRow = v.object({ id: v.string(), reason: v.string(), at: v.string() });

export interface ExportOrder {
  /** Default: all states. */
  readonly state?: State | undefined;
  /** Receives the file in pieces. */
  readonly put: (text: string) => void;
  readonly onProgress: (done: number, of: number) => void;
  /** Rows per query. */
  readonly pageSize?: number | undefined;
}

/** Returns the number of rows. */
export async function exportSubscribers(execute: Execute, order: ExportOrder): Promise<number> {
  const { state, put, onProgress, pageSize } = order;
  const condition = state === undefined ? "1" : `state = ${sqlText(state)}`;
  let done = 0;
  let total = 0;
  const listing: Listing<typeof Row> = {
    schema: Row,
    page: (after, limit) => pageAfter(after, limit, condition),
    onRows: (rows) => {
      put(rows.map((row) => line(columns.map((name) => cellOf(name, row[name] ?? "")))).join(""));
      done += rows.length;
      if (done < total) onProgress(done, total);
    },
  };
  const [totals, first] = await execute([
    `SELECT COUNT(*) AS count FROM subscribers WHERE ${condition}`,
    firstPage(listing, pageSize),
  ]);
  total = parseTotal(totals);
  put(line(columns));
  await readOn(execute, listing, first, pageSize);
  return done;
}

/** Exports keyed hashes: they can be compared with TOKEN_KEYS, but not reversed into addresses. */
export async function exportSuppressions(
  execute: Execute,
  { put, pageSize }: Omit<ExportOrder, "state">,
): Promise<number> {
  let done = 0;
  const listing: Listing<typeof SuppressionRow> = {
    schema: SuppressionRow,
    page: (after, limit) =>
      `SELECT address_hash AS id, reason, at FROM suppressions WHERE address_hash > ${after} ORDER BY address_hash LIMIT ${limit}`,
    onRows: (rows) => {
      put(rows.map(({ id, reason, at }) => line([id, reason, at])).join(""));
      done += rows.length;
    },
  };
  put(line(["address_hash", "reason", "at"]));
  const [first] = await execute([firstPage(listing, pageSize)]);
  await readOn(execute, listing, first, pageSize);
  return done;
}

const pageAfter = (after: string, limit: number, condition: string): string => `
  SELECT s.id, s.email, s.state, s.requested_at, s.left_at, s.suppressed_at, s.suppression_reason, s.frequency, s.books,
    s.paused_until, s.corrections_since, c.at AS agreed_at, c.page AS agreed_page, c.wording AS agreed_wording
  FROM (SELECT * FROM subscribers WHERE id > ${after} AND ${condition} ORDER BY id LIMIT ${limit}) s
  LEFT JOIN consents c ON c.id = (SELECT a.id FROM consents a WHERE a.subscriber_id = s.id
    AND a.act IN ('confirmed', 'returned', 'address-changed') ORDER BY a.id DESC LIMIT 1)
  ORDER BY s.id`;

const cellOf = (name: string, value: string): string =>
  name === "books" && value !== "" ? (JSON.parse(value) as string[]).join(" ") : value;

/** RFC 4180 requires CRLF. */
const line = (cells: readonly string[]): string => stringify([cells.map(neutralised)], { record_delimiter: "\r\n" });
