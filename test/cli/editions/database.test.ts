/** Tests database access of the author's commands: values in SQL, and wrangler's errors in helpful words. */
import { expect, test } from "vitest";
import { explain } from "../../../src/cli/explain-failure.ts";
import { isChapterId, isEditionId, isNoticeId, sqlText } from "../../../src/cli/sql-text.ts";
import { runProgram } from "../../../src/publish/run-program.ts";
import { openPaperDatabase } from "./paper-database.ts";

test.each(["plain", "it's", "'; DROP TABLE editions; --", "\\' \" ` [x", "a\nb", "''", ""])(
  "%j comes out of SQL as it went in",
  async (value) => {
    using database = openPaperDatabase();
    expect(await database.execute([`SELECT ${sqlText(value)} AS value`])).toEqual([[{ value }]]);
  },
);

test("a NUL is not written into SQL, and no name with a semicolon or a quote is looked for", () => {
  expect(() => sqlText("a\0b")).toThrow("SQL text cannot contain a NUL character.");
  const isName = [isEditionId, isChapterId, isNoticeId];
  expect(isName.map((is) => is("each_a;b"))).toEqual([false, false, false]);
  expect(isName.map((is) => is("tea/it's"))).toEqual([false, false, false]);
  expect(isEditionId("weekly_2026-02-02_0840")).toBe(true);
  expect(isChapterId("graph-networks/gat")).toBe(true);
  expect(isNoticeId("history graph-networks/gat")).toBe(true);
});

test.each([
  [
    "A request to the Cloudflare API (/accounts/1/d1/database/ml-blog) failed.\nAuthentication error [code: 10000]",
    "Cloudflare does not accept this login. Log in again with `npx wrangler login`,\nor check CLOUDFLARE_API_TOKEN: it needs the D1 Edit permission.\n\nA request to the Cloudflare API (/accounts/1/d1/database/ml-blog) failed.\nAuthentication error [code: 10000]",
  ],
  [
    "statement too long: SQLITE_TOOBIG",
    "A statement is longer than the 100 KB that D1 accepts, so nothing was executed.\nShorten the longest text in it.\n\nstatement too long: SQLITE_TOOBIG",
  ],
  [
    "spawn E2BIG",
    "The statements are longer than this system allows on a command line, so nothing\nwas executed.\n\nspawn E2BIG",
  ],
  [
    "A fetch request failed, likely due to a connectivity issue.\nread ECONNRESET",
    "The connection to Cloudflare was lost before the response was complete. It is\nnot known whether the request was carried out; run the command again, it is safe\nto repeat.\n\nA fetch request failed, likely due to a connectivity issue.\nread ECONNRESET",
  ],
  [
    "fetch failed: getaddrinfo ENOTFOUND api.cloudflare.com",
    "Cloudflare cannot be reached. Check the network connection of this machine.\n\nfetch failed: getaddrinfo ENOTFOUND api.cloudflare.com",
  ],
  [
    "fetch failed: The operation was aborted due to timeout",
    "Cloudflare did not answer in time. Run the command again in a moment; it is safe\nto repeat.\n\nfetch failed: The operation was aborted due to timeout",
  ],
  ["database is locked: SQLITE_BUSY", "The database is busy. Try again in a moment."],
  [
    "no such column: uncertain_until: SQLITE_ERROR",
    "The database exists, but its migrations are not applied: run `npm run deploy`.",
  ],
  [
    "D1 is overloaded.",
    "The database returned an unexpected response. It is not known whether your\ncommand was applied; run it again, it is safe to repeat.\n\nD1 is overloaded.",
  ],
])("%j is explained", (output, words) => {
  expect(explain(output, "remote")).toBe(words);
});

test("a command line that is too long is a failed run, not a crash", async () => {
  const { ok, output } = await runProgram(process.execPath, ["-e", "1", "x".repeat(10_000_000)]);
  expect([ok, output]).toEqual([false, expect.stringMatching(/E2BIG|ENAMETOOLONG/)]);
});
