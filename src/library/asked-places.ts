/**
 * Decides which chapters a notice asks about, for the desk, the command and the cron run. The notice's id names the first
 * chapter, its text all of them; a chapter named only because it disappeared is not asked about.
 */

interface Notice {
  readonly id: string;
  readonly body: string;
}

/**
 * A place is in the command that answers for it, or, in a notice about many, in the sentence after the last command: in
 * any language, between spaces, commas and full stops. `place`: `book/slug`.
 */
export function asksAbout({ id, body }: Notice, place: string): boolean {
  const [kind, first] = id.split(" ");
  const rest = body.slice(body.lastIndexOf("`") + 1).split(/[ ,.]/);
  return kind === "question" && (first === place || body.includes(` identify ${place} `) || rest.includes(place));
}

/** The same in SQL, for a row of `notices`. `place`: SQL of a place. */
export const asksAboutInSql = (place: string): string => `(notices.id LIKE 'question %' AND (
  instr(notices.id || ' ', 'question ' || ${place} || ' ') = 1
  OR instr(notices.body, ' identify ' || ${place} || ' ') > 0
  OR instr(replace(replace(' ' || ${rest} || ' ', ',', ' '), '.', ' '), ' ' || ${place} || ' ') > 0))`;

/** The text after the last backtick: `rtrim` removes all other characters from the end. */
const rest = "substr(notices.body, length(rtrim(notices.body, replace(notices.body, '`', ''))) + 1)";
