/** Tests how words of searches without results are stored: in clear for three readers only, by month, within a limit. */
import { beforeEach, expect, test } from "vitest";
import { deleteMissedWords as deleteFromBackup } from "../../src/cli/backup/delete-missed-words.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { countedWords } from "../../src/search/counted-words.ts";
import { runHourly } from "../../src/stats/hourly.ts";
import { deleteMissedCost, maxMissedWords, writeMissedWords } from "../../src/stats/missed-words.ts";
import { dropsOf } from "../cli/backup/drops.ts";
import { FakeD1, migrate } from "../fakes/d1.ts";

const key = { id: "k1", secret: "a".repeat(40) };
const march = Date.parse("2026-03-31T23:59:00Z");

let d1: FakeD1;
let db: Database;
beforeEach(() => {
  d1 = new FakeD1();
  db = openDatabase(d1.binding());
});

interface Row {
  readonly month: string;
  readonly hash: string;
  readonly count: number;
  readonly readers: number;
  readonly word: string | null;
}
const rows = () => d1.query<Row>("SELECT * FROM missed_words ORDER BY month, word, hash");
const search = (words: readonly string[], ip: string | undefined, now = march) =>
  writeMissedWords(db, key, words, { ip, now });
const bitsOf = ({ readers }: Pick<Row, "readers">): number => readers.toString(2).replaceAll("0", "").length;

/** Searches from new networks until the word has so many buckets. Returns the number of searches. */
async function searchFromBuckets(word: string, buckets: number): Promise<number> {
  for (let count = 1; count < 200; count += 1) {
    await search([word], `10.0.${count}.1`);
    const [row] = rows();
    if (row && bitsOf(row) === buckets) return count;
  }
  throw new Error("There are sixteen buckets.");
}

test("two readers, however often and with whatever browsers, leave a number and no word", async () => {
  const count = await searchFromBuckets("zzyzx", 2);
  for (let again = 0; again < 30; again += 1) await search(["zzyzx"], `10.0.${count}.${again}`);
  for (let again = 0; again < 30; again += 1) await search(["zzyzx"], "10.0.1.7");
  const [row, ...others] = rows();
  expect(others).toEqual([]);
  expect(row).toMatchObject({ month: "2026-03", count: count + 60, word: null });
  expect(JSON.stringify(rows())).not.toContain("zzyzx");
  expect(row?.hash).toMatch(/^[0-9a-f]{32}$/);
});

test("the third reader's search stores the word, and later ones add to its count", async () => {
  const count = await searchFromBuckets("zzyzx", 3);
  expect(rows()).toMatchObject([{ count, word: "zzyzx" }]);
  await search(["zzyzx"], "10.0.1.1");
  expect(rows()).toMatchObject([{ count: count + 1, word: "zzyzx" }]);
});

test.each([2, 3, 4, 16])("of %i buckets, whichever they are, the word is stored from three on", async (buckets) => {
  const count = await searchFromBuckets("zzyzx", buckets);
  expect(count).toBeGreaterThanOrEqual(buckets);
  expect(rows()[0]?.word).toBe(buckets < 3 ? null : "zzyzx");
});

test("readers without an address are one reader", async () => {
  for (let again = 0; again < 40; again += 1) await search(["zzyzx"], undefined);
  expect(rows()).toMatchObject([{ count: 40, word: null }]);
});

test("a search's words are counted each, with buckets of their own, in one call", async () => {
  const words = ["one", "two", "three", "four"];
  let calls = 0;
  const counted = openDatabase(
    d1.binding(async (_, work) => {
      calls += 1;
      return work();
    }),
  );
  for (let reader = 0; reader < 8; reader += 1) {
    calls = 0;
    await writeMissedWords(counted, key, words, { ip: `10.1.${reader}.1`, now: march });
    expect(calls).toBe(1);
  }
  expect(rows().map(({ word }) => word)).toEqual([...words].sort());
  expect(new Set(rows().map(({ readers }) => readers)).size).toBeGreaterThan(1);
});

test("each month begins anew, with other hashes, and only its predecessor is kept", async () => {
  await search(["zzyzx"], "10.0.1.1", march);
  await search(["zzyzx"], "10.0.1.1", march + 60_000);
  expect(rows().map(({ month, count }) => [month, count])).toEqual([
    ["2026-03", 1],
    ["2026-04", 1],
  ]);
  expect(rows()[0]?.hash).not.toBe(rows()[1]?.hash);
  const months = async (now: string) => {
    const cost = await runHourly(d1.binding(), Date.parse(now));
    return [cost, rows().map(({ month }) => month)];
  };
  expect(await months("2026-04-30T23:50:00Z")).toEqual([deleteMissedCost, ["2026-03", "2026-04"]]);
  expect(await months("2026-05-01T00:50:00Z")).toEqual([deleteMissedCost, ["2026-04"]]);
  expect(await months("2027-01-01T00:50:00Z")).toEqual([deleteMissedCost, []]);
  await search(["zzyzx"], "10.0.1.1", Date.parse("2026-12-31T12:00:00Z"));
  expect(await months("2027-01-31T00:50:00Z")).toEqual([deleteMissedCost, ["2026-12"]]);
});

test("a flood of words fills the month, and no more; known words and other months are counted as before", async () => {
  await search(["known"], "10.0.1.1");
  for (let flood = 0; flood < maxMissedWords / 4 + 20; flood += 1) {
    await search(
      [0, 1, 2, 3].map((part) => `flood${flood}x${part}`),
      "192.0.2.1",
    );
  }
  const full = rows().length;
  expect(full).toBeGreaterThanOrEqual(maxMissedWords);
  expect(full).toBeLessThan(maxMissedWords + 4);
  await search(["late", "known"], "10.0.2.1");
  expect(rows().length).toBe(full);
  expect(d1.query<Row>("SELECT * FROM missed_words WHERE count = 2").length).toBe(1);
  await search(["late"], "10.0.2.1", march + 60_000);
  expect(rows().length).toBe(full + 1);
});

test("at most four words are counted, folded and shortened; no formula, stop word or single character", () => {
  expect(countedWords("The Überfitting OF überfitting, a b attention-span")).toEqual([
    "uberfitting",
    "attention",
    "span",
  ]);
  expect(countedWords("one two three four five six")).toHaveLength(4);
  expect(countedWords("x".repeat(150))).toEqual(["x".repeat(64)]);
  for (const nothing of ["", " ", "C++", "the of a", "softmax(QK^T)", "\\sqrt{d_k}", "💥"]) {
    expect([nothing, countedWords(nothing)]).toEqual([nothing, []]);
  }
  expect(countedWords("(عسل)")).toEqual(["عسل"]);
});

test("after the migration, the version before it finds all it needs, and its rows are there", async () => {
  d1.inside((sqlite) => {
    for (const statement of dropsOf(sqlite)) sqlite.exec(statement);
  });
  d1.inside((sqlite) => migrate(sqlite, (name) => name < "0020"));
  const before = [
    "INSERT INTO reading_days VALUES ('2026-03-01', 'tea/', 'view', '', 3)",
    "INSERT INTO feedback (id, page, at, clear) VALUES ('a', 'tea/', '2026-03-01', 1)",
    "INSERT INTO tallies VALUES ('t', '2026-03-01', '[]')",
  ];
  for (const statement of before) d1.query(statement);
  const schema = () =>
    d1.query(
      "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'missed_words' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
  const counts = () => ["reading_days", "feedback", "tallies"].map((table) => d1.query(`SELECT * FROM ${table}`));
  const [oldSchema, oldCounts] = [schema(), counts()];
  d1.inside((sqlite) => migrate(sqlite, (name) => name >= "0020" && name < "0021"));
  expect([schema(), counts()]).toEqual([oldSchema, oldCounts]);
  await searchFromBuckets("zzyzx", 3);
  expect(rows()).toMatchObject([{ word: "zzyzx" }]);
});

test("a backup contains no words, and neither hashes nor buckets", async () => {
  await searchFromBuckets("zzyzx", 3);
  expect(d1.inside(deleteFromBackup)).toBe(1);
  expect(rows()).toEqual([]);
  expect(d1.inside(deleteFromBackup)).toBe(0);
  d1.inside((sqlite) => sqlite.exec("DROP TABLE missed_words"));
  expect(d1.inside(deleteFromBackup), "a database from before there were any").toBe(0);
});
