/** Words bylines and the pages of authors in English: the section `authors` of en.ts. */
import { counted, listOf } from "./en-formats.ts";
import type { Parts } from "./parts.ts";

/** For a library with authors.yaml. */
export const authors = {
  /** The page that lists all authors, and links to it. */
  title: "Authors",
  author: "Author",
  /** The authors of a chapter, as links or as text. */
  names: <Piece>(names: readonly Piece[]): Parts<Piece> => listOf(names),
  /** The first of many authors. */
  andMore: (names: readonly string[], more: number) => `${names.join(", ")} and ${more} more`,
  /** All of them in emails. */
  by: <Piece>(names: readonly Piece[]): Parts<Piece> => ["By ", ...listOf(names)],
  /** The other authors of a chapter, in the list of an author's chapters. */
  together: <Piece>(names: readonly Piece[]): Parts<Piece> => ["With ", ...listOf(names)],
  chapters: (count: number) => counted(count, { one: "chapter", other: "chapters" }),
  /** For search engines, if there is no biography. */
  description: (name: string, library: string) => `Chapters by ${name} in ${library}.`,
  listDescription: (library: string) => `The authors of ${library}.`,
  /** Accessible name of the link to an author's own page. */
  website: (host: string) => `Website: ${host}`,
  orcid: "ORCID iD",
};
