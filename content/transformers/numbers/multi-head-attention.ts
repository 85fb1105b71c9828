/** Computes the numbers of "Multi-Head Attention": two heads by hand, parameters, and the KV cache. */

import { attentionWeights, cacheBytesPerToken, multiHeadAttention, twoHeads, wideHead } from "../models/multi-head.ts";

const layer = multiHeadAttention(twoHeads);
const [first, second] = layer.heads;

export const { x } = twoHeads;
export const head1 = { weights: first?.weights, output: first?.output };
export const head2 = {
  query: second?.query,
  scores: second?.scores,
  value: second?.value,
  weights: second?.weights,
  output: second?.output,
};
export const { concatenation, output } = layer;
export const { scores: wideScores, weights: wideWeights } = wideHead(twoHeads);

/** Parameters of the sublayer at width 512, which the number of heads does not change, and at width 768. */
export const weightsEightHeads = attentionWeights(512, 8);
export const weightsTwelveHeads = attentionWeights(768, 12);
export const widthOfTwelve = 768 / 12;
/** Width of each of 32 heads at model width 512. */
export const widthOf32 = 512 / 32;

const model = { layers: 96, headWidth: 128 };
export const cacheAllHeads = cacheBytesPerToken({ ...model, keyValueHeads: 96 });
export const cacheEightHeads = cacheBytesPerToken({ ...model, keyValueHeads: 8 });
export const cacheOneHead = cacheBytesPerToken({ ...model, keyValueHeads: 1 });
