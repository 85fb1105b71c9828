/** Reads and changes what the reader's browser keeps about questions. */
import { readStored, writeStored } from "../stored.ts";
import { mergeRecall, parseRecall, type Recall, type Review } from "./record.ts";

const key = "recall";

export const readRecall = (): Recall => parseRecall(readStored(key));

// Each of these reads before it writes: another tab may have written meanwhile. False if the browser did not store it.

export function addReview(id: string, text: string, review: Review): boolean {
  return writeStored(key, mergeRecall(readRecall(), { [id]: { text, reviews: [review] } }));
}

export function removeReview(id: string, time: number): boolean {
  const { [id]: question, ...others } = readRecall();
  const reviews = question?.reviews.filter((review) => review[0] !== time) ?? [];
  return writeStored(key, question && reviews.length > 0 ? { ...others, [id]: { ...question, reviews } } : others);
}

export function removeQuestions(ids: readonly string[]): boolean {
  const kept = Object.entries(readRecall()).filter(([id]) => !ids.includes(id));
  return writeStored(key, Object.fromEntries(kept));
}
