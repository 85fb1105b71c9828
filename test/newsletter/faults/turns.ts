/**
 * Several runs of the same code at once, one step at a time: a step is a call to something outside, and whoever
 * plays decides which run takes the next one and what becomes of it. A run that dies goes on no further, like a
 * Worker that is killed: its call is never answered.
 */

export type Fate =
  | "done"
  /** Nothing happens, and the caller gets an error. */
  | "lost"
  /** It is done, and the caller gets an error. */
  | "answer lost"
  | "killed before"
  | "killed after";

/** What a run asks for. `writes`: losing it loses something. */
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

/** Chooses among the runs that wait (never none), and what their step comes to. */
export type Choose = (waiting: readonly Step[]) => { readonly index: number; readonly fate: Fate };

export class Turns {
  readonly #waiting = new Map<number, Waiting>();
  readonly #endings: (Ending | undefined)[] = [];
  #stopped: () => void = () => {};

  /** Called by what stands outside: waits for the step's turn. `refuse` makes the error of a lost call. */
  step<T>(step: Step, work: () => T | Promise<T>, refuse: () => Error): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const take = (fate: Fate) => {
        this.#waiting.delete(step.run);
        if (fate === "lost") return reject(refuse());
        if (fate === "killed before") return this.#end(step.run, { kind: "killed" });
        try {
          const result = work();
          if (fate === "done") return resolve(result);
          // Nobody hears of it, however it ended.
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

  /** Plays until every run has ended. `between` happens while all of them wait. */
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

  /** Lets one run go on until it waits for its next step, or has ended. */
  async #untilStopped(run: number, go: () => void): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopped = resolve;
    });
    go();
    await stopped;
    if (!this.#waiting.has(run) && this.#endings[run] === undefined) throw new Error(`Run ${run} is nowhere.`);
  }
}
