/**
 * Generates a text token by token: scores, temperature and truncation give probabilities, and a draw the next word
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { chance } from "#figures/chance.ts";
import { circle, drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { printed, printedShort } from "#figures/printed-numbers.ts";
import { atTemperature, drawToken, keepNucleus, keepTop, toyScores, toyWords as words } from "../models/next-token.ts";

interface State {
  /** A row for each last word, with a score for each next word. */
  readonly scores: readonly (readonly number[])[];
  /** Indices into `words`. */
  readonly text: readonly number[];
  readonly temperature: number;
  /** Index into `cuts`. */
  readonly cut: number;
  /** Words drawn since the page was opened; selects the next random number. */
  readonly draws: number;
}

const cuts = ["all", "top 2", "nucleus 0.9"] as const;
const start = [1, 2];

/** With this seed the first draws at T = 1 are likely words. */
const seed = 187;

const slots = { perLine: 8, lines: 3, left: 28, step: 49, y: 41, line: 24 } as const;
/** The last slot is reserved for the next word. */
const longest = slots.perLine * slots.lines - 1;
const track = { left: 70, right: 172, reach: 3 } as const;
const bar = { x: 206, width: 130, height: 18 } as const;
const rowY = (word: number): number => 176 + 50 * word;

export const figure: InteractiveFigure<State> = {
  initial: { scores: toyScores, text: start, temperature: 1, cut: 0, draws: 0 },

  draw: (state) =>
    drawing(400, 312, drawText(state), drawHeads(state), ...words.map((_, word) => drawWord(state, word))),

  describe: (state) => {
    const probabilities = nextWord(state);
    const list = words.map((word, token) => `${word} ${printed(at(probabilities, token), 4)}`).join(", ");
    return `After ${lastWord(state)}, at temperature ${printed(state.temperature, 1)} and keeping ${cuts[state.cut]}: ${list}. The text: ${state.text.map((token) => words[token]).join(" ")}.`;
  },

  controls: [
    { kind: "button", label: "Next word", press: write },
    { kind: "button", label: "Write 12", press: (state) => Array.from({ length: 12 }).reduce<State>(write, state) },
    { kind: "button", label: "Start again", press: (state) => ({ ...state, text: start }) },
    {
      kind: "slider",
      label: "Temperature $T$",
      min: 0.1,
      max: 3,
      step: 0.1,
      get: ({ temperature }) => temperature,
      set: (state, temperature) => ({ ...state, temperature }),
      print: (temperature) => printed(temperature, 1),
    },
    {
      kind: "choice",
      label: "Keep",
      options: cuts,
      get: ({ cut }) => cut,
      set: (state, cut) => ({ ...state, cut }),
    },
  ],

  handles: (state) =>
    words.map((word, token) => {
      const row = last(state);
      const score = at(at(state.scores, row), token);
      const put = (wanted: number): State => {
        const kept = clamp(Math.round(wanted * 10) / 10, -track.reach, track.reach);
        return {
          ...state,
          scores: state.scores.map((scores, index) =>
            index === row ? scores.map((old, place) => (place === token ? kept : old)) : scores,
          ),
        };
      };
      return {
        name: `score-${word}`,
        label: `Score of ${word} after ${words[row]}`,
        value: printed(score, 1),
        range: { now: score, min: -track.reach, max: track.reach },
        move: (x) => put(((x - track.left) / (track.right - track.left)) * 2 * track.reach - track.reach),
        step: (right, up) => put(score + (right + up) / 10),
      };
    }),
};

const last = ({ text }: State): number => at(text, text.length - 1);

const lastWord = (state: State): string => at(words, last(state));

const cutOff = (probabilities: readonly number[], cut: number): readonly number[] =>
  cut === 1 ? keepTop(probabilities, 2) : cut === 2 ? keepNucleus(probabilities, 0.9) : probabilities;

const nextWord = (state: State): readonly number[] =>
  cutOff(atTemperature(at(state.scores, last(state)), state.temperature), state.cut);

/** Appends a word; if the text is full, its first words are dropped. */
function write(state: State): State {
  const word = drawToken(nextWord(state), chance(seed + state.draws));
  return { ...state, text: [...state.text, word].slice(-longest), draws: state.draws + 1 };
}

function drawText(state: State): string {
  const place = (index: number) => ({
    x: slots.left + slots.step * (index % slots.perLine),
    y: slots.y + slots.line * Math.floor(index / slots.perLine),
  });
  const end = place(state.text.length - 1);
  const next = place(state.text.length);
  return group(
    {},
    label(4, 14, "the text so far", { class: "small soft" }),
    rectangle(1, 22, 398, 76, { rx: 4, class: "rule" }),
    rectangle(end.x - 23, end.y - 15, 46, 21, { rx: 4, class: "fill-query-pale stroke-query" }),
    rectangle(next.x - 23, next.y - 15, 46, 21, { rx: 4, class: "rule dashed" }),
    label(next.x, next.y, "?", { class: "middle soft" }),
    ...Array.from({ length: longest }, (_, index) => {
      const token = state.text[index];
      const { x, y } = place(index);
      return label(x, y, token === undefined ? "" : at(words, token), {
        class: index === state.text.length - 1 ? "middle strong" : "middle",
      });
    }),
  );
}

const drawHeads = (state: State): string =>
  group(
    {},
    label(4, 136, `after “${lastWord(state)}”`, { class: "strong ink-query" }),
    label((track.left + track.right) / 2, 136, "score", { class: "middle small soft" }),
    formula((track.left + track.right) / 2 + 18, 136, "z", { class: "small soft" }),
    label(bar.x, 136, "probability of being next", { class: "small soft" }),
  );

/** One word: its draggable score, its probability, and a mark at its probability for T = 1 without truncation. */
function drawWord(state: State, word: number): string {
  const y = rowY(word);
  const scores = at(state.scores, last(state));
  const score = at(scores, word);
  const x = track.left + ((score + track.reach) / (2 * track.reach)) * (track.right - track.left);
  const [plain, probability] = [at(atTemperature(scores, 1), word), at(nextWord(state), word)];
  return group(
    {},
    label(4, y + 4.5, at(words, word), { class: probability === 0 ? "soft" : "strong" }),
    line(track.left, y, track.right, y, { class: "rule" }),
    line((track.left + track.right) / 2, y - 4, (track.left + track.right) / 2, y + 4, { class: "rule" }),
    handle(
      `score-${at(words, word)}`,
      { x, y },
      { kind: "grip", ring: 18, reach: 22 },
      circle(x, y, 14, { class: "fill-key-pale stroke-key" }),
      formula(x, y + 4, printedShort(score, 1), { class: "middle small" }),
    ),
    rectangle(bar.x, y - bar.height / 2, bar.width, bar.height, { class: "rule" }),
    rectangle(bar.x, y - bar.height / 2, bar.width * probability, bar.height, {
      class: "fill-query",
      "fill-opacity": 0.6,
    }),
    line(bar.x + bar.width * plain, y - 13, bar.x + bar.width * plain, y + 13, { class: "line" }),
    formula(bar.x + bar.width + 10, y + 5, printed(probability, 4), { class: probability === 0 ? "soft" : "" }),
  );
}
