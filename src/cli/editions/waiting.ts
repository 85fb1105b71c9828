/**
 * Who an edition has still to look at, in SQL: the conditions of `findCandidates` in editions/sending/seal.ts, which the
 * compiler's side may not import. A test holds the two together.
 */
import { sqlText } from "../sql-text.ts";

/** `e` is an edition, `s` a subscriber whom it comes to next, whether or not they get anything. */
export const isAhead = `e.sealed_at IS NULL AND s.id > e.cursor AND s.confirmed_at <= e.opened_at
  AND (s.frequency = e.audience OR (e.audience = 'weekly' AND s.frequency = 'each'
    AND s.frequency_changed_at > strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, '-31 days')))
  AND (s.state = 'confirmed' OR s.left_at > e.opened_at OR s.suppressed_at > e.opened_at)`;

/** Slugs of the books of a chapter. */
export const booksOf = (chapter: string): string => `(SELECT value FROM json_each(COALESCE(
  (SELECT books FROM publications WHERE chapter_id = ${chapter}),
  json_array(substr(${chapter}, 1, instr(${chapter}, '/') - 1)))))`;

/** `c` is a chapter of the edition: `s` wants it, and there is no record of a copy. */
export const wants = `(s.books IS NULL OR EXISTS (SELECT 1 FROM json_each(s.books) b
    WHERE b.value IN ${booksOf("c.value")}))
  AND s.confirmed_at <= COALESCE((SELECT p.first_opened_at FROM publications p WHERE p.chapter_id = c.value), e.opened_at)
  AND (e.audience = 'each' OR EXISTS (SELECT 1 FROM publications p
    WHERE p.chapter_id = c.value AND p.announced_at >= s.confirmed_at))
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = c.value AND d.subscriber_id = s.id)`;

/** `s` is there to be mailed. Whoever is not gets nothing of an edition, and of a digest no record either. */
export const isThere = (now: string): string =>
  `s.state = 'confirmed' AND COALESCE(s.paused_until, '') <= ${sqlText(now)}`;
