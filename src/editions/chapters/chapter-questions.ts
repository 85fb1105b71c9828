/**
 * Asks the author what only the author can decide: one chapter has disappeared from its URL, another has appeared, and its
 * front matter does not say whether they are the same. Nothing is emailed before the answer.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../../db/database.ts";
import { asksAboutInSql } from "../../library/asked-places.ts";
import type { Question } from "../../library/identify-release.ts";
import type { Words } from "../../ui/words/words.ts";
import { authorCommand } from "../notices.ts";
import { isCurrent } from "./release-record.ts";

const asks = (place: string): SQL => sql.raw(asksAboutInSql(place));

/** Inserts each question once and keeps its list of possible chapters up to date. An answer is final. */
export const askAbout = (questions: readonly Question[], now: number): SQL[] =>
  questions.length === 0
    ? []
    : [
        sql`INSERT INTO chapter_questions (place, may_be, asked_at)
          SELECT value ->> 'place', value -> 'mayBe', ${iso(now)} FROM json_each(${JSON.stringify(questions)}) WHERE true
          ON CONFLICT (place) DO UPDATE SET may_be = excluded.may_be WHERE answer IS NULL`,
      ];

/**
 * Deletes questions that have become unnecessary: the front matter decides now, or the missing chapter is back. `asked`:
 * questions that remain.
 */
export const closeQuestions = (clear: readonly string[], asked: readonly Question[], now: number): SQL[] => {
  const places = JSON.stringify(asked.map(({ place }) => place));
  return [
    sql`DELETE FROM chapter_questions WHERE answer IS NULL AND ${isCurrent}
      AND place IN (SELECT value FROM json_each(${JSON.stringify(clear)}))`,
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE resolved_at IS NULL AND id LIKE 'question %' AND ${isCurrent}
      AND NOT EXISTS (SELECT 1 FROM json_each(${places}) WHERE ${asks("value")})`,
  ];
};

/** Chapters that a notice describes in full. */
const maxNamed = 3;

/** Text of the notice: one for all questions, because renaming a book is one event for the author. */
export function questionsText(questions: readonly Question[], { notices }: Words): string {
  const words = notices.question;
  const others = questions.slice(maxNamed).map(({ place }) => place);
  const rest = others.length > 0 ? [words.others(others.join(", "))] : [];
  return [...questions.slice(0, maxNamed).map((question) => questionText(question, words)), ...rest].join(" ");
}

function questionText({ place, mayBe, taken }: Question, words: Words["notices"]["question"]): string {
  if (taken !== undefined) {
    return place === taken ? words.formerUrl(place, taken) : words.sameIdentity(place, taken);
  }
  return words.moved(place, mayBe.slice(0, maxNamed).join(", "), Math.max(0, mayBe.length - maxNamed), {
    moved: authorCommand(`identify ${place} ${mayBe[0]}`),
    isNew: authorCommand(`identify ${place} new`),
  });
}

/**
 * Records the answer: an identity from the question's list, or `new`. The next run applies it. False if the question is not
 * open, or the chapter is no longer missing. `now` in milliseconds.
 */
export async function answerQuestion(db: Database, place: string, answer: string, now: number): Promise<boolean> {
  const rows = await persist(() => transact(db, answerStatements(place, answer, now)));
  return (rows.at(-1) ?? []).length > 0;
}

/**
 * The statements, which `npm run newsletter -- identify` also sends. The last one returns the place if its question was
 * open.
 */
export function answerStatements(place: string, answer: string, now: number): SQL[] {
  const isOpen = sql`place = ${place} AND answer IS NULL
    AND (${answer} = 'new' OR ${answer} IN (SELECT value FROM json_each(may_be)))`;
  return [
    // The notice may ask about other chapters, too.
    sql`UPDATE notices SET resolved_at = ${iso(now)}
      WHERE resolved_at IS NULL AND EXISTS (SELECT 1 FROM chapter_questions WHERE ${isOpen} AND ${asks("place")})
        AND NOT EXISTS (SELECT 1 FROM chapter_questions WHERE answer IS NULL AND place <> ${place} AND ${asks("place")})`,
    sql`UPDATE release_state SET fingerprint = '' WHERE EXISTS (SELECT 1 FROM chapter_questions WHERE ${isOpen})`,
    sql`UPDATE chapter_questions SET answer = ${answer}, answered_at = ${iso(now)} WHERE ${isOpen} RETURNING place`,
  ];
}
