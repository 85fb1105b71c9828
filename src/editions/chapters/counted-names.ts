/** Moves statistics, feedback and messages that were recorded under a temporary name of a chapter to its identity. */
import { type SQL, sql } from "drizzle-orm";
import { isCurrent } from "./release-record.ts";

/** `[name, identity]` of chapters; an overview (`tea/tea`) is counted as `tea/`. No statements if there is nothing to move. */
export function moveCounts(moves: readonly (readonly [string, string])[]): SQL[] {
  if (moves.length === 0) return [];
  const list = JSON.stringify(moves.map(([from, to]) => ({ from: counted(from), to: counted(to) })));
  const target = (column: SQL) =>
    sql`COALESCE((SELECT m.value ->> 'to' FROM json_each(${list}) m WHERE m.value ->> 'from' = ${column}), ${column})`;
  const isMoved = (column: SQL) =>
    sql`(${isCurrent} AND ${column} IN (SELECT m.value ->> 'from' FROM json_each(${list}) m))`;
  const [page, source] = [sql`page`, sql`source`];
  return [
    sql`INSERT INTO reading_days (day, page, measure, source, count)
      SELECT day, ${target(page)}, measure, ${target(source)}, SUM(count) FROM reading_days
      WHERE ${isMoved(page)} OR ${isMoved(source)} GROUP BY 1, 2, 3, 4
      ON CONFLICT (day, page, measure, source) DO UPDATE SET count = count + excluded.count`,
    sql`DELETE FROM reading_days WHERE ${isMoved(page)} OR ${isMoved(source)}`,
    sql`UPDATE feedback SET page = ${target(page)} WHERE ${isMoved(page)}`,
    sql`UPDATE reader_messages SET page = ${target(page)} WHERE ${isMoved(page)}`,
  ];
}

function counted(name: string): string {
  const [book = "", slug] = name.split("/");
  return book === slug ? `${book}/` : name;
}
