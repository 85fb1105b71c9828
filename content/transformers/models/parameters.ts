/**
 * Counts a Transformer's parameters and multiply-adds (Vaswani et al. 2017, sections 3 and 5), without biases and
 * norms.
 */

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
  /** Comparing n tokens with n tokens, and averaging n values for each: 2n²d. */
  readonly comparing: number;
  /** Projections to queries, keys and values, and the output projection: 4nd². */
  readonly projecting: number;
  /** The feed-forward sublayer of inner width 4d: 8nd². */
  readonly thinking: number;
}

/** Multiply-adds of one encoder layer for n tokens of width d, with inner width 4d. */
export const layerWork = (n: number, d: number): LayerWork => ({
  comparing: 2 * n ** 2 * d,
  projecting: 4 * n * d ** 2,
  thinking: 8 * n * d ** 2,
});

/** Tokens at which comparing costs as much as the rest of the layer: 2n²d = 12nd². */
export const crossover = (d: number): number => 6 * d;
