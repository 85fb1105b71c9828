/**
 * Shows which rows of a position table the training texts update, and what a text of another length finds there
 * (interactive).
 */

import { circle, drawing, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type Handle, type InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { stretchRows, updatesPerRow } from "../models/position-table.ts";

interface State {
  /** Tokens in each training text, from 1 to `rows`. */
  readonly lengths: readonly number[];
  /** Tokens in the new text, from 1 to `longest`. */
  readonly test: number;
  /** Whether the trained rows are interpolated to the length of the new text. */
  readonly isStretched: boolean;
}

/** Rows of the table; the axis of positions is longer. */
const rows = 6;
const longest = 9;
/** One coordinate of each row: its random start, and its value after training. */
const start = [3, 7, 1, 5, 9, 2];
const settled = [0, 2, 6, 8, 7, 3];

const column = { left: 76, width: 34 } as const;
const texts = { top: 24, step: 26 } as const;
const counts = { y: 180 } as const;
const plot = { top: 222, bottom: 322, most: 9.5 } as const;
const testText = { y: 350 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { lengths: [2, 4, 3, 4, 2], test: 7, isStretched: false },

  draw: (state) => drawing(400, 392, drawTexts(state), drawCounts(state), drawValues(state), drawTest(state)),

  describe: (state) => {
    const { test, isStretched } = state;
    const updates = `Updates of the rows: ${updatesOf(state).join(", ")}.`;
    const { trained, random, missing } = found(state);
    if (isStretched && test > trainedRows(state)) {
      const values = stretchRows(settled.slice(0, trainedRows(state)), test).map((value) => shortly(value));
      return `${updates} Stretched to ${test} positions, the first coordinate runs ${values.join(", ")}.`;
    }
    return `${updates} A text of ${test} tokens finds ${trained} trained, ${random} random and ${missing} missing.`;
  },

  controls: [
    {
      kind: "toggle",
      label: "Stretch the trained rows to the new text",
      get: ({ isStretched }) => isStretched,
      set: (state, isStretched) => ({ ...state, isStretched }),
    },
  ],

  handles: (state) => [
    ...state.lengths.map((length, index) =>
      grip(`text-${index + 1}`, `Length of training text ${index + 1}`, length, rows, (tokens) => ({
        ...state,
        lengths: state.lengths.map((other, place) => (place === index ? tokens : other)),
      })),
    ),
    grip("test", "Length of the new text", state.test, longest, (test) => ({ ...state, test })),
  ],
};

/** Handle at the end of a text, on the border after its last position. */
function grip(name: string, text: string, tokens: number, most: number, put: (tokens: number) => State): Handle<State> {
  const inside = (wanted: number): State => put(clamp(Math.round(wanted), 1, most));
  return {
    name,
    label: text,
    value: `${tokens} ${tokens === 1 ? "token" : "tokens"}`,
    range: { now: tokens, min: 1, max: most },
    move: (x) => inside((x - column.left) / column.width),
    step: (right, up) => inside(tokens + right + up),
  };
}

const updatesOf = ({ lengths }: State): number[] => updatesPerRow(lengths, rows);

/** Every text updates row 0, so at least one row is trained. */
const trainedRows = (state: State): number => updatesOf(state).filter((updates) => updates > 0).length;

function found(state: State) {
  const trained = Math.min(state.test, trainedRows(state));
  const random = Math.min(state.test, rows) - trained;
  return { trained, random, missing: state.test - trained - random };
}

const shortly = (value: number): string => printed(value, Number.isInteger(value) ? 0 : 2);

const borderOf = (tokens: number): number => column.left + column.width * tokens;

const middleOf = (position: number): number => borderOf(position + 0.5);

function drawTexts({ lengths }: State): string {
  return group(
    {},
    label(column.left - 10, texts.top + texts.step * 2 + 4, "training", { class: "end" }),
    label(column.left - 10, texts.top + texts.step * 2 + 19, "texts", { class: "end" }),
    ...lengths.map((length, index) => {
      const y = texts.top + texts.step * index;
      const end = { x: borderOf(length), y };
      return group(
        {},
        rectangle(column.left, y - 6, column.width * length, 12, { class: "fill-ink", "fill-opacity": 0.2 }),
        discGrip(`text-${index + 1}`, end, { radius: 7.5 }),
      );
    }),
  );
}

/** The table: one cell per row with its updates; no rows after the last. */
function drawCounts(state: State): string {
  const { y } = counts;
  const updates = updatesOf(state);
  return group(
    {},
    label(column.left - 10, y + 5, "updates", { class: "end" }),
    ...updates.map((count, row) =>
      group(
        {},
        rectangle(borderOf(row), y - 14, column.width, 28, { class: "fill-position", "fill-opacity": 0.07 * count }),
        rectangle(borderOf(row), y - 14, column.width, 28, { class: count > 0 ? "stroke-position" : "rule dashed" }),
        formula(middleOf(row), y + 5, String(count), { class: count > 0 ? "middle" : "middle soft" }),
      ),
    ),
    path(`M${borderOf(rows)} ${y - 20}v40`, { class: "line thick" }),
    label(borderOf(rows) + 8, y + 4, "no more rows", { class: "small soft" }),
  );
}

/**
 * One coordinate of each position's vector: solid if trained, open if random or interpolated, missing if the table has
 * no row.
 */
function drawValues(state: State): string {
  const { test, isStretched } = state;
  const trained = trainedRows(state);
  const down = (value: number): number => plot.bottom - ((plot.bottom - plot.top) * value) / plot.most;
  const stretched = isStretched && test > trained;
  const old = settled.slice(0, trained);
  const values = stretched ? stretchRows(old, test) : [...old, ...start.slice(trained)];
  const curve = (stretched ? values : old).map((value, place) => [middleOf(place), down(value)] as const);
  return group(
    {},
    label(column.left - 10, plot.top + 44, "first", { class: "end" }),
    label(column.left - 10, plot.top + 59, "coordinate", { class: "end" }),
    line(column.left, down(0), borderOf(longest), down(0), { class: "rule" }),
    path(through(curve), { class: "stroke-position" }),
    ...Array.from({ length: longest }, (_, position) => {
      const value = values[position];
      if (value === undefined) return group({});
      const isNew = stretched || position >= trained;
      return group(
        {},
        circle(middleOf(position), down(value), 4.5, { class: isNew ? "box" : "fill-position" }),
        formula(middleOf(position), down(value) - 10, shortly(value), {
          class: stretched || position < trained ? "middle small halo" : "middle small soft halo",
        }),
      );
    }),
    ...Array.from({ length: longest }, (_, position) =>
      formula(middleOf(position), plot.bottom + 16, String(position), { class: "middle small soft" }),
    ),
  );
}

/** Tokens of the new text, by the kind of row they find. */
function drawTest(state: State): string {
  const { y } = testText;
  const { test, isStretched } = state;
  const { trained, random } = found(state);
  const helped = isStretched && test > trained;
  const end = { x: borderOf(test), y: y + 4 };
  return group(
    {},
    label(column.left - 10, y + 8, "new text", { class: "end" }),
    ...Array.from({ length: longest }, (_, position) => {
      if (position >= test) return group({});
      const isGood = helped || position < trained;
      const mark = isGood ? "" : position < trained + random ? "?" : "×";
      return group(
        {},
        rectangle(borderOf(position) + 1, y - 6, column.width - 2, 20, {
          class: isGood ? "fill-position-pale stroke-position" : "rule dashed",
        }),
        // Left of the centre, because the handle may cover the right border.
        formula(borderOf(position) + 12, y + 9, mark, { class: "middle" }),
      );
    }),
    discGrip("test", end, { radius: 8 }),
    label(column.left, y + 36, helped ? "every position has a vector" : "?  random start", { class: "small soft" }),
    label(column.left + 110, y + 36, helped ? "" : "×  no row", { class: "small soft" }),
  );
}
