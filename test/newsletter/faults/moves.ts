/** Moves chapters and books, with or without an identity in the front matter, and answers the resulting questions. */
import { openDatabase } from "../../../src/db/database.ts";
import { answerQuestion } from "../../../src/editions/chapters/chapter-questions.ts";
import { keyOf, namesOf, type Volume } from "./shelf.ts";
import type { Town } from "./town.ts";

/** Moves a chapter into another book: with a redirect from the old URL, with its identity in the front matter, or with neither. */
export function move(town: Town, volume: Volume, book: string, how: "redirect" | "identity" | "silently"): Volume {
  const names = namesOf(volume);
  const [known] = town.d1.query<{ id: string }>(
    "SELECT chapter_id AS id FROM publications WHERE chapter_id IN (SELECT value FROM json_each(?))",
    JSON.stringify(names),
  );
  // A chapter that no run has recorded gets its identity from its new place, unless the front matter states one.
  const born = known?.id ?? (how === "identity" ? keyOf(volume) : undefined);
  const { born: _, ...unborn } = volume;
  const moved: Volume = {
    ...unborn,
    book,
    names,
    ...(born !== undefined && { born }),
    ...(how === "identity" && born !== undefined && { written: born }),
  };
  town.replace(volume, moved, how === "redirect");
  return moved;
}

/** Moves every chapter of a book to another folder; `book.md` redirects or not. */
export function renameBook(town: Town, from: string, to: string, how: "redirect" | "silently"): void {
  for (const volume of town.volumes.filter(({ book }) => book === from)) move(town, volume, to, how);
  if (how === "redirect") town.redirects = { ...town.redirects, [`/${from}`]: `/${to}/` };
  town.bornBooks.set(to, town.bornBooks.get(from) ?? from);
}

/** Answers all open questions correctly. False if there were none. */
export async function answerQuestions(town: Town): Promise<boolean> {
  const open = town.d1.query<{ place: string; mayBe: string }>(
    "SELECT place, may_be AS mayBe FROM chapter_questions WHERE answer IS NULL AND may_be <> '[]' ORDER BY place",
  );
  for (const { place, mayBe } of open) {
    const [book = "", slug] = place.split("/");
    const volume = town.volumes.find((each) => namesOf(each).includes(place));
    const isOverview = slug === book && town.volumes.some((each) => each.book === book);
    if (!volume && !isOverview) continue;
    const old = town.bornBooks.get(book);
    const truth = volume ? keyOf(volume) : old ? `${old}/start` : place;
    const answer = (JSON.parse(mayBe) as string[]).includes(truth) ? truth : "new";
    await answerQuestion(openDatabase(town.d1.binding()), place, answer, town.now());
  }
  return open.length > 0;
}
