/**
 * Which chapters a notice of the newsletter asks about. The desk, the command and the cron run all have to know it.
 * Its id names the first chapter, its text all of them; a chapter it names only because it disappeared is not asked about.
 */

/** What the text says before the rest of its places: commas between them, and a full stop after the last. Open notices have it, too. */
export const sameAsked = "The same is asked of ";

interface Notice {
  readonly id: string;
  readonly body: string;
}

/** `place`: `book/slug`. */
export function asksAbout({ id, body }: Notice, place: string): boolean {
  const [kind, first] = id.split(" ");
  const start = body.indexOf(sameAsked);
  const rest = start < 0 ? [] : body.slice(start + sameAsked.length, -1).split(", ");
  return kind === "question" && (first === place || body.includes(` identify ${place} `) || rest.includes(place));
}

/** The same in SQL, of a row of `notices`. `place`: SQL of a place. */
export const asksAboutInSql = (place: string): string => `(notices.id LIKE 'question %' AND (
  instr(notices.id || ' ', 'question ' || ${place} || ' ') = 1
  OR instr(notices.body, ' identify ' || ${place} || ' ') > 0
  OR (instr(notices.body, '${sameAsked}') > 0 AND instr(
    ', ' || rtrim(substr(notices.body, instr(notices.body, '${sameAsked}') + ${sameAsked.length}), '.') || ', ',
    ', ' || ${place} || ', ') > 0)))`;
