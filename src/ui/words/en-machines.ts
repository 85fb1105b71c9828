/** Words what programs read: feeds, and the list for language models. */

export const feeds = {
  corrections: (library: string) => `${library}: corrections`,
  aboutCorrections: "Errors that were found in published chapters, and what is right.",
  /** Title of an entry. */
  correction: (chapter: string) => `Corrected: ${chapter}`,
};

/** llms.txt. */
export const llms = {
  how: "Every chapter is Markdown with TeX at its URL plus `.md`, and complete in itself.",
  whole: (book: string) => `${book}: all chapters in one file`,
};
