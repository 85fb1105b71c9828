/**
 * Defines what is measured. All counts are sums, so events need not be distinguished and nothing is stored about
 * the reader who caused them. Pages have the keys of library/counted-pages.ts.
 *
 * | measure            | counts                                                                         |
 * | ------------------ | ------------------------------------------------------------------------------ |
 * | `view`             | documents that a browser requested to show, with or without scripts            |
 * | `depth-25` … `100` | views that reached this depth of the text, in per cent (needs the script)      |
 * | `read`             | views that reached half of the text and lasted half of the reading time        |
 * | `finish`           | views that reached the end of the text and lasted half of the reading time     |
 * | `seconds`          | seconds in view: the page was visible, with some input in the last half-minute |
 *
 * The text ends before notation, references and chapter lists. The reading time is the one printed on the page.
 * Views of a page by the same reader count once in half an hour, and so does each other measure except `seconds`.
 * Views are slightly undercounted: two people with the same browser behind one IP address count as one, and a
 * prefetched page counts as no view, although its reading counts.
 */
import type { measures } from "../db/reading-tables.ts";

export type Measure = (typeof measures)[number];

/** Quarters of a text, in per cent. */
export const depths = [25, 50, 75, 100] as const;
