/** Defines what the reader's browser keeps about questions: how well, and when, the reader knew the answer of each. */
/** Again, hard, good, easy. */
export const ratings = [1, 2, 3, 4] as const;
export type Rating = (typeof ratings)[number];

/** `time`: milliseconds since 1970. */
export type Review = readonly [time: number, rating: Rating];

interface RatedQuestion {
  /** Permanent identity of the chapter that asked. */
  readonly text: string;
  /** By time; never empty. */
  readonly reviews: readonly Review[];
}

/** By the question's id: see src/publish/markdown/question-id.ts. */
export type Recall = Readonly<Record<string, RatedQuestion>>;

const idForm = /^[0-9a-f]{10}$/;
const textForm = /^[a-z0-9-]+\/[a-z0-9-]+$/;
/** The last time that a date can have. */
const maxTime = 8.64e15;

/** What is valid of a stored or imported value. */
export function parseRecall(value: unknown): Recall {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, question]) => {
      const { text, reviews } = (question ?? {}) as { readonly text?: unknown; readonly reviews?: unknown };
      if (!idForm.test(id) || typeof text !== "string" || !textForm.test(text) || !Array.isArray(reviews)) return [];
      const valid = sorted(reviews.filter(isReview));
      return valid.length === 0 ? [] : [[id, { text, reviews: valid }]];
    }),
  );
}

const isReview = (value: unknown): value is Review =>
  Array.isArray(value) &&
  value.length === 2 &&
  Number.isInteger(value[0]) &&
  value[0] > 0 &&
  value[0] < maxTime &&
  ratings.includes(value[1]);

/** By time, each time once. */
const sorted = (reviews: readonly Review[]): Review[] =>
  [...new Map(reviews.map((review) => [review[0], review])).values()].sort(([a], [b]) => a - b);

/** All ratings of both; where a question has moved, the chapter of `theirs`. */
export function mergeRecall(own: Recall, theirs: Recall): Recall {
  const merged = Object.entries(theirs).map(([id, { text, reviews }]) => [
    id,
    { text, reviews: sorted([...(own[id]?.reviews ?? []), ...reviews]) },
  ]);
  return { ...own, ...Object.fromEntries(merged) };
}
