/** Describes T5's comparison of architectures at base size: attention masks and scores (Raffel et al. 2020, table 2). */

/** Both on validation data, each with its own axis. */
export const benchmarks = [
  { name: "GLUE", measure: "average", lowest: 72, highest: 86, ticks: [75, 80, 85] },
  { name: "SQuAD", measure: "exact match", lowest: 50, highest: 86, ticks: [55, 65, 75, 85] },
] as const;

export const objectives = ["fill gaps", "predict the next token"] as const;

export interface Architecture {
  readonly name: string;
  /** Parameters in units of a 12-layer stack, and computation relative to one decoder. */
  readonly weights: number;
  readonly work: number;
  /** A pair for each of `objectives`: the scores on `benchmarks`. */
  readonly scores: readonly (readonly [number, number])[];
  readonly reads: (row: number, column: number) => Read;
}

/** How a token attends to another: not at all, by self-attention, or from decoder to encoder by cross-attention. */
type Read = "none" | "self" | "cross";

/** Tokens of the text in the masks: input, then target. */
export const inputs = 3;
export const tokens = 6;

const isInput = (token: number): boolean => token < inputs;

const twoStacks = (row: number, column: number): Read => {
  if (isInput(row)) return isInput(column) ? "self" : "none";
  if (isInput(column)) return "cross";
  return column <= row ? "self" : "none";
};

const withPrefix = (row: number, column: number): Read => (isInput(column) || column <= row ? "self" : "none");

const causal = (row: number, column: number): Read => (column <= row ? "self" : "none");

export const architectures: readonly Architecture[] = [
  {
    name: "encoder and decoder",
    weights: 2,
    work: 1,
    scores: [
      [83.28, 79.56],
      [80.88, 76.02],
    ],
    reads: twoStacks,
  },
  {
    name: "the same, weights shared",
    weights: 1,
    work: 1,
    scores: [
      [82.81, 79.6],
      [80.63, 76.35],
    ],
    reads: twoStacks,
  },
  {
    name: "the same, half the layers",
    weights: 1,
    work: 0.5,
    scores: [
      [80.88, 78.67],
      [77.59, 75.32],
    ],
    reads: twoStacks,
  },
  {
    name: "decoder, input read both ways",
    weights: 1,
    work: 1,
    scores: [
      [81.82, 79.68],
      [78.94, 76.87],
    ],
    reads: withPrefix,
  },
  {
    name: "decoder, all causal",
    weights: 1,
    work: 1,
    scores: [
      [74.7, 73.78],
      [61.14, 53.81],
    ],
    reads: causal,
  },
];
