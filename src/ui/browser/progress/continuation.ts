/** Decides where a reader continues: in the text that was open last or, if it was read to its end, in the next one. */
import { pageIds } from "../../../library/page-ids.ts";
import type { Done, Reading } from "./record.ts";

export interface Continuation {
  /** Of a text that was open before, with the fragment that opens it where it was left. */
  readonly path: string;
  readonly title: string;
  readonly cloth?: string | undefined;
}

/** `within`: only texts below that path, such as those of a book; `/` for all. */
export function continuationOf(reading: Reading, done: Done, within = "/"): Continuation | undefined {
  const latestFirst = Object.entries(reading).sort(([, a], [, b]) => b.at - a.at);
  for (const [id, { path, title, cloth, finished, next }] of latestFirst) {
    const isFinished = finished !== undefined && done[id] !== undefined;
    if (!isFinished && isWithin(path, within)) return { path: path + whereLeft, title, cloth };
    if (isFinished && next && done[next.id] === undefined && isWithin(next.path, within)) {
      return { path: next.path + (reading[next.id] ? whereLeft : ""), title: next.title, cloth };
    }
  }
  return undefined;
}

const whereLeft = `#${pageIds.continued}`;

const isWithin = (path: string, within: string): boolean => path.startsWith(within) && path !== within;
