/** Writes a generated desk into a database, many rows per statement. */
import type { InventedDesk, ReadingRow } from "./invented-desk.ts";

const rowsAtOnce = 4000;

export async function fillDesk(db: D1Database, desk: InventedDesk): Promise<void> {
  const insert = async (table: string, rows: readonly object[]) => {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const picked = columns.map((column) => `value ->> '${column}'`).join(", ");
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) SELECT ${picked} FROM json_each(?)`);
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      await statement.bind(JSON.stringify(rows.slice(from, from + rowsAtOnce))).run();
    }
  };
  await insert("reading_days", desk.reading);
  await insert(
    "tallies",
    desk.tallies.map(({ id, at, rows }) => ({ id, at, counts: JSON.stringify(rows.map(asList)) })),
  );
  await insert(
    "subscribers",
    desk.subscribers.map((row) => ({
      ...row,
      email: `${row.id}@example.com`,
      address_key: `${row.id}@example.com`,
      leave_key: "x",
    })),
  );
  await insert(
    "consents",
    desk.consents.map((row) => ({ ...row, page: "/", wording: "Subscribe" })),
  );
  await insert(
    "suppressions",
    desk.suppressions.map((row, index) => ({ ...row, address_hash: `hash${index}` })),
  );
  await insert(
    "editions",
    desk.editions.map((row) => ({ ...row, chapters: JSON.stringify(row.chapters), mails: "[]" })),
  );
  await insert("deliveries", desk.deliveries);
  await insert("feedback", desk.feedback);
  await insert("webhook_events", desk.events);
}

const asList = ({ day, page, measure, source, count }: ReadingRow) => [day, page, measure, source, count];

/** Empties every table. */
export async function emptyDesk(db: D1Database): Promise<void> {
  const tables = [
    "reading_days",
    "reading_weeks",
    "reading_totals",
    "summed_weeks",
    "summed_keys",
    "reading_pages",
    "reading_spans",
    "summed_days",
    "tallies",
    "subscribers",
    "consents",
    "suppressions",
    "editions",
    "deliveries",
    "letters",
    "feedback",
    "reader_messages",
    "missed_words",
    "webhook_events",
    "notices",
    "publications",
    "chapter_keys",
    "chapter_questions",
    "release_state",
    "newsletter",
  ];
  await db.batch(tables.map((table) => db.prepare(`DELETE FROM ${table}`)));
}
