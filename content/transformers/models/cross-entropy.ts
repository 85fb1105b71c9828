/** The loss of a language model: how surprised it is, on average, by the words that do come. */

/** Mean of −log p over the probabilities that a model gave to the true words; in nats. None at all is a RangeError. */
export function meanLoss(probabilities: readonly number[]): number {
  if (probabilities.length === 0) throw new RangeError("no prediction, no loss");
  const sum = probabilities.reduce((total, probability) => total + Math.log(probability), 0);
  // Zero minus, so that a sure prediction costs 0 and not −0.
  return 0 - sum / probabilities.length;
}

/** e to the loss per token: as many equally likely words would surprise as much. */
export const perplexity = (probabilities: readonly number[]): number => Math.exp(meanLoss(probabilities));
