/** Formulates the questions about new or moved chapters that only the author can answer, and reads the answers. */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { ChapterQuestion, MissingChapter } from "../../editions/chapters/question-queries.ts";
import { asksAbout } from "../../library/asked-places.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { isOverviewPlace } from "../../library/chapter-place.ts";
import { isolated } from "../../library/language.ts";
import type { Words } from "../../ui/words/words.ts";
import type { Problem } from "../problem.ts";

/** The chapter at `book/slug` in the release. */
export type ChapterAt = (place: string) => Pick<CatalogueEntry, "chapter" | "path" | "isOverview" | "book"> | undefined;

interface QuestionFacts {
  readonly questions: readonly ChapterQuestion[];
  readonly words: Words;
  readonly chapterAt: ChapterAt;
}

export const questionProblems = ({ questions, words, chapterAt }: QuestionFacts): Problem[] =>
  questions.map(({ place, mayBe, body }) => {
    const wording = words.desk.questions;
    const text = chapterAt(place);
    const first = text ? titleOf(words.desk, text, wording.overviewFirst) : place;
    const url = text?.path ?? `/${place}`;
    if (mayBe.length === 0) {
      return {
        title: body === null ? wording.answered(first) : wording.taken(first),
        words: body ?? wording.found(url),
        step: { kind: "none" },
      };
    }
    const names = mayBe.map((missing) => `/${pathOf(missing.place)}`);
    return {
      title: wording.isNew(text ? titleOf(words.desk, text, wording.overview) : place),
      words: wording.appeared(url, listedNames(words.desk, names)),
      step: {
        kind: "identify",
        place,
        choices: [
          ...mayBe.map((missing) => ({ answer: missing.id, words: missingWords(words, missing) })),
          { answer: "new", words: wording.itIsNew },
        ],
      },
    };
  });

const titleOf = (
  { names }: Words["desk"],
  { chapter, isOverview, book }: NonNullable<ReturnType<ChapterAt>>,
  overviewOf: (book: string) => string,
): string => (isOverview ? overviewOf(isolated(book.shortTitle)) : names.quoted(isolated(chapter.title)));

/** If there are more, only their number is given, because the choices name each one. */
const maxNamed = 3;

function listedNames({ questions, names: { list } }: Words["desk"], names: readonly string[]): string {
  if (names.length === 1) return names[0] ?? "";
  return questions.missingMany(names.length, names.length > maxNamed ? undefined : list(names));
}

/** `tea/tea` -> `tea/` */
const pathOf = (place: string): string => (isOverviewPlace(place) ? place.slice(0, place.indexOf("/") + 1) : place);

const missingWords = ({ desk, dates }: Words, { id, place, published }: MissingChapter): string =>
  desk.questions.itIs(id, published ? dates.day(published) : undefined, place === id ? undefined : `/${pathOf(place)}`);

export interface ChapterAnswer {
  readonly place: string;
  /** An identity, or `new`. */
  readonly answer: string;
}

/** Undefined if the question is open. */
export async function findAnswer(db: Database, place: string): Promise<ChapterAnswer | undefined> {
  const [row] = await db.all<ChapterAnswer>(
    sql`SELECT place, answer FROM chapter_questions WHERE place = ${place} AND answer IS NOT NULL`,
  );
  return row;
}

/** Ids of the notices that ask about these chapters. One notice may ask about several. */
export const noticesAbout = (
  questions: readonly { readonly place: string }[],
  notices: readonly { readonly id: string; readonly body: string }[],
): string[] => notices.filter((notice) => questions.some(({ place }) => asksAbout(notice, place))).map(({ id }) => id);
