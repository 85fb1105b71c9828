/**
 * Runs several runs of the same code concurrently, one step at a time. A step is a call to D1, KV, Resend or the
 * author; `Choose` decides which run takes the next step, and whether it fails. A killed run never gets the response,
 * like a killed Worker.
 */

export type Fate =
  | "done"
  /** Not executed; the caller gets an error. */
  | "lost"
  /** Executed, but the caller gets an error. */
  | "answer lost"
  | "killed before"
  | "killed after";

/** A call of a run. Only losing a `write` loses data. */
export interface Step {
  readonly run: number;
  readonly what: "read" | "write" | "kv get" | "kv put" | "kv list" | "post" | "tell";
  /** The statement, the key or the title. */
  readonly text: string;
}

export type Ending =
  | { readonly kind: "finished" }
  | { readonly kind: "threw"; readonly error: unknown }
  | { readonly kind: "killed" };

interface Waiting {
  readonly step: Step;
  readonly take: (fate: Fate) => void;
}

/** Chooses one of the waiting runs (at least one) and the fate of its step. */
export type Choose = (waiting: readonly Step[]) => { readonly index: number; readonly fate: Fate };

export class Turns {
  readonly #waiting = new Map<number, Waiting>();
  readonly #endings: (Ending | undefined)[] = [];
  #stopped: () => void = () => {};

  /** Wraps an external call: waits for the step's turn. `refuse` creates the error of a lost call. */
  step<T>(step: Step, work: () => T | Promise<T>, refuse: () => Error): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const take = (fate: Fate) => {
        this.#waiting.delete(step.run);
        if (fate === "lost") return reject(refuse());
        if (fate === "killed before") return this.#end(step.run, { kind: "killed" });
        try {
          const result = work();
          if (fate === "done") return resolve(result);
          // The caller never learns the result.
          if (result instanceof Promise) result.catch(() => undefined);
          if (fate === "answer lost") return reject(refuse());
          this.#end(step.run, { kind: "killed" });
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.set(step.run, { step, take });
      this.#stopped();
    });
  }

  /** Plays until every run has ended. `between` is called while all of them wait. */
  async play(
    runs: readonly ((run: number) => Promise<unknown>)[],
    choose: Choose,
    between: (steps: number) => Promise<void> = async () => {},
  ): Promise<Ending[]> {
    this.#endings.length = 0;
    for (const [index, run] of runs.entries()) {
      await this.#untilStopped(index, () => {
        run(index).then(
          () => this.#end(index, { kind: "finished" }),
          (error: unknown) => this.#end(index, { kind: "threw", error }),
        );
      });
    }
    for (let steps = 0; this.#waiting.size > 0; steps += 1) {
      await between(steps);
      const waiting = [...this.#waiting.values()];
      const { index, fate } = choose(waiting.map(({ step }) => step));
      const chosen = waiting[index];
      if (!chosen) throw new Error("A run was chosen that does not wait.");
      await this.#untilStopped(chosen.step.run, () => chosen.take(fate));
    }
    return this.#endings.flatMap((ending) => ending ?? []);
  }

  #end(run: number, ending: Ending): void {
    this.#endings[run] ??= ending;
    this.#stopped();
  }

  /** Lets one run continue until its next step or its end. */
  async #untilStopped(run: number, go: () => void): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    go();
    await stopped;
    if (!this.#waiting.has(run) && this.#endings[run] === undefined) throw new Error(`Run ${run} is nowhere.`);
  }
}
