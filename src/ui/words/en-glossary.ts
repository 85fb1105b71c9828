/** Words the notation in English: the section `glossary` of en.ts. */
export const glossary = {
  notation: "Notation",
  notationDescription: (library: string) =>
    `All symbols in ${library}: their meanings, shapes, and the chapters that use them.`,
  notationOf: (book: string) => `Notation: ${book}`,
  notationIntroduction:
    "Each symbol with its meaning, its shape, and the chapters that declare it. A symbol with two meanings has two entries.",
  /** Groups of symbols. */
  alphabets: {
    latin: "Latin letters",
    greek: "Greek letters",
    script: "Calligraphic and double-struck letters",
    other: "Operators and other signs",
  },
  /** The form that filters the page. */
  filter: "Filter",
  filterSymbols: "Symbol or meaning",
  book: "Book",
  allBooks: "All books",
  showAll: "Show all",
  /** `count`: a number in digits. */
  found: (count: string) => `Found: ${count}`,
  nothingFound: "Nothing matches. Try fewer letters or another word.",
  noSymbols: "No chapter declares a symbol yet.",
  chooseBook: "The notation of the whole library is too long for one page. Choose a book:",
};
