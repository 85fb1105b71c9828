/**
 * Links from feeds and emails to an interactive figure on its page: its caption asks to drag it, which only works
 * there.
 */
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";

/** `path`: public path of the text. `number`: of the figure in it. */
export const whereItMoves = ({ labels }: Words, path: string, number: number): string =>
  `<a href="${originMark}${path}#figure-${number}">${labels.interactive}</a>`;
