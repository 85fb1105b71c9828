/** Chapters of which only the author can tell whether they are new or have moved: read, put into words, and answered. */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { ChapterQuestion, MissingChapter } from "../../editions/chapters/question-queries.ts";
import { asksAbout } from "../../library/asked-places.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import { fileOfPlace, isOverviewPlace } from "../../library/chapter-place.ts";
import { isolated } from "../../library/language.ts";
import { printedDay } from "../../ui/dates.ts";
import type { Problem } from "../problem.ts";

/** The text at `book/slug`, as the release has it. */
export type ChapterAt = (place: string) => Pick<CatalogueEntry, "chapter" | "path" | "isOverview" | "book"> | undefined;

interface QuestionFacts {
  readonly questions: readonly ChapterQuestion[];
  readonly chapterAt: ChapterAt;
}

export const questionProblems = ({ questions, chapterAt }: QuestionFacts): Problem[] =>
  questions.map(({ place, mayBe, body }) => {
    const text = chapterAt(place);
    const title = text ? titleOf(text, "the") : place;
    const firstWords = text ? titleOf(text, "The") : place;
    const url = text?.path ?? `/${place}`;
    if (mayBe.length === 0) {
      return {
        title:
          body === null
            ? `${firstWords}: your answer applies from the next cron run`
            : `${firstWords} has the URL of another chapter`,
        words: body ?? `What ${url} may have been has been found again. The next cron run resolves the question.`,
        step: { kind: "none" },
      };
    }
    const names = mayBe.map((missing) => `/${pathOf(missing.place)}`);
    return {
      title: `Is ${title} a new chapter?`,
      words: `It has appeared at ${url}, and ${listedNames(names)} disappeared. It is not emailed until you answer. An answer is final.`,
      step: {
        kind: "identify",
        place,
        choices: [
          ...mayBe.map((missing) => ({ answer: missing.id, words: `It is ${missingWords(missing)}` })),
          { answer: "new", words: "It is a new chapter" },
        ],
      },
    };
  });

const titleOf = ({ chapter, isOverview, book }: NonNullable<ReturnType<ChapterAt>>, article: "The" | "the"): string =>
  isOverview ? `${article} overview of “${isolated(book.shortTitle)}”` : `“${isolated(chapter.title)}”`;

/** The answers name all of them. */
const maxNamed = 3;

function listedNames(names: readonly string[]): string {
  if (names.length === 1) return names[0] ?? "";
  return `${names.length} chapters${names.length > maxNamed ? "" : ` (${names.join(", ")})`}`;
}

/** `tea/tea` -> `tea/` */
const pathOf = (place: string): string => (isOverviewPlace(place) ? place.slice(0, place.indexOf("/") + 1) : place);

const missingWords = ({ id, place, published }: MissingChapter): string =>
  [id, published ? `published ${printedDay(published)}` : "", place === id ? "" : `last at /${pathOf(place)}`]
    .filter(Boolean)
    .join(", ");

/** What the author has answered, and what is left to do; nothing where nothing was answered. */
export async function answeredWords(db: Database, place: string): Promise<string | undefined> {
  const [row] = await db.all<{ place: string; answer: string }>(
    sql`SELECT place, answer FROM chapter_questions WHERE place = ${place} AND answer IS NOT NULL`,
  );
  if (!row) return undefined;
  if (row.answer === "new") return `${row.place} is a new chapter. Your answer applies from the next cron run.`;
  return `${row.place} is ${row.answer}. Your answer applies from the next cron run. Also write \`id: ${row.answer}\` into the front matter of content/${fileOfPlace(row.place)}, so that feeds show no new entry after the next deploys.`;
}

/** Ids of the notices that ask about these chapters: one may ask about many. */
export const noticesAbout = (
  questions: readonly { readonly place: string }[],
  notices: readonly { readonly id: string; readonly body: string }[],
): string[] => notices.filter((notice) => questions.some(({ place }) => asksAbout(notice, place))).map(({ id }) => id);
