/**
 * Corrupts spans of a text, as T5's pre-training does: the encoder's input and the decoder's target (Raffel et al.,
 * arXiv:1910.10683, section 3.1.4; `random_spans_noise_mask` in google-research/text-to-text-transfer-transformer).
 */

/** How much of a text is corrupted: a share of its tokens, in spans of a mean length. */
export interface Corruption {
  /** 0 to 1. */
  readonly rate: number;
  /** Mean length of a span in tokens, at least 1. */
  readonly mean: number;
}

/** Tokens `start` up to, but not including, `start + length`. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

export interface Counts {
  /** Tokens removed. */
  readonly noise: number;
  readonly spans: number;
  /** Tokens that the encoder reads and the decoder writes; each includes one sentinel per span and one end token. */
  readonly input: number;
  readonly target: number;
}

/** Rounds a half to the even neighbour, as the reference code does. */
const roundToEven = (value: number): number =>
  Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);

/** Counts for a text of so many tokens, at least 2. At least one token is removed and at least one kept. */
export function countCorrupted(tokens: number, { rate, mean }: Corruption): Counts {
  const noise = Math.min(Math.max(roundToEven(tokens * rate), 1), tokens - 1);
  const spans = Math.max(roundToEven(noise / mean), 1);
  return { noise, spans, input: tokens - noise + spans + 1, target: noise + spans + 1 };
}

/** Length in tokens of the longest text whose corrupted input fits into `room` tokens. */
export function longestText(room: number, corruption: Corruption): number {
  let tokens = room - 1;
  while (countCorrupted(tokens + 1, corruption).input <= room) tokens++;
  return tokens;
}

/**
 * Draws spans for a text of so many tokens, uniformly over all ways to split the noise into spans with at least one
 * token before each. Unlike the reference code, which always ends with a span, tokens may follow the last span. `dice`
 * returns a new number in [0, 1) at each call.
 */
export function drawSpans(tokens: number, corruption: Corruption, dice: () => number): Span[] {
  const { noise, spans } = countCorrupted(tokens, corruption);
  const lengths = cut(noise, spans, dice);
  // One token too many: the last part is not used, so one token there means that none follows the last span.
  const kept = cut(tokens - noise + 1, spans + 1, dice);
  let start = 0;
  return lengths.map((length, index) => {
    start += kept[index] ?? 0;
    const span = { start, length };
    start += length;
    return span;
  });
}

/** Splits a number into a random sum of positive parts. */
function cut(total: number, parts: number, dice: () => number): number[] {
  const places = Array.from({ length: total - 1 }, (_, place) => place + 1);
  const cuts: number[] = [];
  while (cuts.length < parts - 1) cuts.push(...places.splice(Math.floor(dice() * places.length), 1));
  const borders = [0, ...cuts.sort((a, b) => a - b), total];
  return borders.slice(1).map((border, index) => border - (borders[index] ?? 0));
}

/** A token of the input or the target: a word of the text, the sentinel of a span (from 1), or the end. */
export type Token =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "sentinel"; readonly number: number }
  | { readonly kind: "end" };

/** Index of the span that contains a position; −1 if none does. */
export const spanAt = (spans: readonly Span[], place: number): number =>
  spans.findIndex(({ start, length }) => start <= place && place < start + length);

/** The encoder's input: the text with each span replaced by a sentinel. Spans are in order and not adjacent. */
export function encoderInput(words: readonly string[], spans: readonly Span[]): Token[] {
  const tokens = words.flatMap((word, place): Token[] => {
    const index = spanAt(spans, place);
    if (index < 0) return [{ kind: "word", word }];
    return spans[index]?.start === place ? [{ kind: "sentinel", number: index + 1 }] : [];
  });
  return [...tokens, { kind: "end" }];
}

/** The decoder's target: each sentinel, followed by the words it replaced. */
export function decoderTarget(words: readonly string[], spans: readonly Span[]): Token[] {
  const tokens = spans.flatMap(({ start, length }, index): Token[] => [
    { kind: "sentinel", number: index + 1 },
    ...words.slice(start, start + length).map((word): Token => ({ kind: "word", word })),
  ]);
  return [...tokens, { kind: "end" }];
}
