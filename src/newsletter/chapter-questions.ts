/**
 * Questions that only the author can answer: a chapter has disappeared under one URL, one has appeared under
 * another, and its front matter does not say whether they are the same. Until the answer nothing is emailed.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../db/database.ts";
import type { Question } from "../library/identify-release.ts";
import { authorCommand } from "./notices.ts";

/** Asked once; what it may be is kept up to date. An answer is final. */
export const askAbout = (questions: readonly Question[], now: number): SQL[] =>
  questions.length === 0
    ? []
    : [
        sql`INSERT INTO chapter_questions (place, may_be, asked_at)
          SELECT value ->> 'place', value -> 'mayBe', ${iso(now)} FROM json_each(${JSON.stringify(questions)}) WHERE true
          ON CONFLICT (place) DO UPDATE SET may_be = excluded.may_be WHERE answer IS NULL`,
      ];

/** These chapters are clear: the front matter says it now, or what was missing is back. */
export const closeQuestions = (places: readonly string[], now: number): SQL[] => {
  if (places.length === 0) return [];
  const list = sql`(SELECT value FROM json_each(${JSON.stringify(places)}))`;
  const isOpen = sql`answer IS NULL AND place IN ${list}`;
  return [
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE resolved_at IS NULL
      AND id IN (SELECT 'question ' || place FROM chapter_questions WHERE ${isOpen})`,
    sql`DELETE FROM chapter_questions WHERE ${isOpen}`,
  ];
};

/** Of the notice that goes with it. */
export const questionNotice = (place: string): string => `question ${place}`;

/** Most chapters that a notice names; the others are found by the command. */
const maxNamed = 3;

/** What the author is told, and asked. */
export function questionText({ place, mayBe, taken }: Question): string {
  if (taken !== undefined) {
    return `${place} stands where ${taken} stood, which has moved. Give it an identity of its own in its front matter, \`id: ${place}-2\` for example, and deploy. Until then nothing of it is emailed.`;
  }
  const named = mayBe.slice(0, maxNamed).join(", ");
  const others = mayBe.length > maxNamed ? ` and ${mayBe.length - maxNamed} more` : "";
  return `${place} has appeared, and ${named}${others} disappeared. Is it the same chapter under a new URL, or a new one? Nothing of it is emailed until you answer: ${authorCommand(`identify ${place} ${mayBe[0]}`)} if it moved, ${authorCommand(`identify ${place} new`)} if it is new.`;
}

/**
 * Writes down which chapter it is: an identity that it may have, or `new`. The next run goes by it. False when the
 * question is not open, or the chapter is no longer missing. `now` in milliseconds.
 */
export async function answerQuestion(db: Database, place: string, answer: string, now: number): Promise<boolean> {
  const rows = await persist(() => transact(db, answerStatements(place, answer, now)));
  return (rows.at(-1) ?? []).length > 0;
}

/** `npm run newsletter -- identify` writes the same (publish/mailings/answers.ts): a test holds the two together. */
export function answerStatements(place: string, answer: string, now: number): SQL[] {
  const isOpen = sql`place = ${place} AND answer IS NULL
    AND (${answer} = 'new' OR ${answer} IN (SELECT value FROM json_each(may_be)))`;
  const isAsked = sql`EXISTS (SELECT 1 FROM chapter_questions WHERE ${isOpen})`;
  return [
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = ${questionNotice(place)} AND resolved_at IS NULL AND ${isAsked}`,
    sql`UPDATE release_state SET fingerprint = '' WHERE ${isAsked}`,
    sql`UPDATE chapter_questions SET answer = ${answer}, answered_at = ${iso(now)} WHERE ${isOpen} RETURNING place`,
  ];
}
