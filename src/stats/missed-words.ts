/**
 * Stores the words of searches without results: one row for each month and word, without the reader. A row says in which of 16
 * buckets the word's readers are, as bits. Three bits prove three different networks, and only then is the word itself stored: a
 * rare word may be a name.
 */
import { sql } from "drizzle-orm";
import { type Database, iso, transact } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { networkOf } from "../http/network.ts";
import { keyedHash } from "../http/signing.ts";

/** Words counted per month. Later ones are not, so a flood cannot fill the database. */
export const maxMissedWords = 1000;

/** Reader of a search. */
interface Searcher {
  readonly ip: string | undefined;
}

interface MissedWord {
  readonly hash: string;
  readonly bit: number;
  readonly word: string;
}

/**
 * Buckets are networks, not user agents, which one person can change at will. A word has other buckets than any other word or
 * month, so rows do not show which words a network searched for.
 */
async function hashWord(word: string, month: string, { ip }: Searcher, key: SigningKey): Promise<MissedWord> {
  const [hash, reader] = await Promise.all([
    keyedHash("missed-word", `${month} ${word}`, key),
    keyedHash("missed-word-reader", `${month} ${word} ${networkOf(ip)}`, key),
  ]);
  return { hash: hash.slice(0, 32), bit: 1 << Number.parseInt(reader.slice(0, 1), 16), word };
}

/** Clearing the lowest bit twice leaves none of two. */
const hasThreeReaders = sql`(readers & (readers - 1)) & ((readers & (readers - 1)) - 1) <> 0`;

/** Counts the words of one search, in one call of D1. A search that is written as the month fills up adds a few rows more. */
export async function writeMissedWords(
  db: Database,
  key: SigningKey,
  words: readonly string[],
  { now, ...searcher }: Searcher & { readonly now: number },
): Promise<void> {
  const month = monthOf(now);
  const hashed = await Promise.all(words.map((word) => hashWord(word, month, searcher, key)));
  const rows = JSON.stringify(hashed.map(({ hash, bit, word }) => [hash, bit, word]));
  await transact(db, [
    sql`INSERT INTO missed_words (month, hash, count, readers)
      SELECT ${month}, value ->> 0, 1, value ->> 1 FROM json_each(${rows})
      WHERE EXISTS (SELECT 1 FROM missed_words WHERE month = ${month} AND hash = value ->> 0)
        OR (SELECT COUNT(*) FROM missed_words WHERE month = ${month}) < ${maxMissedWords}
      ON CONFLICT (month, hash) DO UPDATE SET count = count + 1, readers = readers | excluded.readers`,
    sql`UPDATE missed_words SET word = (SELECT value ->> 2 FROM json_each(${rows}) WHERE value ->> 0 = hash)
      WHERE month = ${month} AND hash IN (SELECT value ->> 0 FROM json_each(${rows})) AND word IS NULL
        AND ${hasThreeReaders}`,
  ]);
}

/** Cost of `deleteMissedWords`, for the call budget that the run shares with the newsletter. */
export const deleteMissedCost = { queries: 1, calls: 1 } as const;

/** Deletes the words of all months before the last one. */
export async function deleteMissedWords(db: Database, now: number): Promise<void> {
  const [year = 0, month = 1] = monthOf(now).split("-").map(Number);
  const lastMonth = monthOf(Date.UTC(year, month - 2, 1));
  await db.run(sql`DELETE FROM missed_words WHERE month < ${lastMonth}`);
}

const monthOf = (now: number): string => iso(now).slice(0, 7);
