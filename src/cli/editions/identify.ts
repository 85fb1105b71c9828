/** `npm run newsletter -- identify`: records the author's answer to whether a chapter is new or has moved. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Effect, effectsOfAnnouncing } from "../../editions/actions/decision-effects.ts";
import { audienceOfBook, ChapterAudience } from "../../editions/chapters/chapter-audience.ts";
import { answerStatements } from "../../editions/chapters/chapter-questions.ts";
import { type ChapterQuestion, parseQuestions, selectQuestions } from "../../editions/chapters/question-queries.ts";
import { fileOfPlace, isOverviewPlace } from "../../library/chapter-place.ts";
import { count } from "../../publish/source/problem.ts";
import { advise } from "../../publish/source/suggest.ts";
import { en } from "../../ui/words/en.ts";
import { isBookSlug, isChapterId, printStatement } from "../sql-text.ts";
import { carryOut, type Dialogue, no, type Reply, reply, unknown } from "./dialogue.ts";
import type { Question } from "./plans.ts";
import { commandFor, forTarget, moment } from "./words.ts";

/** `written`: `book/chapter`, or a renamed book; `answer`: an identity (or a book's former name), or `new`. */
export async function identify(dialogue: Dialogue, written: string, answer: string): Promise<Reply> {
  const [rows] = await dialogue.execute([printStatement(selectQuestions(sql`true`))]);
  const questions = parseQuestions(rows);
  if (isBookSlug(written)) return identifyBook(dialogue, questions, written, answer);
  const question = isChapterId(written) ? questions.find(({ place }) => place === written) : undefined;
  if (!question)
    return no(unknown(dialogue, `There is no question about \`${written}\``, adviseOpen(written, questions)));
  const { place, mayBe, answeredAt, body } = question;
  if (question.answer !== null) {
    const decided = question.answer === "new" ? "it is a new chapter" : `it is ${question.answer}`;
    const text = `${place} was answered${answeredAt === null ? "" : ` ${moment(answeredAt)}`}: ${decided}.`;
    if (question.answer === answer) return reply(`${text}${adviceFor([{ place, answer }])}`, true);
    return no(
      `${text} An answer is final. To make it a different chapter, set its \`id\` in ${fileOfPlace(place)} and deploy.`,
    );
  }
  const ids = mayBe.map(({ id }) => id);
  if (ids.length === 0) return no(forTarget(body ?? overtaken(dialogue), dialogue.target));
  if (answer !== "new" && !ids.includes(answer)) {
    const names = [...ids, "new"].map((id) => `\`${commandFor(dialogue.target, `identify ${place} ${id}`)}\``);
    return no(`${place} cannot be \`${answer}\`, which is not missing. The possible answers:\n${names.join("\n")}`);
  }
  const answers = [{ place, answer }];
  return carryOut(dialogue, {
    kind: "to do",
    asks: answer === "new" ? asNew(place, await readAudience(dialogue, place)) : asMoved(place, answer),
    statements: identifyStatements(answers, dialogue.now),
    done: `${place} is ${answer === "new" ? "a new chapter" : answer}: the next cron run applies this.${adviceFor(answers)}`,
  });
}

/** Answers all open questions of a renamed book: each chapter is the one with the same slug in the former book. */
function identifyBook(
  dialogue: Dialogue,
  questions: readonly ChapterQuestion[],
  book: string,
  former: string,
): Promise<Reply> | Reply {
  const asked = questions.filter(({ place, answer }) => answer === null && place.startsWith(`${book}/`));
  if (asked.length === 0) {
    return no(unknown(dialogue, `There is no open question about the book \`${book}\``, adviseOpen(book, questions)));
  }
  const answers = asked.flatMap(({ place, mayBe }) => {
    const before = formerPlace(place, former);
    const found = mayBe.find((each) => each.place === before) ?? mayBe.find(({ id }) => id === before);
    return found ? [{ place, answer: found.id }] : [];
  });
  if (answers.length === 0) {
    const books = [...new Set(asked.flatMap(({ mayBe }) => mayBe.map(({ place }) => place.split("/")[0] ?? "")))];
    return no(
      `No chapter of \`${book}\` can be a chapter of \`${former}\`. ${advise(former, books, "books with missing chapters")}`,
    );
  }
  const open = asked.filter(({ place }) => !answers.some((each) => each.place === place)).map(({ place }) => place);
  const rest = open.length === 0 ? "" : ` Open questions that this does not answer: ${open.join(", ")}.`;
  return carryOut(dialogue, {
    kind: "to do",
    asks: {
      title: `If ${book} is the book that was ${former}:`,
      before: [...answers.map(({ place, answer }) => `${place} is ${answer}.`), keptWords].join("\n"),
      effects: [],
      ...(rest !== "" && { after: rest.trim() }),
      question: `Are ${count(answers.length, "text")} the same as before? This cannot be undone.`,
    },
    statements: [...identifyStatements(answers, dialogue.now), allAnswered(answers)],
    done: `${count(answers.length, "text")} of ${book} ${answers.length === 1 ? "is" : "are"} what was in ${former}: the next cron run applies this.${rest}${adviceFor(answers)}`,
  });
}

/** `teas/oolong` was `tea/oolong`; the overview `teas/teas` was `tea/tea`. */
function formerPlace(place: string, former: string): string {
  return `${former}/${isOverviewPlace(place) ? former : place.slice(place.indexOf("/") + 1)}`;
}

interface PlaceAnswer {
  /** `book/slug` of the chapter now. */
  readonly place: string;
  /** An identity, or `new`. */
  readonly answer: string;
}

const identifyStatements = (answers: readonly PlaceAnswer[], now: string): SQL[] =>
  answers.flatMap(({ place, answer }) => answerStatements(place, answer, Date.parse(now)));

/** Selects a row if all answers were written. */
function allAnswered(answers: readonly PlaceAnswer[]): SQL {
  const written = answers.map(({ place, answer }) => sql`(place = ${place} AND answer = ${answer})`);
  return sql`SELECT COUNT(*) AS answered FROM chapter_questions WHERE ${sql.join(written, sql` OR `)} HAVING COUNT(*) = ${answers.length}`;
}

const keptWords =
  "Subscribers who already got it do not get it again; an open edition continues for the others. Its statistics and feed entries are kept.";

const asMoved = (place: string, identity: string): Question => ({
  title: `If ${place} is ${identity}, which has moved:`,
  before: keptWords,
  effects: [],
  question: `Is ${place} the chapter ${identity}? This cannot be undone.`,
});

const asNew = (place: string, effects: readonly Effect[]): Question => ({
  title: `If ${place} is new:`,
  effects,
  after: "A chapter dated more than two weeks before it appeared is not emailed automatically.",
  question: `Is ${place} a new chapter? This cannot be undone.`,
});

/** A new chapter has no record yet, so its audience is that of its book. */
async function readAudience({ execute, now }: Dialogue, place: string): Promise<Effect[]> {
  const book = place.slice(0, place.indexOf("/"));
  const [rows] = await execute([printStatement(sql`SELECT ${audienceOfBook(book, Date.parse(now))}`)]);
  return effectsOfAnnouncing(v.parse(v.tuple([ChapterAudience]), rows)[0], en.desk);
}

/**
 * Only this database knows the answer: without an `id` in the front matter, feeds would show the chapter as new after
 * the next deploy.
 */
const adviceFor = (answers: readonly PlaceAnswer[]): string => {
  const lines = answers
    .filter(({ answer }) => answer !== "new")
    .map(({ place, answer }) => `\n\`id: ${answer}\` in ${fileOfPlace(place)}`);
  return lines.length === 0
    ? ""
    : `\nAlso add this to its front matter, so that feeds do not show it as new after the next deploy:${lines.join("")}`;
};

const overtaken = ({ target }: Dialogue): string =>
  `The chapter it may have been has reappeared. The next cron run resolves the question; \`${commandFor(target)}\` shows whether it is still open.`;

const adviseOpen = (written: string, questions: readonly ChapterQuestion[]): string =>
  advise(
    written,
    questions.filter(({ answer }) => answer === null).map(({ place }) => place),
    "open questions",
  );
