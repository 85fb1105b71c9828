/**
 * Counts the parameters of BERT and GPT models exactly, biases and norms included (google-research/bert, openai/gpt-2).
 */

export interface ModelSize {
  readonly vocabulary: number;
  /** Context length in tokens. */
  readonly context: number;
  readonly layers: number;
  readonly width: number;
}

/** One block: attention and a feed-forward network of inner width 4d, with biases, and two LayerNorms. */
export const blockParameters = (width: number): number => 12 * width ** 2 + 13 * width;

/** The square matrices of all blocks only, 12Ld²: the rule of thumb. */
export const blockWeights = ({ layers, width }: Pick<ModelSize, "layers" | "width">): number =>
  12 * layers * width ** 2;

/** One row for each token and for each position. */
const embeddingRows = ({ vocabulary, context }: ModelSize): number => vocabulary + context;

/** Post-norm, as in GPT-1: embeddings and blocks. The output layer shares the token table. */
export const gpt1Parameters = (size: ModelSize): number =>
  embeddingRows(size) * size.width + size.layers * blockParameters(size.width);

/** Pre-norm, as in GPT-2 and GPT-3: one more LayerNorm after the last block. */
export const gptParameters = (size: ModelSize): number => gpt1Parameters(size) + 2 * size.width;

/** Tables for tokens, positions and two segments, and the LayerNorm after their sum. */
export const bertEmbeddings = (size: ModelSize): number => (embeddingRows(size) + 2 + 2) * size.width;

/** The layer on `[CLS]` for sentence-level tasks. */
export const bertPooler = ({ width }: Pick<ModelSize, "width">): number => width ** 2 + width;

export const bertParameters = (size: ModelSize): number =>
  bertEmbeddings(size) + size.layers * blockParameters(size.width) + bertPooler(size);

export const bertBase: ModelSize = { vocabulary: 30_522, context: 512, layers: 12, width: 768 };
export const bertLarge: ModelSize = { ...bertBase, layers: 24, width: 1024 };

export const gpt1: ModelSize = { vocabulary: 40_478, context: 512, layers: 12, width: 768 };
export const gpt2Small: ModelSize = { vocabulary: 50_257, context: 1024, layers: 12, width: 768 };
export const gpt2Medium: ModelSize = { ...gpt2Small, layers: 24, width: 1024 };
export const gpt2Large: ModelSize = { ...gpt2Small, layers: 36, width: 1280 };
export const gpt2Xl: ModelSize = { ...gpt2Small, layers: 48, width: 1600 };
export const gpt3: ModelSize = { vocabulary: 50_257, context: 2048, layers: 96, width: 12_288 };
