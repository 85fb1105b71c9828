/** Computes the loss of a language model: its mean surprise at the words that occur. */

/**
 * Mean of −log p over the probabilities a model gave to the true words, in nats. Throws a RangeError for an empty list.
 */
export function meanLoss(probabilities: readonly number[]): number {
  if (probabilities.length === 0) throw new RangeError("no prediction, no loss");
  const sum = probabilities.reduce((total, probability) => total + Math.log(probability), 0);
  // 0 minus the mean, so that certain predictions cost 0 and not −0.
  return 0 - sum / probabilities.length;
}

/** e to the loss per token: the number of equally likely words that would be as surprising. */
export const perplexity = (probabilities: readonly number[]): number => Math.exp(meanLoss(probabilities));
