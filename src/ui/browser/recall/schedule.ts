/**
 * Computes when a question comes back, with FSRS (https://github.com/open-spaced-repetition): from all ratings of its
 * answer, and in whole days of the reader's own calendar. Nothing computed is stored.
 */
import { type Card, createEmptyCard, fsrs } from "ts-fsrs";
import { type Rating, type Recall, type Review, ratings } from "./record.ts";

/** No question comes back on the same day. Without chance, so that every tab and device computes the same day. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

const dayMs = 86_400_000;

/** The day of the reader's calendar, counted from 1 January 1970. */
export function dayOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}

/** A day as a date in UTC: FSRS counts days in UTC. */
export const dateOf = (day: number): Date => new Date(day * dayMs);

const rate = (card: Card, day: number, rating: Rating): Card => scheduler.next(card, dateOf(day), rating).card;

function cardAfter(reviews: readonly Review[], today: number): Card {
  const first = reviews[0];
  const card = createEmptyCard(dateOf(first ? dayOf(first[0]) : today));
  return reviews.reduce((state, [time, rating]) => rate(state, dayOf(time), rating), card);
}

/** The day on which a question with these ratings comes back. */
export function dueDay(reviews: readonly Review[]): number {
  const [last] = reviews.at(-1) ?? [0];
  return dayOf(last) + cardAfter(reviews, 0).scheduled_days;
}

/** For each rating, after how many days the question would come back if it were given today. */
export function intervals(reviews: readonly Review[], today: number): Readonly<Record<Rating, number>> {
  const card = cardAfter(reviews, today);
  const days = ratings.map((rating) => [rating, rate(card, today, rating).scheduled_days]);
  return Object.fromEntries(days) as Record<Rating, number>;
}

export interface ShownQuestions {
  /** Ids of the questions on the page, in its order. */
  readonly ids: readonly string[];
  /** Identities of the texts whose questions these are. */
  readonly texts: ReadonlySet<string>;
  /** Whether the page has all questions of the library. */
  readonly isWhole: boolean;
}

export interface Agenda {
  /** Those that have waited longest first. */
  readonly due: readonly string[];
  /** The next day on which any come back; undefined if there is none. */
  readonly next: { readonly day: number; readonly count: number } | undefined;
  /** Rated, but removed from the library, or reworded. */
  readonly lost: readonly string[];
}

export function agendaOf(recall: Recall, { ids, texts, isWhole }: ShownQuestions, today: number): Agenda {
  const days = ids.flatMap((id) => {
    const question = recall[id];
    return question ? [{ id, day: dueDay(question.reviews) }] : [];
  });
  const later = days.filter(({ day }) => day > today);
  const day = Math.min(...later.map((question) => question.day));
  const shown = new Set(ids);
  return {
    due: days
      .filter((question) => question.day <= today)
      .sort((a, b) => a.day - b.day)
      .map(({ id }) => id),
    next: later.length === 0 ? undefined : { day, count: later.filter((question) => question.day === day).length },
    lost: Object.entries(recall).flatMap(([id, { text }]) =>
      !shown.has(id) && (isWhole || texts.has(text)) ? [id] : [],
    ),
  };
}
