/** Types the response of `/search.json`, which the search palette and other programs read. */

/** Text, and whether it is a word of the query. */
export interface ResponsePiece {
  readonly text: string;
  readonly hit?: true;
}

export const textOfPieces = (pieces: readonly ResponsePiece[]): string => pieces.map(({ text }) => text).join("");

export interface ResponsePlace {
  readonly kind: "overview" | "chapter" | "section" | "figure" | "table" | "box" | "symbol" | "equation";
  /** What it is, in the library's language: `Section`, `Equation (3)`, `Figure 2.` */
  readonly label: string;
  /** Its heading, or the heading of its section; empty for a chapter. */
  readonly name: readonly ResponsePiece[];
  /** Path and fragment. */
  readonly url: string;
  readonly snippet: readonly ResponsePiece[];
  /** Of an equation. */
  readonly tex?: string;
  readonly mathml?: string;
}

export interface ResponseChapter {
  /** The permanent identity of the chapter. */
  readonly id: string;
  readonly title: readonly ResponsePiece[];
  readonly book: string;
  /** In its book, from 1; 0 for an overview. */
  readonly number: number;
  /** The best first. */
  readonly places: readonly ResponsePlace[];
}

export interface SearchResponse {
  /** What was searched for. */
  readonly query: string;
  /** What was searched for instead, if words were misspelt. */
  readonly corrected?: string;
  /** How many results there are, or why there are none; without a query, what can be searched for. */
  readonly message: string;
  /** Label of the button that closes the palette, in the library's language, without a query. */
  readonly close?: string;
  readonly results: readonly ResponseChapter[];
}
