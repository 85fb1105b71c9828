/**
 * What is counted, and of what. All counts are sums, so that no event has to be told from another and nothing
 * has to be known of who caused it. Pages have the names of library/counted-pages.ts.
 *
 * | measure           | counts                                                                          |
 * | ----------------- | ------------------------------------------------------------------------------- |
 * | `view`            | documents that a browser asked for to show, with or without scripts               |
 * | `depth-25` … `100` | views that came so far down the text, in per cent of it (needs the script)        |
 * | `read`            | views that came half-way down, and stayed half of the reading time               |
 * | `finish`          | views that came to the end of the text, and stayed half of the reading time       |
 * | `seconds`         | seconds in view: the page visible, and something done in the last half-minute     |
 *
 * The text ends before notation, references and chapter lists. The reading time is the one that the page prints.
 * The same reader's views of a page count once in half an hour, and so does each of the others but `seconds`.
 * Views are a little too few: two people with the same browser behind one address are one, and a page that was
 * fetched ahead is none, though its reading counts.
 */
import type { measures } from "../db/reading-tables.ts";

export type Measure = (typeof measures)[number];

/** Quarters of a text, in per cent. */
export const depths = [25, 50, 75, 100] as const;

/** The share of a chapter's reading time that somebody stays for who reads it. */
export const readShare = 0.5;
