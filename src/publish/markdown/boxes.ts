/** The boxes that a text may hold, and the words above each. */

export const boxNames: readonly string[] = ["in-short", "example", "misconception", "questions", "note", "warning"];

/** What stands above the title, or alone where there is none. */
export const boxKinds: Readonly<Record<string, string>> = {
  "in-short": "In short",
  example: "Worked example",
  misconception: "Misconception",
  questions: "Check your understanding",
  note: "Note",
  warning: "Warning",
};
