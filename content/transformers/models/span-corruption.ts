/** Span corruption: words taken out of a text in spans, and what an encoder and a decoder then get (Raffel et al., arXiv:1910.10683, section 3.1.4; `random_spans_noise_mask` in google-research/text-to-text-transfer-transformer). */

/** How much is taken out: a share of all tokens, in spans of that length on average. */
export interface Corruption {
  /** 0 to 1. */
  readonly rate: number;
  /** In tokens, at least 1. */
  readonly mean: number;
}

/** Tokens `start` up to, but not including, `start + length`. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

export interface Counts {
  /** Tokens taken out. */
  readonly noise: number;
  readonly spans: number;
  /** Tokens that the encoder reads and the decoder writes; in each one sentinel a span, and one token for the end. */
  readonly input: number;
  readonly target: number;
}

/** As the reference code rounds: to the even neighbour from halfway. */
const roundToEven = (value: number): number =>
  Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);

/** For a text of so many tokens, at least 2. Something is always taken out, and something always left. */
export function countCorrupted(tokens: number, { rate, mean }: Corruption): Counts {
  const noise = Math.min(Math.max(roundToEven(tokens * rate), 1), tokens - 1);
  const spans = Math.max(roundToEven(noise / mean), 1);
  return { noise, spans, input: tokens - noise + spans + 1, target: noise + spans + 1 };
}

/** Tokens in the longest text of which the input still has room in so many tokens. */
export function longestText(room: number, corruption: Corruption): number {
  let tokens = room - 1;
  while (countCorrupted(tokens + 1, corruption).input <= room) tokens++;
  return tokens;
}

/**
 * Spans for a text of so many tokens: every way to cut the noise into spans, and to leave at least one token
 * before each of them, is equally likely. Unlike the reference code, which always ends with a span, some tokens
 * may be left after the last. `dice` gives a new number in [0, 1) at each call.
 */
export function drawSpans(tokens: number, corruption: Corruption, dice: () => number): Span[] {
  const { noise, spans } = countCorrupted(tokens, corruption);
  const lengths = cut(noise, spans, dice);
  // One more than there is, so that the last part can be empty.
  const kept = cut(tokens - noise + 1, spans + 1, dice);
  let start = 0;
  return lengths.map((length, index) => {
    start += kept[index] ?? 0;
    const span = { start, length };
    start += length;
    return span;
  });
}

/** A number as a sum of so many positive ones. */
function cut(total: number, parts: number, dice: () => number): number[] {
  const places = Array.from({ length: total - 1 }, (_, place) => place + 1);
  const cuts: number[] = [];
  while (cuts.length < parts - 1) cuts.push(...places.splice(Math.floor(dice() * places.length), 1));
  const borders = [0, ...cuts.sort((a, b) => a - b), total];
  return borders.slice(1).map((border, index) => border - (borders[index] ?? 0));
}

/** One token of what is read or written: a word of the text, the sentinel of a span (from 1), or the end. */
export type Token =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "sentinel"; readonly number: number }
  | { readonly kind: "end" };

/** Index of the span that holds a place; −1 where none does. */
export const spanAt = (spans: readonly Span[], place: number): number =>
  spans.findIndex(({ start, length }) => start <= place && place < start + length);

/** What the encoder reads: the text with one sentinel for each span. Spans are in order and do not touch. */
export function encoderInput(words: readonly string[], spans: readonly Span[]): Token[] {
  const tokens = words.flatMap((word, place): Token[] => {
    const index = spanAt(spans, place);
    if (index < 0) return [{ kind: "word", word }];
    return spans[index]?.start === place ? [{ kind: "sentinel", number: index + 1 }] : [];
  });
  return [...tokens, { kind: "end" }];
}

/** What the decoder has to write: each sentinel, and what stood there. */
export function decoderTarget(words: readonly string[], spans: readonly Span[]): Token[] {
  const tokens = spans.flatMap(({ start, length }, index): Token[] => [
    { kind: "sentinel", number: index + 1 },
    ...words.slice(start, start + length).map((word): Token => ({ kind: "word", word })),
  ]);
  return [...tokens, { kind: "end" }];
}
