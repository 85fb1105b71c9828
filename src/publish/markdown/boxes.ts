/** Defines the boxes that a text may contain, and their labels. */
import type { Words } from "../../ui/words/words.ts";

type BoxName = keyof Words["labels"]["boxes"];

const names = ["in-short", "example", "misconception", "questions", "note", "warning"] as const satisfies BoxName[];

export const boxNames: readonly string[] = names;

/** The label above a box's title, or alone if it has none. The analysis has checked the name. */
export function boxKind({ labels }: Words, name: string): string {
  const known = names.find((each) => each === name);
  if (known === undefined) throw new Error(`A box got past the analysis: ${name}`);
  return labels.boxes[known];
}
