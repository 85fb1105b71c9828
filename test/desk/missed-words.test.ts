/** Checks what the desk shows of searches without results. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MissedWords } from "../../src/desk/reading/missed-words.tsx";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { type Desk, openDesk, wordsOf } from "./author.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => void (await (await desk.world.database()).prepare("DELETE FROM missed_words").run()));

const insert = async (month: string, count: number, word: string | null) =>
  (await desk.world.database())
    .prepare("INSERT INTO missed_words VALUES (?, ?, ?, 7, ?)")
    .bind(month, crypto.randomUUID(), count, word)
    .run();
const section = async (): Promise<string> => {
  const { body, d1Calls } = await desk.see(href.deskReading());
  expect(d1Calls).toBe(1);
  return body.slice(body.indexOf("Searched for, not found"));
};

test("this month's and last month's most frequent words with their counts, each leading to its search", async () => {
  for (let index = 1; index <= 12; index += 1) await insert("2026-03", index, `word${index}`);
  await insert("2026-02", 3, "older");
  await insert("2026-01", 900, "oldest");
  await insert("2026-03", 1000, null);
  const html = await section();
  const text = wordsOf(html.slice(0, html.indexOf("</section>")));
  expect(text).toMatch(/March 2026 Word Searches word12 12 word11 11 .* word3 3 February 2026 Word Searches older 3/);
  expect(text).not.toMatch(/word2 |word1 |oldest|1,000/);
  expect(html).toContain('<a href="/search?q=older" dir="auto">older</a>');
});

test("a hostile word is text", async () => {
  await insert("2026-03", 3, '<img src=x onerror="alert(1)">&q=2');
  const html = await section();
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;q=2</a>");
  expect(html).toMatch(/href="\/search\?q=%3Cimg[^"<> ]*%26q%3D2"/);
});

test("without words it says when there are some, and without a key why there are none", async () => {
  await insert("2026-03", 50, null);
  expect(await section()).toContain("No words this month or last month.");
  expect(String(MissedWords({ words: en.desk, missed: [], isCounted: false }))).toContain("set TOKEN_KEYS");
});

test("only the words that are shown are read, however many hashes there are", async () => {
  const db = await desk.world.database();
  await db
    .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
      INSERT INTO missed_words SELECT '2026-03', 'h' || i, 5, 1, NULL FROM n`)
    .run();
  const plan = await db
    .prepare(`EXPLAIN QUERY PLAN SELECT month, word, count FROM missed_words
      WHERE month = '2026-03' AND word IS NOT NULL ORDER BY count DESC LIMIT 10`)
    .all<{ detail: string }>();
  expect(plan.results.map(({ detail }) => detail)).toEqual([
    "SEARCH missed_words USING INDEX missed_words_shown (month=?)",
  ]);
});
