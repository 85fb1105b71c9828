/** Shows one progress line for work in several parts: each part starts again at zero. */
import { createProgressLine, type ProgressLine } from "../progress.ts";

/** Interval at which a part without progress reports, such as an export, is shown. */
const lookEveryMs = 500;

export function createWorkProgress(stream?: NodeJS.WriteStream): (what: string, done: number, of: number) => void {
  let line: { readonly what: string; readonly progress: ProgressLine; readonly timer: NodeJS.Timeout } | undefined;
  const end = () => {
    clearInterval(line?.timer);
    line?.progress.end();
    line = undefined;
  };
  return (what, done, of) => {
    if (line?.what !== what) {
      end();
      const progress = createProgressLine(what, stream);
      line = { what, progress, timer: setInterval(() => progress.update(done, of), lookEveryMs).unref() };
    } else if (done > 0) clearInterval(line.timer);
    line.progress.update(done, of);
    if (done === of) end();
  };
}
