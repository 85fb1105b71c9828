/**
 * Selects the remaining recipients of an edition, in SQL: for sealing, for the author's actions, and for the counts shown
 * before them.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso } from "../db/database.ts";

/** For so long after a change to “each chapter”, the weekly digest includes chapters that fell between the two. */
export const changeoverDays = 31;

/**
 * `e` is an edition, `s` a subscriber that sealing has not reached, whether or not they get anything. A chapter is for
 * subscribers who confirmed before its first edition was opened; by a clock that was ahead, that opening may be later than
 * this edition's, which includes chapters that the first one released.
 */
export const isAhead: SQL = sql`e.sealed_at IS NULL AND s.id > e.cursor
  AND CASE e.audience WHEN 'corrections' THEN s.corrections_since IS NOT NULL ELSE
    (s.confirmed_at <= e.opened_at OR s.confirmed_at <= (SELECT MAX(p.first_opened_at) FROM publications p
      WHERE p.chapter_id IN (SELECT value FROM json_each(e.chapters))))
    AND (s.frequency = e.audience OR (e.audience = 'weekly' AND s.frequency = 'each'
      AND s.frequency_changed_at > strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, ${`-${changeoverDays} days`}))) END
  AND (s.state = 'confirmed' OR s.left_at > e.opened_at OR s.suppressed_at > e.opened_at)`;

/** Slugs of the books of a chapter, as the right side of `IN`. Until the first run after an upgrade it is the book of its identity. */
export function booksOf(chapter: SQL): SQL {
  return sql`(SELECT value FROM json_each(COALESCE(
    (SELECT books FROM publications WHERE chapter_id = ${chapter}),
    json_array(substr(${chapter}, 1, instr(${chapter}, '/') - 1)))))`;
}

/** `s` chose all books, or one of these slugs. `books` is the right side of `IN`. */
export function wantsBook(books: SQL): SQL {
  return sql`(s.books IS NULL OR EXISTS (SELECT 1 FROM json_each(s.books) b WHERE b.value IN ${books}))`;
}

/** Subscribers who confirmed later may have had it, had their data erased, and subscribed again. */
const wantsChapter: SQL = sql`${wantsBook(booksOf(sql`c.value`))}
  AND EXISTS (SELECT 1 FROM publications p WHERE p.chapter_id = c.value
    AND s.confirmed_at <= COALESCE(p.first_opened_at, e.opened_at)
    AND (e.audience = 'each' OR p.announced_at >= s.confirmed_at))`;

/** `s` received the chapter before it was corrected. */
const hasUncorrected: SQL = sql`EXISTS (SELECT 1 FROM corrections k
  JOIN deliveries r ON r.chapter_id = k.chapter_id AND r.subscriber_id = s.id AND r.state IN ('accepted', 'delivered')
  JOIN editions o ON o.id = r.edition_id AND o.opened_at < k.recorded_at
  WHERE k.id = c.value)`;

/** `c` is a chapter or correction of the edition: `s` wants it, and there is no record of a delivery. */
export const wants: SQL = sql`CASE e.audience WHEN 'corrections' THEN ${hasUncorrected} ELSE ${wantsChapter} END
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = c.value AND d.subscriber_id = s.id)`;

/** `s` can be emailed now. Whoever cannot gets nothing of an edition, and of a digest no record either. `now` in milliseconds. */
export const canBeEmailed = (now: number): SQL =>
  sql`s.state = 'confirmed' AND (s.paused_until IS NULL OR s.paused_until <= ${iso(now)})`;
