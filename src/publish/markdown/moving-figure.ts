/** A figure that can be touched stands still in feeds and mails, where its caption asks to drag it: a link to where it moves. */
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";

/** `path` is that of the text, `number` that of the figure in it. */
export const whereItMoves = ({ labels }: Words, path: string, number: number): string =>
  `<a href="${originMark}${path}#figure-${number}">${labels.interactive}</a>`;
