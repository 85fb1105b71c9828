/** Words the notation and the index in English: the section `glossary` of en.ts. */
import type { Parts } from "./parts.ts";
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
  /** At the end of the introduction of the index. */
  alsoNotation: "Symbols are in the notation.",
  alsoIndex: "Terms are in the index.",

  index: "Index",
  indexDescription: (library: string) =>
    `Terms, models and datasets in ${library}, from A to Z, with links to their definitions.`,
  indexOf: (book: string) => `Index: ${book}`,
  indexIntroduction:
    "Terms, models and datasets, with links to the places that define or name them. The main place is bold.",
  /** Label of the links to the letters. */
  letters: "Letters",
  /** Heading of terms that begin with a digit or a sign. */
  signs: "0–9",
  kinds: { model: "Models", dataset: "Datasets" },
  see: <Piece>(entry: Piece): Parts<Piece> => ["see ", entry],
  /** Label of the link to another place in the same chapter; it shows the number alone. */
  furtherPlace: (chapter: string, number: number) => `${chapter}, place ${number}`,
  noIndex: "This library has no index yet.",
  howToMark: <Piece>(mark: Piece): Parts<Piece> => [
    "To add a term, an author marks it where it is defined: ",
    mark,
    ".",
  ],
  filterTerms: "Term, model or dataset",
  chooseBookOfIndex: "The index of the whole library is too long for one page. Choose a book:",

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
