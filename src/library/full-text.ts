/** Limits what a program reads of a book at once. */

/** In bytes: about sixty chapters. The Worker replaces links in all of them, and has 10 ms. */
export const maxFullText = 500_000;

/** A longer list of chapters would be larger than what reads it; it then has books only. */
export const maxListedChapters = 500;
