/** Tests exports: all subscribers, page by page, safe against formulas in spreadsheets, and unchanged when imported again. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ExportOrder, exportSubscribers, exportSuppressions } from "../../../src/cli/import-export/export-list.ts";
import { asWritten, neutralised } from "../../../src/cli/import-export/formulas.ts";
import { type Author, openAuthor } from "./author.ts";

async function exported(author: Author, order: Partial<ExportOrder> = {}): Promise<string> {
  let text = "";
  const put = (piece: string) => {
    text += piece;
  };
  await exportSubscribers(author.database.execute, { put, onProgress: () => undefined, ...order });
  return text;
}
/** Sorted by email address, because an export is in the order of random ids. */
const sorted = (csv: string): string[] => csv.split("\r\n").filter(Boolean).sort();

test("everybody with state and consent; export, import elsewhere, export again: the same lines", async () => {
  using author = openAuthor();
  for (const name of [
    "mailchimp-subscribed.csv",
    "mailchimp-unsubscribed.csv",
    "mailchimp-cleaned.csv",
    "substack.csv",
  ])
    await author.takeIn(name);
  const consent = '=HYPERLINK("https://example.com"; "On paper")';
  await author.takeIn("odd.csv", { text: "email\n+plus@example.com\n=sum@example.com\n-minus@example.com\n", consent });
  author.database.write(`UPDATE subscribers SET books = '["tea","coffee"]', frequency = 'monthly', paused_until = '2026-04-01T00:00:00.000Z',
    corrections_since = '2026-02-01T00:00:00.000Z'
    WHERE email = 'bo@example.com'`);
  const first = await exported(author);
  expect(sorted(first)).toEqual(sorted(await exported(author, { pageSize: 2 })));
  expect(first.split("\r\n")[0]).toBe(
    "email,state,requested_at,agreed_at,agreed_page,agreed_wording,left_at,suppressed_at,suppression_reason,frequency,books,paused_until,corrections_since",
  );
  expect(first).toContain(
    "bo@example.com,confirmed,2019-03-01T08:00:00.000Z,2019-03-01T08:00:00.000Z,import:mailchimp,Subscribed through Mailchimp; imported when the newsletter moved here,,,,monthly,tea coffee,2026-04-01T00:00:00.000Z,2026-02-01T00:00:00.000Z",
  );
  expect(first).toContain(`'=sum@example.com,confirmed`);
  expect(first).toContain(`"'=HYPERLINK(""https://example.com""; ""On paper"")"`);

  using elsewhere = openAuthor();
  expect(await elsewhere.takeIn("list.csv", { text: first })).toBe("Imported: 10. Verified: everyone is on record.");
  expect(elsewhere.heard[0]).toContain("list.csv is an export from this engine (UTF-8, commas) with 10 rows.");
  expect(sorted(await exported(elsewhere))).toEqual(sorted(first));
});

test("one state alone; who has not confirmed is in the export, and no import takes them for subscribed", async () => {
  using author = openAuthor();
  author.database.write(
    "INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at) VALUES ('p', 'p@example.com', 'p@example.com', 'pending', 'k', '2026-02-28T00:00:00.000Z')",
  );
  await author.takeIn("mailchimp-unsubscribed.csv");
  const pending = await exported(author, { state: "pending" });
  expect(pending.split("\r\n")[1]).toBe("p@example.com,pending,2026-02-28T00:00:00.000Z,,,,,,,each,,,");
  expect(sorted(await exported(author, { state: "unsubscribed" })).length).toBe(2);
  using elsewhere = openAuthor();
  expect(await elsewhere.takeIn("p.csv", { text: pending })).toBe("Nothing to import.");
});

test("suppressed addresses without a subscriber are hashes", async () => {
  using author = openAuthor();
  author.database.write(
    "INSERT INTO suppressions (address_hash, reason, at) VALUES ('abc', 'erased', '2026-01-01'), ('abd', 'bounce', '2026-01-02')",
  );
  let text = "";
  const put = (piece: string) => {
    text += piece;
  };
  const rows = await exportSuppressions(author.database.execute, { put, onProgress: () => undefined, pageSize: 1 });
  expect([rows, text]).toEqual([2, "address_hash,reason,at\r\nabc,erased,2026-01-01\r\nabd,bounce,2026-01-02\r\n"]);
});

test("no cell begins like a formula, and each is read as it was", () => {
  const cell = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "'", "a", ";"), maxLength: 6 });
  fc.assert(
    fc.property(cell, (text) => {
      expect(neutralised(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      expect(asWritten(neutralised(text))).toBe(text);
    }),
  );
});
