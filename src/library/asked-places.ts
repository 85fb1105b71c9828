/**
 * Which chapters a notice of the newsletter asks about. The desk, the command and the cron run all have to know it.
 * Its id names the first chapter, its text all of them; a chapter it names only because it disappeared is not asked about.
 */

interface Notice {
  readonly id: string;
  readonly body: string;
}

/**
 * Each place is in a command that answers for it, or, in a notice about many, in the sentence after the last command, whatever
 * its language: between spaces, commas and full stops. `place`: `book/slug`.
 */
export function asksAbout({ id, body }: Notice, place: string): boolean {
  const [kind, first] = id.split(" ");
  const rest = body.slice(body.lastIndexOf("`") + 1).split(/[ ,.]/);
  return kind === "question" && (first === place || body.includes(` identify ${place} `) || rest.includes(place));
}

/** The same in SQL, of a row of `notices`. `place`: SQL of a place. */
export const asksAboutInSql = (place: string): string => `(notices.id LIKE 'question %' AND (
  instr(notices.id || ' ', 'question ' || ${place} || ' ') = 1
  OR instr(notices.body, ' identify ' || ${place} || ' ') > 0
  OR instr(replace(replace(' ' || ${rest} || ' ', ',', ' '), '.', ' '), ' ' || ${place} || ' ') > 0))`;

/** Behind the last backtick: `rtrim` takes away whatever is none from the end. */
const rest = "substr(notices.body, length(rtrim(notices.body, replace(notices.body, '`', ''))) + 1)";
