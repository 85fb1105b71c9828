/** Draws each formula once per process: on a worker thread, unless that would take the only core from the main thread. */
import { availableParallelism } from "node:os";
import { createCache } from "../cache/memory-cache.ts";
import type { FormulaPicture } from "./formula-pictures.ts";
import { FormulaThreads } from "./formula-threads.ts";

/** Drawing takes less than half of the time of compiling, so a second thread would wait. */
const threadCount = Math.min(1, availableParallelism() - 1);

const startThreads = createCache<FormulaThreads>();
const remembered = createCache<Promise<readonly FormulaPicture[]>>();

export const formulaPictures = (tex: string, displayed: boolean): Promise<readonly FormulaPicture[]> =>
  remembered(`${displayed ? "D" : "I"}${tex}`, () =>
    startThreads("threads", () => new FormulaThreads(threadCount)).draw(tex, displayed),
  );
