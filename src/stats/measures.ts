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
 */

/** The share of a chapter's reading time that somebody stays for who reads it. */
export const readShare = 0.5;
