/** Words the page of questions that come back, in English: the section `recall` of en.ts. Its script has due-words.ts. */
export const recall = {
  title: "Recall",
  titleOf: (book: string) => `Recall: ${book}`,
  description: (library: string) =>
    `All questions in ${library} with their answers. Those you have rated come back before you forget them.`,
  introduction:
    "A question comes back here some days after you have rated its answer, just before you would forget it. What you rate stays in this browser.",
  /** In place of what is due, if scripts are off. */
  needsScript: "Without JavaScript, nothing can be rated and nothing comes back. All questions are below.",
  allQuestions: "All questions",
  /** Link on the page of a book, and in lists of links. */
  link: "Questions",
  /** Label of the links that choose a book. */
  books: "Books",
  allBooks: "All books",
  anki: "Download for Anki",
  noQuestions: "No chapter has questions yet.",
  chooseBook: "The whole library has too many questions for one page. Choose a book:",
};
