/** Shows a progress line: rewritten in a terminal, printed every few seconds elsewhere. */

export interface ProgressLine {
  update(done: number, of: number): void;
  /** Clears the line. */
  end(): void;
}

/** Work that takes less time shows no progress. */
const graceMs = 400;

export function createProgressLine(verb: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const started = performance.now();
  const interval = stream.isTTY ? 100 : 3000;
  let shown = 0;
  let lastLine = "";
  let lastAt = started + graceMs - interval;
  return {
    update(done, of) {
      const now = performance.now();
      if (now - lastAt < interval || now - started < graceMs) return;
      lastAt = now;
      const line = of === 1 ? `${verb} …` : `${verb} ${done} of ${of} (${Math.floor((100 * done) / of)} %)`;
      // A log keeps earlier lines, so a repeated one adds nothing.
      if (!stream.isTTY && line === lastLine) return;
      lastLine = line;
      stream.write(stream.isTTY ? `\r${line.padEnd(shown)}` : `${line}\n`);
      shown = line.length;
    },
    end() {
      if (stream.isTTY && shown > 0) stream.write(`\r${" ".repeat(shown)}\r`);
      shown = 0;
    },
  };
}
