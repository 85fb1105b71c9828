/**
 * The author's answers as SQL. Each is one transaction; and each of its statements names the state that it needs
 * and leaves nothing half-said, so that an answer may be given again, whatever became of the one before, and a
 * cron run at the same moment comes either before it or after it.
 *
 * | from             | answer     | to                                  |
 * | ---------------- | ---------- | ----------------------------------- |
 * | sending          | `stop`     | stopped, reason `author`            |
 * | stopped          | `continue` | sending                             |
 * | sending, stopped | `skip`     | done, stop reason `skipped`         |
 * | history          | `announce` | news: the next cron run opens it    |
 * | unclear, missing | `identify` | known: the next cron run goes by it |
 */
import { asksAboutInSql } from "../../library/asked-places.ts";
import { sqlText } from "../sql-text.ts";
import { isAhead, isThere, wants } from "./waiting.ts";

const byAuthor = sqlText("skipped by the author");

/** Nothing more of it is claimed. The last statement gives the edition, if it was being sent. */
export const stopStatements = (edition: string, at: string): string[] => [
  `UPDATE editions SET state = 'stopped', stopped_at = ${sqlText(at)}, stop_reason = 'author'
    WHERE id = ${sqlText(edition)} AND state = 'sending' RETURNING id`,
];

/** It is sealed and posted on from where it stood. The last statement gives the edition, if it was stopped. */
export const continueStatements = (edition: string, at: string): string[] => [
  ...settleStop(edition, at),
  `UPDATE editions SET state = 'sending', stopped_at = NULL, stop_reason = NULL
    WHERE id = ${sqlText(edition)} AND state = 'stopped' RETURNING id`,
];

/**
 * What no run has tried is skipped; what one has tried, or is posting at this moment, may have arrived: uncertain.
 * Whoever was not come to yet is noted as skipped, so that no digest brings it later. The last statement gives the
 * edition, if it was open.
 */
export function skipStatements(edition: string, at: string): string[] {
  const id = sqlText(edition);
  const now = sqlText(at);
  // Stopped first: from here on no run claims a batch or seals one.
  const isStopped = `EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND state = 'stopped')`;
  return [
    ...stopStatements(edition, at),
    `UPDATE deliveries SET state = 'skipped', reason = ${byAuthor}, changed_at = ${now}
      FROM (SELECT c.value AS chapter, json_extract(m.value, '$.subscriber') AS subscriber
        FROM batches b, json_each(b.members) m, json_each(m.value, '$.chapters') c
        WHERE b.edition_id = ${id} AND b.state = 'sealed' AND b.unknown_since IS NULL) untried
      WHERE chapter_id = untried.chapter AND subscriber_id = untried.subscriber
        AND edition_id = ${id} AND deliveries.state = 'sending' AND ${isStopped}`,
    `UPDATE deliveries SET state = 'uncertain', reason = 'skipped by the author while it was being posted', changed_at = ${now}
      WHERE chapter_id IN (SELECT c.value FROM editions e, json_each(e.chapters) c WHERE e.id = ${id})
        AND edition_id = ${id} AND state = 'sending' AND ${isStopped}`,
    `UPDATE batches SET state = CASE WHEN unknown_since IS NULL THEN 'settled' ELSE 'uncertain' END,
        members = '[]', error = ${byAuthor}, settled_at = ${now}
      WHERE edition_id = ${id} AND state = 'sealed' AND ${isStopped}`,
    // As in sealing: of a digest, whoever is away has no record, and finds what was missed in the next one.
    `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
      SELECT c.value, s.id, e.id, 'skipped', ${byAuthor}, ${now}
      FROM editions e JOIN subscribers s ON ${isAhead} JOIN json_each(e.chapters) c ON ${wants}
      WHERE e.id = ${id} AND e.state = 'stopped' AND (e.audience = 'each' OR (${isThere(at)}))
      ON CONFLICT DO NOTHING`,
    ...settleStop(edition, at),
    `UPDATE editions SET state = 'done', done_at = ${now}, stopped_at = NULL, stop_reason = 'skipped'
      WHERE id = ${id} AND state = 'stopped' RETURNING id`,
  ];
}

/** What was on record without being news becomes news. The last statement gives the chapter, if it was that. */
export function announceStatements(chapter: string, at: string): string[] {
  const isHistory = `chapter_id = ${sqlText(chapter)} AND announced_at IS NULL AND edition_id IS NULL`;
  // The notice may name others after it.
  return [
    `UPDATE notices SET resolved_at = ${sqlText(at)} WHERE resolved_at IS NULL
      AND (id || ' ') LIKE ${sqlText(`history ${chapter} %`)}
      AND EXISTS (SELECT 1 FROM publications WHERE ${isHistory})`,
    `UPDATE publications SET announced_at = ${sqlText(at)} WHERE ${isHistory} RETURNING chapter_id AS id`,
  ];
}

/**
 * Which chapter each of these is: an identity that it may have, or `new`. The statements are those of
 * editions/chapters/chapter-questions.ts. The last one gives the place, if its question was open.
 */
export const identifyStatements = (answers: readonly PlaceAnswer[], at: string): string[] =>
  answers.flatMap(({ place, answer }) => {
    const isOpen = `place = ${sqlText(place)} AND answer IS NULL
      AND (${sqlText(answer)} = 'new' OR ${sqlText(answer)} IN (SELECT value FROM json_each(may_be)))`;
    const asks = asksAboutInSql("place");
    return [
      // The notice may ask about others, too.
      `UPDATE notices SET resolved_at = ${sqlText(at)}
        WHERE resolved_at IS NULL AND EXISTS (SELECT 1 FROM chapter_questions WHERE ${isOpen} AND ${asks})
          AND NOT EXISTS (SELECT 1 FROM chapter_questions WHERE answer IS NULL AND place <> ${sqlText(place)} AND ${asks})`,
      `UPDATE release_state SET fingerprint = '' WHERE EXISTS (SELECT 1 FROM chapter_questions WHERE ${isOpen})`,
      `UPDATE chapter_questions SET answer = ${sqlText(answer)}, answered_at = ${sqlText(at)} WHERE ${isOpen} RETURNING place`,
    ];
  });

export interface PlaceAnswer {
  /** `book/slug` where the chapter is. */
  readonly place: string;
  /** An identity, or `new`. */
  readonly answer: string;
}

/** The wait after a restore is over. The last statement gives the newsletter, if it waited. */
export const resumeStatements = (at: string): string[] => [
  `UPDATE notices SET resolved_at = ${sqlText(at)} WHERE id = 'held' AND resolved_at IS NULL`,
  "UPDATE newsletter SET hold_until = NULL, hold_reason = NULL WHERE id = 1 AND hold_reason = 'restored' RETURNING id",
];

/** The author has read it. Gives the notice, if it was open. */
export const settleStatements = (notice: string, at: string): string[] => [
  `UPDATE notices SET resolved_at = ${sqlText(at)} WHERE id = ${sqlText(notice)} AND resolved_at IS NULL RETURNING id`,
];

/**
 * A stopped edition gets its answer: the author is told anew should it stop again. That the database was set back
 * is over with the answer to the last edition that it stopped.
 */
const settleStop = (edition: string, at: string): string[] => {
  const stopped = `SELECT 1 FROM editions WHERE state = 'stopped'`;
  return [
    `UPDATE notices SET resolved_at = ${sqlText(at)} WHERE id = ${sqlText(`stopped ${edition}`)}
      AND resolved_at IS NULL AND EXISTS (${stopped} AND id = ${sqlText(edition)})`,
    `UPDATE notices SET resolved_at = ${sqlText(at)} WHERE id LIKE 'restored %' AND resolved_at IS NULL
      AND EXISTS (${stopped} AND id = ${sqlText(edition)} AND stop_reason = 'restored')
      AND NOT EXISTS (${stopped} AND id <> ${sqlText(edition)} AND stop_reason = 'restored')`,
  ];
};
