/** Reads the questions to the author about chapters, new or moved: the desk runs the statement, `npm run newsletter` prints it for wrangler. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { Database } from "../../db/database.ts";

const MissingChapter = v.object({
  /** Its identity. */
  id: v.string(),
  /** `book/slug` where it was last. */
  place: v.string(),
  /** ISO 8601. */
  published: v.nullable(v.string()),
});
export type MissingChapter = v.InferOutput<typeof MissingChapter>;

const QuestionRow = v.object({
  /** `book/slug` of the chapter that has appeared. */
  place: v.string(),
  /** Chapters that are missing, the likeliest first. */
  mayBe: v.pipe(
    v.string(),
    v.transform((json) => v.parse(v.array(MissingChapter), JSON.parse(json))),
  ),
  askedAt: v.string(),
  answer: v.nullable(v.string()),
  answeredAt: v.nullable(v.string()),
  /** Text of the notice about it, if no answer resolves the question: another chapter was at this URL, and has moved. */
  body: v.nullable(v.string()),
});
export type ChapterQuestion = v.InferOutput<typeof QuestionRow>;

/**
 * Questions `q`, whose rows `parseQuestions` reads. A missing chapter that an answer already names is left out, although
 * no cron run has applied that answer yet.
 */
export const selectQuestions = (condition: SQL): SQL => sql`SELECT q.place, q.asked_at AS askedAt, q.answer,
    q.answered_at AS answeredAt,
    CASE WHEN q.may_be = '[]' THEN (SELECT body FROM notices n WHERE n.id = 'question ' || q.place) END AS body,
    (SELECT json_group_array(json_object('id', m.value, 'place', COALESCE(p.place, m.value), 'published', p.published_at))
      FROM json_each(q.may_be) m LEFT JOIN publications p ON p.chapter_id = m.value
      WHERE m.value NOT IN (SELECT a.answer FROM chapter_questions a
        WHERE a.answered_at >= q.asked_at AND EXISTS (SELECT 1 FROM release_state WHERE fingerprint = ''))) AS mayBe
  FROM chapter_questions q WHERE ${condition} ORDER BY q.asked_at, q.place`;

export const isUnanswered: SQL = sql`q.answer IS NULL`;

export const parseQuestions = (rows: unknown): ChapterQuestion[] => v.parse(v.array(QuestionRow), rows);

export const findOpenQuestions = async (db: Database): Promise<ChapterQuestion[]> =>
  parseQuestions(await db.all(selectQuestions(isUnanswered)));
