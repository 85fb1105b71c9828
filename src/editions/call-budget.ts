/**
 * Call budget of one invocation (Workers Free: 50 D1 statements, 50 subrequests, 10 ms of CPU,
 * https://developers.cloudflare.com/workers/platform/limits/). Check `fits()` first; going over throws here, before the
 * platform ends the whole run.
 */
import { CallNotMade } from "../db/database.ts";

export interface Cost {
  /** D1 statements; each statement of a batch counts. */
  readonly queries: number;
  /** Calls of D1, KV, assets and Resend. */
  readonly calls: number;
  /** CPU, in units of one batch encoded and sent. Only composing costs more; everything else is negligible. */
  readonly work?: number;
}

/** CPU cost of composing an email, measured in test/bench/results.md. */
export const composingWork = 2;

/** The CPU budget of a run that sends this many batches; always enough to compose one email and send one batch of it. */
export const workOf = (batches: number): number => Math.max(composingWork + 1, batches);

export const sum = (...costs: readonly Cost[]): Cost => ({
  queries: costs.reduce((total, { queries }) => total + queries, 0),
  calls: costs.reduce((total, { calls }) => total + calls, 0),
  work: costs.reduce((total, { work = 0 }) => total + work, 0),
});

export class CallBudget {
  #queries: number;
  #calls: number;
  #work: number;

  /** `most` statements, and as many calls. */
  constructor(most: number, work = Number.POSITIVE_INFINITY) {
    this.#queries = most;
    this.#calls = most;
    this.#work = work;
  }

  fits({ queries, calls, work = 0 }: Cost): boolean {
    return queries <= this.#queries && calls <= this.#calls && work <= this.#work;
  }

  /** Reserves part of the budget for later steps, until the returned function is called. */
  reserve({ queries, calls }: Cost): () => void {
    this.#queries -= queries;
    this.#calls -= calls;
    return () => {
      this.#queries += queries;
      this.#calls += calls;
    };
  }

  /** Statements and calls are counted as they are made; CPU cost is recorded by the step that causes it. */
  spendWork(work: number): void {
    this.#work = Math.max(0, this.#work - work);
  }

  /** Throws when it does not fit. */
  spend(cost: Cost): void {
    if (!this.fits(cost)) throw new AllowanceSpent();
    this.#queries -= cost.queries;
    this.#calls -= cost.calls;
  }
}

/** Ends the run before the call is made. */
export class AllowanceSpent extends CallNotMade {
  override readonly name = "AllowanceSpent";
  override readonly message = "This run has used its CALLS_PER_RUN budget; the next run will continue.";
}

const oneCall: Cost = { queries: 0, calls: 1 };
const oneQuery: Cost = { queries: 1, calls: 1 };

/** Wraps the database so that every statement counts. */
export function countQueries(database: D1Database, budget: CallBudget): D1Database {
  const meter = (statement: D1PreparedStatement): Metered => ({
    statement,
    bind: (...values) => meter(statement.bind(...values)),
    all: () => spent(oneQuery, () => statement.all()),
    run: () => spent(oneQuery, () => statement.run()),
    raw: (options) => spent(oneQuery, () => statement.raw(options as { columnNames: true })),
    first: (column) => spent(oneQuery, () => statement.first(column as string)),
  });
  const spent = async <T>(cost: Cost, work: () => Promise<T>): Promise<T> => {
    budget.spend(cost);
    return work();
  };
  return {
    prepare: (sql: string) => meter(database.prepare(sql)),
    batch: (statements: readonly Metered[]) =>
      spent({ queries: statements.length, calls: 1 }, () =>
        database.batch(statements.map(({ statement }) => statement)),
      ),
  } as unknown as D1Database;
}

interface Metered {
  readonly statement: D1PreparedStatement;
  bind(...values: unknown[]): Metered;
  all(): Promise<unknown>;
  run(): Promise<unknown>;
  raw(options?: unknown): Promise<unknown>;
  first(column?: string): Promise<unknown>;
}

/** Wraps a KV namespace, fetcher or similar object so that every call of these methods counts. */
export function countCalls<T extends object, Method extends keyof T>(
  target: T,
  methods: readonly Method[],
  budget: CallBudget,
): Pick<T, Method> {
  return Object.fromEntries(
    methods.map((method) => [
      method,
      async (...values: unknown[]) => {
        budget.spend(oneCall);
        return (target[method] as (...values: unknown[]) => unknown).apply(target, values);
      },
    ]),
  ) as Pick<T, Method>;
}
