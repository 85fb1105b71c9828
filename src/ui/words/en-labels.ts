/** Words what the compiler adds to texts, in English: the section `labels` of en.ts. */
import { list } from "./en-formats.ts";

/** What the compiler adds to a chapter on its page, in feeds and in emails. Headings are those of `chapter`. */
export const labels = {
  figure: (number: number) => `Figure ${number}.`,
  figureWord: "Figure",
  table: "Table",
  listing: "Listing",
  /** Before the caption of a table or listing. */
  captionNumber: (numbered: string) => `${numbered}.`,
  /** A figure, table, listing or box in a reference, and the label of a box: `Theorem 2`, on one line. */
  numbered: (kind: string, number: number) => `${kind}\u00a0${number}`,
  /** References to an equation, to a section, and to something in another chapter. */
  equation: (number: number) => `Equation\u00a0(${number})`,
  section: (heading: string) => `Section “${heading}”`,
  elsewhere: (reference: string, title: string) => `${reference} in “${title}”`,
  linkTo: (heading: string) => `Link to “${heading}”`,
  note: (number: number) => `Note ${number}`,
  backToText: "Back to the text",
  /** Heading of the notes in a feed. */
  notes: "Notes",
  /** A citation in a feed: text readers number links in square brackets. */
  cited: (numbers: readonly number[]) => `(${numbers.length === 1 ? "ref." : "refs"} ${numbers.join(", ")})`,
  boxes: {
    "in-short": "In short",
    example: "Worked example",
    misconception: "Misconception",
    questions: "Check your understanding",
    note: "Note",
    warning: "Warning",
    theorem: "Theorem",
    lemma: "Lemma",
    proposition: "Proposition",
    corollary: "Corollary",
    definition: "Definition",
    remark: "Remark",
    proof: "Proof",
    exercise: "Exercise",
    solution: "Solution",
    algorithm: "Algorithm",
  },
  proofOf: (what: string) => `Proof of ${what}`,
  /** The accessible name of the sign at the end of a proof. */
  proofEnd: "End of proof",
  solutionTo: (exercise: string) => `Solution to ${exercise}`,
  /** The kind of a box, and its title. */
  box: (kind: string, title: string) => `${kind}: ${title}`,
  /** Opens an answer on the page. */
  answer: "Answer",
  /** Below the questions of a chapter, leads to the page where they come back. */
  recall: "All questions",
  /** Heading of the answers in an email or a feed. */
  answers: "Answers",
  answersFollow: "Answers:",
  /** In place of an image, in plain text. */
  image: (alt: string) => `[Image: ${alt}]`,
  /** Authors of a cited work. */
  authors: (names: readonly string[]) => list(names),
  yearAndPreprint: (year: number, preprint: number) => `${year}, preprint ${preprint}`,
  /** Link to an interactive figure, from its static version. */
  interactive: "Interactive on the site.",
};
