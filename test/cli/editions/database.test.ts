/** Between the author and the database: values in SQL, and what wrangler says in words that help. */
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
  expect(() => sqlText("a\0b")).toThrow("A NUL cannot stand in SQL.");
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
    "Cloudflare does not accept this login. Log in anew with `npx wrangler login`, or\nlook at CLOUDFLARE_API_TOKEN: it needs the permission to edit D1.\n\nA request to the Cloudflare API (/accounts/1/d1/database/ml-blog) failed.\nAuthentication error [code: 10000]",
  ],
  [
    "statement too long: SQLITE_TOOBIG",
    "A statement is longer than D1 accepts, which is 100 KB, so nothing was executed.\nShorten the longest text that goes into it.\n\nstatement too long: SQLITE_TOOBIG",
  ],
  [
    "spawn E2BIG",
    "The statements are longer than a command line of this system may be, so nothing\nwas executed.\n\nspawn E2BIG",
  ],
  [
    "A fetch request failed, likely due to a connectivity issue.\nread ECONNRESET",
    "The connection to Cloudflare broke off before the answer was complete. Whether\nthe request was carried out is not known; run the command again, nothing is done\ntwice.\n\nA fetch request failed, likely due to a connectivity issue.\nread ECONNRESET",
  ],
  [
    "fetch failed: getaddrinfo ENOTFOUND api.cloudflare.com",
    "Cloudflare cannot be reached. Is this machine connected to the network?\n\nfetch failed: getaddrinfo ENOTFOUND api.cloudflare.com",
  ],
  [
    "fetch failed: The operation was aborted due to timeout",
    "Cloudflare did not answer in time. Run the command again in a moment; nothing is\ndone twice.\n\nfetch failed: The operation was aborted due to timeout",
  ],
  ["database is locked: SQLITE_BUSY", "The database is busy with something else. Try again in a moment."],
  [
    "no such column: uncertain_until: SQLITE_ERROR",
    "The database is there, but not prepared: `npm run deploy` applies the\nmigrations.",
  ],
  [
    "D1 is overloaded.",
    "The database did not answer as it should. Whether an answer of yours came\nthrough is not known; give it again, nothing is done twice.\n\nD1 is overloaded.",
  ],
])("%j is explained", (said, words) => {
  expect(explain(said, "remote")).toBe(words);
});

test("a command line that is too long is a failed run, not a crash", async () => {
  const { ok, output } = await runProgram(process.execPath, ["-e", "1", "x".repeat(10_000_000)]);
  expect([ok, output]).toEqual([false, expect.stringMatching(/E2BIG|ENAMETOOLONG/)]);
});
