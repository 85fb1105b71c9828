/**
 * Draws on worker threads, while the main thread compiles. What a thread fails to draw is drawn on the main thread, so
 * that an error is the same wherever it occurs, and no release depends on a thread.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createCache } from "../cache/memory-cache.ts";
import { type Drawing, type Drawn, draw } from "./draw.ts";
import type { Reply, Request } from "./drawing-worker.ts";

type AnyDrawn = Drawn<Drawing["kind"]>;

interface Waiting extends Request {
  readonly resolve: (drawn: AnyDrawn | Promise<AnyDrawn>) => void;
}

/** MathJax makes much garbage and keeps little; with Node's own limits the heap of a thread would grow far beyond need. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 } as const;

/** The main thread helps when it has compiled everything, so a second thread would only take memory. */
const threadCount = Math.min(1, availableParallelism() - 1);

const startThreads = createCache<DrawingThreads>();

/** Those of this process: one thread, unless that would take the only core from the main thread. */
export const drawingThreads = (): DrawingThreads => startThreads("threads", () => new DrawingThreads(threadCount));

export class DrawingThreads {
  readonly #threads: Thread[];
  #drawn = 0;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new Thread());
  }

  draw<Kind extends Drawing["kind"]>(drawing: Extract<Drawing, { kind: Kind }>): Promise<Drawn<Kind>> {
    const id = this.#drawn;
    this.#drawn += 1;
    const thread = this.#threads[id % this.#threads.length];
    return (thread ? thread.draw({ id, drawing }) : draw(drawing)) as Promise<Drawn<Kind>>;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

class Thread {
  readonly #worker = new Worker(join(import.meta.dirname, "drawing-worker.ts"), { resourceLimits });
  readonly #waiting = new Map<number, Waiting>();
  #isDead = false;

  constructor() {
    // The process may end while the thread has nothing to do.
    this.#worker.unref();
    this.#worker.on("message", (reply: Reply) => this.#receive(reply));
    this.#worker.on("error", () => this.#die());
    this.#worker.on("exit", () => this.#die());
  }

  draw(request: Request): Promise<AnyDrawn> {
    if (this.#isDead) return draw(request.drawing);
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#waiting.set(request.id, { ...request, resolve });
      this.#worker.postMessage(request);
    });
  }

  close(): Promise<number> {
    return this.#worker.terminate();
  }

  #receive({ id, drawn }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    waiting?.resolve(drawn ?? draw(waiting.drawing));
  }

  #die(): void {
    this.#isDead = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { drawing, resolve } of waiting) resolve(draw(drawing));
  }
}
