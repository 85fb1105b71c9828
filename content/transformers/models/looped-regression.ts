/**
 * A loop that learns: fitting y = wx by repeating one step of gradient descent on examples in the input, which one layer
 * of linear attention can compute (von Oswald et al., arXiv:2212.07677, section 2).
 */

export interface Example {
  readonly x: number;
  readonly y: number;
}

/** Of the chapter's worked example; all lie on y = 2x. */
export const threeExamples: readonly Example[] = [
  { x: 1, y: 2 },
  { x: 2, y: 4 },
  { x: -1, y: -2 },
];

const sum = (examples: readonly Example[], of: (example: Example) => number): number =>
  examples.reduce((total, example) => total + of(example), 0);

/** Σx²: how steep the error is. */
export const steepness = (examples: readonly Example[]): number => sum(examples, ({ x }) => x ** 2);

/** The w with the least squared error; 0 if no example tells anything, all x being 0. */
export const bestSlope = (examples: readonly Example[]): number =>
  steepness(examples) === 0 ? 0 : sum(examples, ({ x, y }) => x * y) / steepness(examples);

/** What a turn leaves of the distance to the fit, 1 − ηΣx². Beyond ±1 the loop runs away. */
export const factorOf = (examples: readonly Example[], step: number): number => 1 - step * steepness(examples);

/**
 * w after 0, 1, …, `turns` turns of w ← w + ηΣx(y − wx) from w = 0, which is w ← (1 − ηΣx²)w + ηΣxy: what is kept
 * of the state, and what the input adds. `isFedOnce`: the targets y come in the first turn, and zeros in their
 * place ever after.
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
 * How far one turn moves the answer at `query`, as attention without a softmax: the query is compared with each key x and
 * collects the value y − wx, times the step.
 */
export const attendedChange = (query: number, examples: readonly Example[], w: number, step: number): number =>
  step * sum(examples, ({ x, y }) => query * x * (y - w * x));
