/** Compares the outputs of three words in the reader's order with those of *cat ate mouse* (interactive). */

import { drawing, formula, group, label, path, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { printed, printedVector } from "#figures/printed-numbers.ts";
import { catAteMouse } from "../models/attention.ts";
import { isSameVector, meanOfRows, moveToken, type Order, readInOrder } from "../models/word-order.ts";

interface State {
  readonly order: Order;
  readonly isCausal: boolean;
  readonly layers: number;
}

const { words } = catAteMouse;
const given: Order = [0, 1, 2];

const slots = { xs: [122, 200, 278], y: 30 } as const;
const panels = [
  { x: 100, hasPositions: false, title: "without positions" },
  { x: 300, hasPositions: true, title: "with positions" },
] as const;
const box = { width: 56, height: 40, step: 62 } as const;
const [above, below] = [138, 238] as const;

export const figure: InteractiveFigure<State> = {
  initial: { order: [2, 1, 0], isCausal: false, layers: 1 },

  draw: (state) => drawing(400, 352, drawWords(state), ...panels.map((panel) => drawPanel(state, panel))),

  describe: (state) => {
    const [without, withPositions] = panels.map(({ hasPositions }) => compare(state, hasPositions));
    const say = ({ same, mean, isSameMean }: Comparison): string =>
      `${same.filter((isSame) => isSame).length} of 3 words keep their vector, and the mean is ${printedVector(mean, 4)}, ${isSameMean ? "as" : "not as"} in cat ate mouse`;
    return `${namesOf(state.order)}. Without positions ${without && say(without)}. With positions ${withPositions && say(withPositions)}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Layers",
      options: ["1", "2"],
      get: ({ layers }) => layers - 1,
      set: (state, option) => ({ ...state, layers: option + 1 }),
    },
    {
      kind: "toggle",
      label: "Causal mask",
      get: ({ isCausal }) => isCausal,
      set: (state, isCausal) => ({ ...state, isCausal }),
    },
  ],

  handles: (state) =>
    words.map((word, token) => {
      const place = state.order.indexOf(token);
      const moveTo = (to: number): State => ({ ...state, order: moveToken(state.order, place, clamp(to, 0, 2)) });
      return {
        name: word,
        label: `Position of ${word}`,
        value: `position ${place}`,
        range: { now: place, min: 0, max: 2 },
        move: (x) => moveTo(Math.round((x - slots.xs[0]) / (slots.xs[1] - slots.xs[0]))),
        step: (right, up) => moveTo(place + right + up),
      };
    }),
};

interface Comparison {
  /** Outputs of *cat ate mouse* and of the reader's order, by position. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** By position in the reader's order: whether the word's output is the same as before. */
  readonly same: readonly boolean[];
  readonly meanBefore: readonly number[];
  readonly mean: readonly number[];
  readonly isSameMean: boolean;
}

function compare({ order, isCausal, layers }: State, hasPositions: boolean): Comparison {
  const reading = { hasPositions, causal: isCausal, layers };
  const [before, after] = [readInOrder(given, reading), readInOrder(order, reading)];
  const [meanBefore, mean] = [meanOfRows(before), meanOfRows(after)];
  return {
    before,
    after,
    same: order.map((token, place) => isSameVector(before[token] ?? [], after[place] ?? [])),
    meanBefore,
    mean,
    isSameMean: isSameVector(meanBefore, mean),
  };
}

const namesOf = (order: Order): string => {
  const names = order.map((token) => words[token]).join(" ");
  return names.charAt(0).toUpperCase() + names.slice(1);
};

/** Draws the tiles in a fixed element order, independent of their positions. */
function drawWords({ order }: State): string {
  return group(
    {},
    ...slots.xs.map((x, place) => formula(x, slots.y + 34, String(place), { class: "middle small soft" })),
    label(slots.xs[0] - 44, slots.y + 34, "position", { class: "end small soft" }),
    ...words.map((word, token) => {
      const x = slots.xs[order.indexOf(token)] ?? 0;
      return handle(
        word,
        { x, y: slots.y },
        { kind: "grip", ring: [70, 34] },
        rectangle(x - 31, slots.y - 13, 62, 26, { rx: 13, class: "shade rule" }),
        label(x, slots.y + 4.5, word, { class: "middle strong" }),
      );
    }),
  );
}

function drawPanel(state: State, { x, hasPositions, title }: (typeof panels)[number]): string {
  const { before, after, same, meanBefore, mean, isSameMean } = compare(state, hasPositions);
  const placeX = (place: number): number => x + (place - 1) * box.step;
  return group(
    {},
    label(x, 100, title, { class: "middle strong" }),
    ...words.map((word, token) => label(placeX(token), above - 12, word, { class: "middle small soft" })),
    // By word, not by position: a line remains the same element while its end moves.
    ...words.map((_, token) => {
      const place = state.order.indexOf(token);
      const [from, to] = [placeX(token), placeX(place)];
      const [top, bottom] = [above + box.height, below];
      const bend = (top + bottom) / 2;
      return path(`M${from} ${top}C${from} ${bend} ${to} ${bend} ${to} ${bottom}`, {
        class: same[place] ? "stroke-value thick" : "rule dashed",
      });
    }),
    ...words.map((_, token) => drawVector(placeX(token), above, before[token] ?? [], true)),
    ...words.map((word, token) => {
      const place = state.order.indexOf(token);
      return group(
        {},
        drawVector(placeX(place), below, after[place] ?? [], same[place] ?? false),
        label(placeX(place), below + box.height + 17, word, { class: "middle small soft" }),
      );
    }),
    drawMean(x, 320, "mean before", meanBefore, "soft"),
    drawMean(x, 340, "mean now", mean, isSameMean ? "ink-value" : ""),
  );
}

const drawMean = (x: number, y: number, name: string, mean: readonly number[], look: string): string =>
  group(
    {},
    label(x - 16, y, name, { class: "end small soft" }),
    formula(x - 8, y, printedVector(mean, 4), { class: `small ${look}` }),
  );

/** A vector of two numbers, one above the other; coloured if it equals the word's vector in *cat ate mouse*. */
function drawVector(x: number, y: number, vector: readonly number[], isSame: boolean): string {
  return group(
    {},
    rectangle(x - box.width / 2, y, box.width, box.height, {
      rx: 4,
      class: isSame ? "fill-value-pale stroke-value" : "box dashed",
    }),
    ...vector.map((value, row) => formula(x, y + 16.5 + row * 16, printed(value, 4), { class: "middle small" })),
  );
}
