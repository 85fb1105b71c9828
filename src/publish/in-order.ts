/** Runs jobs concurrently, at most `max` at a time, and yields their results in the order of the jobs. */
export async function* inOrder<Result>(jobs: Iterable<() => Promise<Result>>, max: number): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for (const job of jobs) {
      const result = job();
      // A failure is thrown when it is the job's turn; until then it must not end the process.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= max) yield* next(running);
    }
    while (running.length > 0) yield* next(running);
  } finally {
    // What was begun may still write files.
    await Promise.allSettled(running);
  }
}

async function* next<Result>(running: Promise<Result>[]): AsyncGenerator<Result> {
  const [first] = running.splice(0, 1);
  if (first) yield await first;
}
