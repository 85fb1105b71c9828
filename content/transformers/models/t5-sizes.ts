/**
 * Counts the parameters of the original T5 models exactly: projections without biases, norms with a scale only, one
 * embedding table shared by input and output (google-research/text-to-text-transfer-transformer).
 */

export interface T5Size {
  /** Layers of each of the two stacks. */
  readonly layers: number;
  readonly dModel: number;
  /** Inner width of the feed-forward network. */
  readonly dInner: number;
  readonly heads: number;
  /** Width of one head; `heads` times it need not be `dModel`. */
  readonly headWidth: number;
}

const vocabulary = 32_128;
const buckets = 32;

/** Projections to queries, keys and values, and the output projection. */
const attention = ({ dModel, heads, headWidth }: T5Size): number => 4 * dModel * heads * headWidth;

const feedForward = ({ dModel, dInner }: T5Size): number => 2 * dModel * dInner;

/** Parameters by part, and in total. */
export function t5Parameters(size: T5Size) {
  const { layers, dModel, heads } = size;
  const parts = {
    embeddings: vocabulary * dModel,
    encoderLayer: attention(size) + feedForward(size) + 2 * dModel,
    /** Self-attention and cross-attention. */
    decoderLayer: 2 * attention(size) + feedForward(size) + 3 * dModel,
    /** One bias per bucket and head, shared by all layers of a stack. */
    positions: 2 * buckets * heads,
    lastNorms: 2 * dModel,
  };
  const { embeddings, encoderLayer, decoderLayer, positions, lastNorms } = parts;
  return { ...parts, all: embeddings + layers * (encoderLayer + decoderLayer) + positions + lastNorms };
}

export const t5Base: T5Size = { layers: 12, dModel: 768, dInner: 3072, heads: 12, headWidth: 64 };
export const t5Largest: T5Size = { layers: 24, dModel: 1024, dInner: 65_536, heads: 128, headWidth: 128 };
