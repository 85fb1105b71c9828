/** One line for work of several parts: each begins anew where the one before has ended. */
import { createProgressLine, type ProgressLine } from "../progress.ts";

export function createWorkProgress(): (what: string, done: number, of: number) => void {
  let line: { readonly what: string; readonly progress: ProgressLine } | undefined;
  return (what, done, of) => {
    if (line?.what !== what) {
      line?.progress.end();
      line = { what, progress: createProgressLine(what) };
    }
    line.progress.update(done, of);
    if (done === of) line.progress.end();
  };
}
