/**
 * Draws formulas on worker threads, while the main thread compiles. A formula that a thread fails to draw is drawn on the
 * main thread, so that an error is the same wherever it occurs, and no email depends on a thread.
 */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { drawFormula, type FormulaPicture } from "./formula-pictures.ts";
import type { Reply, Request } from "./formula-worker.ts";

type Pictures = readonly FormulaPicture[];

interface Waiting extends Request {
  readonly resolve: (pictures: Pictures | Promise<Pictures>) => void;
}

/** MathJax makes much garbage and keeps little; with Node's own limits the heap of a thread would grow far beyond need. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 } as const;

export class FormulaThreads {
  readonly #threads: Thread[];
  #drawn = 0;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new Thread());
  }

  draw(tex: string, displayed: boolean): Promise<Pictures> {
    const id = this.#drawn;
    this.#drawn += 1;
    const thread = this.#threads[id % this.#threads.length];
    return thread ? thread.draw({ id, tex, displayed }) : drawFormula(tex, displayed);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

class Thread {
  readonly #worker = new Worker(join(import.meta.dirname, "formula-worker.ts"), { resourceLimits });
  readonly #waiting = new Map<number, Waiting>();
  #isDead = false;

  constructor() {
    // The process may end while the thread has nothing to do.
    this.#worker.unref();
    this.#worker.on("message", (reply: Reply) => this.#receive(reply));
    this.#worker.on("error", () => this.#die());
    this.#worker.on("exit", () => this.#die());
  }

  draw(request: Request): Promise<Pictures> {
    if (this.#isDead) return drawFormula(request.tex, request.displayed);
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#waiting.set(request.id, { ...request, resolve });
      this.#worker.postMessage(request);
    });
  }

  close(): Promise<number> {
    return this.#worker.terminate();
  }

  #receive({ id, pictures }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    waiting?.resolve(pictures ?? drawFormula(waiting.tex, waiting.displayed));
  }

  #die(): void {
    this.#isDead = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { tex, displayed, resolve } of waiting) resolve(drawFormula(tex, displayed));
  }
}
