/**
 * Estimates how long a chapter takes to read: 238 words per minute (Brysbaert 2019), plus time for everything that is not
 * prose.
 */

export interface TextCounts {
  /** Words of the body without code, captions, references and self-check questions. */
  readonly words: number;
  readonly displayedEquations: number;
  readonly figures: number;
  readonly workedExamples: number;
}

const wordsPerMinute = 238;

/** Unrounded minutes: 12 s per equation, 15 s per figure, 30 s per worked example. */
export const readingMinutes = (counts: TextCounts): number =>
  counts.words / wordsPerMinute + 0.2 * counts.displayedEquations + 0.25 * counts.figures + 0.5 * counts.workedExamples;

/** A text counts as read after this share of its reading time. */
const readShare = 0.5;

/** Whether that many seconds in view are enough for reading a text of so many minutes. */
export const hasReadingTime = (seconds: number, minutes: number): boolean => seconds >= readShare * minutes * 60;

/** Whole minutes for display, rounded up. The tolerance is for floating-point error. */
export const printedMinutes = (counts: TextCounts): number => Math.max(1, Math.ceil(readingMinutes(counts) - 1e-9));
