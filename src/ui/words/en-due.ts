/** Words what is due on the page of questions that come back, in English, for its script. */
import { counted, number } from "./en-formats.ts";

const questions = { one: "question", other: "questions" };
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

/** `days`: from today. */
const when = (date: Date, days: number) => (days === 1 ? "tomorrow" : `on ${weekday.format(date)}`);

export const due = {
  title: "Due today",
  left: (count: number) => `${counted(count, questions)} left.`,
  /** Label of the question, read out with it. */
  question: (count: number) => (count === 1 ? "Last question" : `Question, ${number(count)} left`),
  none: "Nothing is due today.",
  next: (count: number, date: Date, days: number) =>
    count === 1
      ? `The next question comes back ${when(date, days)}.`
      : `The next ${number(count)} questions come back ${when(date, days)}.`,
  /** Nothing has been rated. */
  empty:
    "No question comes back yet. Open an answer, below or at the end of a chapter, and choose how well you knew it.",
  blocked: "This browser does not let the library store anything, so no question can come back.",
  /** On a button, below its rating. */
  interval: (days: number) =>
    days < 60
      ? counted(days, { one: "day", other: "days" })
      : days < 730
        ? counted(Math.round(days / 30.4), { one: "month", other: "months" })
        : counted(Math.round(days / 365.25), { one: "year", other: "years" }),
  comesBack: (rating: string, date: Date, days: number) => `${rating}: the question comes back ${when(date, days)}.`,
  undo: "Undo",
  lost: (count: number) =>
    count === 1
      ? "A question that you rated has been removed from the library, or reworded."
      : `${number(count)} questions that you rated have been removed from the library, or reworded.`,
  remove: (count: number) => (count === 1 ? "Remove its ratings" : "Remove their ratings"),
  /** Beside the link to a book, in a library too large for one page. */
  inBook: (count: number) => `${number(count)} due`,
  inBooks: (count: number) =>
    count === 1
      ? "1 question is due, in the book with a number."
      : `${number(count)} questions are due, in the books with a number.`,
};
