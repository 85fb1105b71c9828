/**
 * Fits y = wx with a loop that repeats one step of gradient descent on the examples in its input. One layer of linear
 * attention can compute that step (von Oswald et al., arXiv:2212.07677, section 2).
 */

export interface Example {
  readonly x: number;
  readonly y: number;
}

/** The examples of the chapter's worked example; all are on y = 2x. */
export const threeExamples: readonly Example[] = [
  { x: 1, y: 2 },
  { x: 2, y: 4 },
  { x: -1, y: -2 },
];

const sum = (examples: readonly Example[], of: (example: Example) => number): number =>
  examples.reduce((total, example) => total + of(example), 0);

/** Σx², the curvature of the squared error. */
export const steepness = (examples: readonly Example[]): number => sum(examples, ({ x }) => x ** 2);

/** The w with the least squared error; 0 if all x are 0. */
export const bestSlope = (examples: readonly Example[]): number =>
  steepness(examples) === 0 ? 0 : sum(examples, ({ x, y }) => x * y) / steepness(examples);

/** The factor by which an iteration multiplies the distance to the fit, 1 − ηΣx². Beyond ±1 the loop diverges. */
export const factorOf = (examples: readonly Example[], step: number): number => 1 - step * steepness(examples);

/**
 * w after 0, 1, …, `turns` iterations of w ← w + ηΣx(y − wx) from w = 0. Equivalently w ← (1 − ηΣx²)w + ηΣxy: a part of
 * the state is kept, and the input is added. `isFedOnce`: the targets y are fed in the first iteration only, zeros in
 * all later ones.
 */
export function runLoop(
  examples: readonly Example[],
  step: number,
  turns: number,
  { isFedOnce = false }: { isFedOnce?: boolean } = {},
): readonly number[] {
  const keep = factorOf(examples, step);
  const input = step * sum(examples, ({ x, y }) => x * y);
  const states = [0];
  let w = 0;
  for (let turn = 0; turn < turns; turn++) {
    w = keep * w + (isFedOnce && turn > 0 ? 0 : input);
    states.push(w);
  }
  return states;
}

/**
 * How one iteration changes the prediction at `query`, as attention without a softmax: the query is compared with each
 * key x and collects the value y − wx, times the step.
 */
export const attendedChange = (query: number, examples: readonly Example[], w: number, step: number): number =>
  step * sum(examples, ({ x, y }) => query * x * (y - w * x));
