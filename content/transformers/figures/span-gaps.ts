/**
 * Corrupts spans of a sentence: the encoder's input, the decoder's target, and both lengths for a full text
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { chance } from "#figures/chance.ts";
import { drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type Handle, type InteractiveFigure } from "#figures/interactive.ts";
import {
  type Corruption,
  countCorrupted,
  decoderTarget,
  drawSpans,
  encoderInput,
  longestText,
  type Span,
  spanAt,
  type Token,
} from "../models/span-corruption.ts";
import { type TilePlace, tileGap, tilePitch, tokenTiles, wordTile, wordWidth } from "../models/word-tiles.ts";

interface State {
  /** Index into `rates` and `means`. */
  readonly rate: number;
  readonly mean: number;
  readonly spans: readonly Span[];
  readonly draws: number;
}

const lines = [
  "the cat ate the mouse because it",
  "was hungry and then it slept on",
  "the warm kitchen floor until the evening",
].map((line) => line.split(" "));
const words = lines.flat();

/** The rates and mean lengths that the paper compares. */
const rates: readonly number[] = [0.1, 0.15, 0.25, 0.5];
const means: readonly number[] = [1, 2, 3, 10];

/** Left edge of all lines; handles extend further left. */
const left = 10;
const right = 396;
const [textY, inputY, targetY, barsY] = [26, 150, 272, 364] as const;
const fullInput = 512;
/** With this seed, the first spans are in the middle of the text. */
const seed = 6;
const bar = { left: 84, perToken: 0.28, step: 24 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { rate: 1, mean: 2, spans: [{ start: 2, length: 3 }], draws: 0 },

  draw: (state) =>
    drawing(400, 440, drawText(state), drawReading(state), drawWriting(state), drawBars(corruptionOf(state))),

  describe: (state) => {
    const { noise, spans, input, target } = countCorrupted(words.length, corruptionOf(state));
    const full = countFull(corruptionOf(state));
    return `${noise} of ${words.length} words are taken out in ${spans} ${spans === 1 ? "span" : "spans"}. The encoder reads ${input} tokens, the decoder writes ${target}: ${spoken(decoderTarget(words, state.spans))}. For a full input, ${full.tokens} tokens become ${full.input} to read and ${full.target} to write.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Taken out",
      options: rates.map((rate) => `${Math.round(100 * rate)}%`),
      get: ({ rate }) => rate,
      set: (state, rate) => redraw({ ...state, rate }),
    },
    {
      kind: "choice",
      label: "Mean length",
      options: means.map(String),
      get: ({ mean }) => mean,
      set: (state, mean) => redraw({ ...state, mean }),
    },
    { kind: "button", label: "Draw other spans", press: redraw },
  ],

  handles: ({ spans, ...state }) =>
    spans.map(({ start, length }, index): Handle<State> => {
      const before = spans[index - 1];
      const after = spans[index + 1];
      const min = before ? before.start + before.length + 1 : 1;
      const max = (after ? after.start - 1 : words.length) - length;
      const moved = (to: number): State => ({
        ...state,
        spans: spans.map((span, other) => (other === index ? { start: clamp(to, min, max), length } : span)),
      });
      return {
        name: `span-${index + 1}`,
        label: `Span ${index + 1}`,
        value: `${words.slice(start, start + length).join(" ")}, from word ${start + 1}`,
        range: { now: start + 1, min: min + 1, max: max + 1 },
        move: (x, y) => moved(wordAt(x, y)),
        step: (right, up) => moved(start + right + up),
      };
    }),
};

const corruptionOf = ({ rate, mean }: State): Corruption => ({ rate: at(rates, rate), mean: at(means, mean) });

function redraw(state: State): State {
  const draws = state.draws + 1;
  let thrown = 0;
  return {
    ...state,
    draws,
    spans: drawSpans(words.length, corruptionOf(state), () => chance(seed + 64 * draws + thrown++)),
  };
}

function countFull(corruption: Corruption) {
  const tokens = longestText(fullInput, corruption);
  return { tokens, ...countCorrupted(tokens, corruption) };
}

const spoken = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => (token.kind === "word" ? token.word : token.kind === "sentinel" ? token.number : ""))
    .join(" ")
    .trim();

/** Positions of the words in the three lines. */
const wordPlaces: readonly TilePlace[] = lines.flatMap((line, row) => {
  let x = left;
  return line.map((word) => {
    const place = { x, y: textY + row * tilePitch, width: wordWidth(word) };
    x += place.width + tileGap;
    return place;
  });
});

/** Position of a span's handle: the corner of its first word, where it covers no letter. */
const cornerOf = ({ x, y }: TilePlace) => ({ x: x - 1, y: y - 2 });

/** Index of the word whose corner is nearest to a point. */
function wordAt(x: number, y: number): number {
  const distances = wordPlaces.map((place) => {
    const corner = cornerOf(place);
    return Math.hypot(corner.x - x, 4 * (corner.y - y));
  });
  return distances.indexOf(Math.min(...distances));
}

function drawText({ spans }: State): string {
  return group(
    {},
    label(left, 14, "text", { class: "strong" }),
    label(right, 14, `${words.length} words`, { class: "end soft" }),
    ...words.map((word, index) => wordTile(at(wordPlaces, index), word, spanAt(spans, index) >= 0)),
    ...spans.map(({ start }, index) => {
      const middle = cornerOf(at(wordPlaces, start));
      return discGrip(`span-${index + 1}`, middle, { radius: 7.5, reach: 18.5, letter: String(index + 1) });
    }),
  );
}

const drawReading = (state: State): string =>
  drawTokens(inputY, "the encoder reads", encoderInput(words, state.spans), false);

const drawWriting = (state: State): string =>
  drawTokens(targetY, "the decoder writes", decoderTarget(words, state.spans), true);

const drawTokens = (top: number, title: string, tokens: readonly Token[], isOut: boolean): string =>
  group(
    {},
    label(left, top - 12, title, { class: "strong" }),
    label(right, top - 12, `${tokens.length} tokens`, { class: "end soft" }),
    ...tokenTiles(tokens, { left, right, top, isOut }),
  );

/** Bars for a full text, its input and its target: kept words, removed words, sentinels. */
function drawBars(corruption: Corruption): string {
  const { tokens, noise, spans, input, target } = countFull(corruption);
  const rows = [
    { name: "a text of", kept: tokens - noise, out: noise, sentinels: 0, sum: tokens },
    { name: "to read", kept: tokens - noise, out: 0, sentinels: spans + 1, sum: input },
    { name: "to write", kept: 0, out: noise, sentinels: spans + 1, sum: target },
  ];
  return group(
    {},
    label(left, barsY - 14, "at full length", { class: "strong" }),
    ...rows.map(({ name, kept, out, sentinels, sum }, index) => {
      const y = barsY + index * bar.step;
      const [a, b, c] = [kept, out, sentinels].map((count) => count * bar.perToken) as [number, number, number];
      return group(
        {},
        label(bar.left - 10, y + 12, name, { class: "end" }),
        rectangle(bar.left, y, a, 16, { class: "fill-ink", "fill-opacity": 0.2 }),
        rectangle(bar.left + a, y, b, 16, { class: "fill-value", "fill-opacity": 0.6 }),
        rectangle(bar.left + a + b, y + 0.6, c, 14.8, { class: "box" }),
        formula(bar.left + a + b + c + 7, y + 13, String(sum), {}),
      );
    }),
  );
}
