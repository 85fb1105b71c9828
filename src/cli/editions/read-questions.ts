/** Reads the questions that `npm run newsletter -- identify` answers: is a chapter new, or moved? */
import * as v from "valibot";
import type { Execute } from "../wrangler/d1-execute.ts";

const QuestionRow = v.object({
  place: v.string(),
  mayBe: v.pipe(
    v.string(),
    v.transform((json) => v.parse(v.array(v.object({ id: v.string(), place: v.string() })), JSON.parse(json))),
  ),
  askedAt: v.string(),
  answer: v.nullable(v.string()),
  answeredAt: v.nullable(v.string()),
  /** What the author was told, of a question that no answer settles. */
  body: v.nullable(v.string()),
});

/** `place`: `book/slug` where the chapter is; `mayBe`: missing chapters and where each was last seen, the likeliest first. */
export type ChapterQuestion = v.InferOutput<typeof QuestionRow>;

/** The open ones are those without an answer. What an answer that no run has met yet names is no longer missing. */
export const selectQuestions = `SELECT q.place, q.asked_at AS askedAt, q.answer, q.answered_at AS answeredAt,
    CASE WHEN q.may_be = '[]' THEN (SELECT body FROM notices n WHERE n.id = 'question ' || q.place) END AS body,
    (SELECT json_group_array(json_object('id', m.value,
      'place', COALESCE((SELECT p.place FROM publications p WHERE p.chapter_id = m.value), m.value)))
      FROM json_each(q.may_be) m WHERE m.value NOT IN (SELECT a.answer FROM chapter_questions a
        WHERE a.answered_at >= q.asked_at AND EXISTS (SELECT 1 FROM release_state WHERE fingerprint = ''))) AS mayBe
  FROM chapter_questions q ORDER BY q.asked_at, q.place`;

export const parseQuestions = (rows: unknown): ChapterQuestion[] => v.parse(v.array(QuestionRow), rows);

export async function readQuestions(execute: Execute): Promise<ChapterQuestion[]> {
  const [rows] = await execute([selectQuestions]);
  return parseQuestions(rows);
}

export const isOpen = ({ answer }: ChapterQuestion): boolean => answer === null;
