/** The boxes that a text may hold, and what stands above each. */
import type { Words } from "../../ui/words/words.ts";

type BoxName = keyof Words["labels"]["boxes"];

const names = ["in-short", "example", "misconception", "questions", "note", "warning"] as const satisfies BoxName[];

export const boxNames: readonly string[] = names;

/** What stands above the title, or alone where there is none; of a box that the analysis of its text has found right. */
export function boxKind({ labels }: Words, name: string): string {
  const known = names.find((each) => each === name);
  if (known === undefined) throw new Error(`A box got past the analysis: ${name}`);
  return labels.boxes[known];
}
