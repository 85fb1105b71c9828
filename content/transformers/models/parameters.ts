/** How many numbers a Transformer learns, and how much it multiplies (Vaswani et al. 2017, sections 3 and 5; biases and norms left out). */

export interface Widths {
  readonly dModel: number;
  /** Inner width of the feed-forward sublayer. */
  readonly dInner: number;
}

/** The four matrices of one attention sublayer: queries, keys, values, output. */
export const attentionParameters = ({ dModel }: Widths): number => 4 * dModel ** 2;

/** The two matrices of one feed-forward sublayer. */
export const feedForwardParameters = ({ dModel, dInner }: Widths): number => 2 * dModel * dInner;

export interface LayerWork {
  /** Comparing n tokens with n tokens, and mixing n values for each: 2n²d. */
  readonly comparing: number;
  /** Making queries, keys, values and the output: 4nd². */
  readonly projecting: number;
  /** The feed-forward sublayer with four times the width inside: 8nd². */
  readonly thinking: number;
}

/** Multiply-adds of one encoder layer for n tokens of width d, its inner width being 4d. */
export const layerWork = (n: number, d: number): LayerWork => ({
  comparing: 2 * n ** 2 * d,
  projecting: 4 * n * d ** 2,
  thinking: 8 * n * d ** 2,
});

/** Tokens at which comparing costs as much as all the rest of the layer: 2n²d = 12nd². */
export const crossover = (d: number): number => 6 * d;
