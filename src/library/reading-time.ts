/** How long a chapter takes to read: 238 words a minute (Brysbaert 2019), and time to look at what is not prose. */

export interface TextCounts {
  /** Words of the body without code, captions, references and check questions. */
  readonly words: number;
  readonly displayedEquations: number;
  readonly figures: number;
  readonly workedExamples: number;
}

const wordsPerMinute = 238;

/** Exact minutes: 12 s for an equation, 15 s for a figure, 30 s for a worked example. */
export const readingMinutes = (counts: TextCounts): number =>
  counts.words / wordsPerMinute + 0.2 * counts.displayedEquations + 0.25 * counts.figures + 0.5 * counts.workedExamples;

/** Whole minutes as pages print them, rounded up. A shade of floating point is not another minute. */
export const printedMinutes = (counts: TextCounts): number => Math.max(1, Math.ceil(readingMinutes(counts) - 1e-9));
