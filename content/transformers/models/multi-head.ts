/** Computes multi-head attention and its cost (Vaswani et al. 2017, section 3.2.2). */

import { entry, type Matrix, multiply } from "#figures/matrices.ts";
import { type Attention, catAteMouse, selfAttention } from "./attention.ts";

/** Learned projections of one head: wQuery and wKey are d_model x d_k, wValue is d_model x d_v. */
export interface Head {
  readonly wQuery: Matrix;
  readonly wKey: Matrix;
  readonly wValue: Matrix;
}

const nothing = [
  [0, 0],
  [0, 0],
];
const unchanged = [
  [1, 0],
  [0, 1],
];

/**
 * The worked example: width 4, two heads of width 2. Head 1 reads coordinates 1 and 2 with the matrices of
 * `catAteMouse`, head 2 reads 3 and 4.
 */
export const twoHeads: {
  readonly words: readonly string[];
  readonly x: Matrix;
  readonly heads: readonly [Head, Head];
  readonly wOutput: Matrix;
} = {
  words: catAteMouse.words,
  x: [
    [1, 0, 2, 0],
    [0, 1, 0, 2],
    [1, 1, 0, 0],
  ],
  heads: [
    {
      wQuery: [...catAteMouse.wQuery, ...nothing],
      wKey: [...catAteMouse.wKey, ...nothing],
      wValue: [...catAteMouse.wValue, ...nothing],
    },
    {
      wQuery: [...nothing, ...unchanged],
      wKey: [...nothing, ...unchanged],
      wValue: [...nothing, ...unchanged],
    },
  ],
  wOutput: [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [1, 0, 1, 0],
    [0, 0, 0, 1],
  ],
};

export interface MultiHead {
  /** One per head; `output` is n x d_v. */
  readonly heads: readonly Attention[];
  /** n x h d_v. */
  readonly concatenation: Matrix;
  /** The contribution of each head to the output, head_i W_O^(i): n x d_model. */
  readonly contributions: readonly Matrix[];
  /** concatenation W_O, n x d_model: the sum of the contributions. */
  readonly output: Matrix;
}

/** x is n x d_model, wOutput is h d_v x d_model. */
export function multiHeadAttention({
  x,
  heads,
  wOutput,
}: {
  x: Matrix;
  heads: readonly Head[];
  wOutput: Matrix;
}): MultiHead {
  const attentions = heads.map((head) => selfAttention({ x, ...head }));
  const outputs = attentions.map(({ output }) => output);
  const concatenation = sideBySide(outputs);
  return {
    heads: attentions,
    concatenation,
    contributions: contributions(outputs, wOutput),
    output: multiply(concatenation, wOutput),
  };
}

/** The same projections with a single softmax: one head as wide as all heads together. */
export const wideHead = ({ x, heads }: { x: Matrix; heads: readonly Head[] }): Attention =>
  selfAttention({
    x,
    wQuery: sideBySide(heads.map(({ wQuery }) => wQuery)),
    wKey: sideBySide(heads.map(({ wKey }) => wKey)),
    wValue: sideBySide(heads.map(({ wValue }) => wValue)),
  });

/** The contribution of each part (a block of columns) to the output, through its own rows of W_O. */
export function contributions(parts: readonly Matrix[], wOutput: Matrix): Matrix[] {
  let start = 0;
  return parts.map((part) => {
    const width = part[0]?.length ?? 0;
    start += width;
    return multiply(part, wOutput.slice(start - width, start));
  });
}

/** Columns `from` (counted from 0) up to, but not including, `to`. */
export const columns = (matrix: Matrix, from: number, to: number): Matrix => matrix.map((row) => row.slice(from, to));

/** Parameters of the sublayer without biases: h heads of width d_model / h, and W_O. */
export function attentionWeights(width: number, headCount: number): number {
  const headWidth = width / headCount;
  return headCount * 3 * width * headWidth + headCount * headWidth * width;
}

/** Bytes of KV cache per token: a key and a value for each layer and key/value head. */
export const cacheBytesPerToken = ({
  layers,
  keyValueHeads,
  headWidth,
  bytesPerNumber = 2,
}: {
  layers: number;
  keyValueHeads: number;
  headWidth: number;
  bytesPerNumber?: number;
}): number => 2 * layers * keyValueHeads * headWidth * bytesPerNumber;

/** Concatenates matrices with equally many rows along their columns. */
const sideBySide = (matrices: readonly Matrix[]): Matrix =>
  (matrices[0] ?? []).map((_, row) =>
    matrices.flatMap((matrix) => (matrix[row] ?? []).map((_, column) => entry(matrix, row, column))),
  );
