/** Words the search in English: the section `search` of en.ts. */
import { counted } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const results = { one: "result", other: "results" };

export const search = {
  title: "Search",
  titleOf: (query: string) => `Search: ${query}`,
  description: (library: string) => `Search ${library}: its chapters, figures, symbols and formulas.`,
  /** Label of the field. */
  field: "Words or a formula",
  book: "Book",
  allBooks: "All books",
  button: "Search",
  /** The page before anything is searched for. */
  introduction:
    "Finds chapters, sections, figures, tables, boxes, symbols and equations. A formula can be typed by hand, as TeX, or copied from a page. Misspelt words are corrected.",
  examples: "For example:",
  /** Button that closes the search palette. */
  close: "Close",
  /** Above the results, and for screen readers. */
  found: (count: number) => counted(count, results),
  foundAtMost: (count: number) => `The best ${counted(count, results)}`,
  /** If a word of the query was misspelt. */
  corrected: <Piece>(query: Mark<Piece>, corrected: string, instead: Mark<Piece>, written: string): Parts<Piece> => [
    "Results for ",
    query(corrected),
    ". ",
    instead(`Search instead for ${written}`),
  ],
  didYouMean: <Piece>(query: Mark<Piece>, corrected: string): Parts<Piece> => ["Did you mean ", query(corrected), "?"],
  nothing: (query: string) => `Nothing found for “${query}”.`,
  nothingInBook: (query: string, book: string) => `Nothing found for “${query}” in ${book}.`,
  searchAllBooks: "Search all books",
  hint: "Try fewer or more general words. For a formula, a part of it is enough.",
  unavailable: "The search is temporarily unavailable. Please try again in a moment.",
  /** What a result is. */
  kinds: {
    overview: "Overview",
    chapter: "Chapter",
    section: "Section",
    figure: "Figure",
    table: "Table",
    box: "Box",
    symbol: "Symbol",
    equation: "Equation",
  },
  equation: (number: number) => `Equation\u00a0(${number})`,
  /** The book of a result, and the number of its chapter. */
  place: (book: string, number: number) => `${book} · ${number}`,
};
