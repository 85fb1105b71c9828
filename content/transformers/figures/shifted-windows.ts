/**
 * Shows a token map in windows, regular or cyclically shifted, with what a token attends to and its receptive field
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { grouped } from "#figures/printed-numbers.ts";
import {
  countScores,
  halfWindow,
  heardAlong,
  type Partition,
  placesOf,
  rolledPlace,
  rolledWindowAt,
  windowAt,
} from "../models/shifted-windows.ts";
import { cell, drawCells, drawGrid, type Look, mapY, side, swatch } from "../models/token-map.ts";
import { drawWindowLetters, windowLetter } from "../models/window-letters.ts";

interface State {
  /** The chosen token, from 0. */
  readonly row: number;
  readonly column: number;
  readonly blocks: number;
  /** Index into `windows`. */
  readonly size: number;
  readonly isShifting: boolean;
}

const windows = [2, 4, 8] as const;
const [imageX, rolledX] = [6, 218] as const;
const legendY = mapY + side * cell + 26;
const bars = { left: 138, width: 196, top: legendY + 54, step: 24, height: 14 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { row: 2, column: 6, blocks: 2, size: 1, isShifting: true },

  draw: (state) =>
    drawing(400, bars.top + 4 * bars.step, drawImage(state), drawRolled(state), drawLegend(state), drawBars(state)),

  describe: (state) => {
    const { row, column, blocks } = state;
    const now = partitionOf(state, blocks);
    const { global, rolled, used } = countScores(now);
    const { read, masked, heard } = look(state);
    return (
      `Block ${blocks}, ${now.shift === 0 ? "not shifted" : `shifted by ${now.shift}`}, windows of ${now.window} by ${now.window}: ` +
      `the token in row ${row + 1}, column ${column + 1} reads ${read} tokens, ${masked} more in its rolled window are masked; ` +
      `information from ${heard} of ${side ** 2} has reached it. The block computes ${grouped(rolled)} scores and uses ${grouped(used)}, instead of ${grouped(global)}.`
    );
  },

  controls: [
    {
      kind: "slider",
      label: "Blocks",
      min: 1,
      max: 4,
      step: 1,
      get: ({ blocks }) => blocks,
      set: (state, blocks) => ({ ...state, blocks }),
    },
    {
      kind: "choice",
      label: "Window $M$",
      options: windows.map(String),
      get: ({ size }) => size,
      set: (state, size) => ({ ...state, size }),
    },
    {
      kind: "toggle",
      label: "Shift every second block",
      get: ({ isShifting }) => isShifting,
      set: (state, isShifting) => ({ ...state, isShifting }),
    },
  ],

  handles: (state) => [
    {
      name: "token",
      label: "The token that reads",
      value: `row ${state.row + 1}, column ${state.column + 1}`,
      range: { now: state.column + 1, min: 1, max: side },
      move: (x, y) => ({ ...state, row: placeAt(y - mapY), column: placeAt(x - imageX) }),
      step: (right, up) => ({ ...state, row: inside(state.row - up), column: inside(state.column + right) }),
    },
  ],
};

const inside = (place: number): number => clamp(place, 0, side - 1);

const placeAt = (distance: number): number => inside(Math.floor(distance / cell));

/** The partition of block 1, 2, …: every second block is shifted. */
function partitionOf({ size, isShifting }: State, block: number): Partition {
  const window = at(windows, size);
  return { side, window, shift: isShifting && block % 2 === 0 ? halfWindow(side, window) : 0 };
}

/** Counts the tokens that the chosen one attends to in this block, those masked from it, and its receptive field. */
function look(state: State) {
  const now = partitionOf(state, state.blocks);
  const alike = (of: (place: number, partition: Partition) => number, place: number): number =>
    placesOf(side).filter((other) => of(other, now) === of(place, now)).length;
  const both = (of: (place: number, partition: Partition) => number): number =>
    alike(of, state.row) * alike(of, state.column);
  const read = both(windowAt);
  const heard = heardBy(state);
  return { read, masked: both(rolledWindowAt) - read, heard: heard.rows.size * heard.columns.size };
}

function heardBy(state: State) {
  const blocks = placesOf(state.blocks).map((block) => partitionOf(state, block + 1));
  return { rows: new Set(heardAlong(state.row, blocks)), columns: new Set(heardAlong(state.column, blocks)) };
}

/** The map in image order, with the windows of this block. */
function drawImage(state: State): string {
  const now = partitionOf(state, state.blocks);
  const heard = heardBy(state);
  const cuts = placesOf(side).filter((place) => place > 0 && windowAt(place, now) !== windowAt(place - 1, now));
  const token = { x: imageX + cell * (state.column + 0.5), y: mapY + cell * (state.row + 0.5) };
  return group(
    {},
    label(imageX, 16, `block ${state.blocks}: windows`, { class: "strong" }),
    label(imageX, 35, now.shift === 0 ? "unshifted" : `shifted by ${now.shift} down and right`, {
      class: "small soft",
    }),
    drawCells(imageX, (row, column) =>
      isRead(state, now, row, column) ? "read" : heard.rows.has(row) && heard.columns.has(column) ? "heard" : "other",
    ),
    drawGrid(imageX, cuts),
    drawWindowLetters(now, { own: state, left: imageX, placed: (place) => place }),
    handle("token", token, { kind: "grip", ring: 13, reach: 22 }, drawToken(state, now, token.x, token.y)),
  );
}

/**
 * The map after the cyclic shift, so that all windows are full; tokens of one window that were not adjacent are masked.
 */
function drawRolled(state: State): string {
  const now = partitionOf(state, state.blocks);
  const roll = (place: number): number => rolledPlace(place, now);
  const unroll = (place: number): number => (place + now.shift) % side;
  const cuts = placesOf(side).filter((place) => place > 0 && place % now.window === 0);
  return group(
    {},
    label(rolledX, 16, "as computed", { class: "strong" }),
    label(rolledX, 35, now.shift === 0 ? "the same" : `rolled by ${now.shift} up and left`, { class: "small soft" }),
    drawCells(rolledX, (rolledRow, rolledColumn) => {
      const [row, column] = [unroll(rolledRow), unroll(rolledColumn)];
      if (isRead(state, now, row, column)) return "read";
      const isInWindow =
        rolledWindowAt(row, now) === rolledWindowAt(state.row, now) &&
        rolledWindowAt(column, now) === rolledWindowAt(state.column, now);
      return isInWindow ? "masked" : "other";
    }),
    drawGrid(rolledX, cuts),
    drawSeam(now),
    drawWindowLetters(now, { own: state, left: rolledX, placed: roll, look: "halo" }),
    drawToken(state, now, rolledX + cell * (roll(state.column) + 0.5), mapY + cell * (roll(state.row) + 0.5)),
  );
}

/** The seam where the end of the image meets its start. */
function drawSeam({ shift }: Partition): string {
  const [far, x, y] = [side * cell, rolledX + (side - shift) * cell, mapY + (side - shift) * cell];
  const look = { class: "stroke-position thick dashed", "stroke-opacity": shift > 0 ? 1 : 0 };
  return group({}, line(x, mapY, x, mapY + far, look), line(rolledX, y, rolledX + far, y, look));
}

const isRead = (state: State, now: Partition, row: number, column: number): boolean =>
  windowAt(row, now) === windowAt(state.row, now) && windowAt(column, now) === windowAt(state.column, now);

const drawToken = (state: State, now: Partition, x: number, y: number): string =>
  group(
    {},
    rectangle(x - 9, y - 9, 18, 18, { rx: 9, class: "fill-query" }),
    label(x, y + 4, windowLetter(state, now), { class: "middle small strong on-colour" }),
  );

function drawLegend(state: State): string {
  const { read, masked, heard } = look(state);
  const entries: readonly (readonly [Look, number, string])[] = [
    ["read", imageX, `reads ${read}`],
    ["heard", 92, `reached by ${heard} of ${side ** 2}`],
    ["masked", 268, `masked ${masked}`],
  ];
  return group(
    {},
    ...entries.map(([look, x, words]) =>
      group({}, ...swatch(look, x, legendY - 10), label(x + 18, legendY, words, {})),
    ),
  );
}

/** Attention scores per head in three variants, one bar each; the filled part is not masked. */
function drawBars(state: State): string {
  const { global, padded, rolled, used } = countScores(partitionOf(state, state.blocks));
  const rows: readonly (readonly [string, number, number])[] = [
    ["all with all", global, global],
    ["windows, padded", padded, used],
    ["windows, rolled", rolled, used],
  ];
  const wide = (scores: number): number => (bars.width * scores) / global;
  return group(
    {},
    label(imageX, bars.top - 12, "scores per head in this block; solid: not masked", { class: "small soft" }),
    ...rows.map(([name, all, full], index) => {
      const y = bars.top + index * bars.step;
      return group(
        {},
        label(imageX, y + 11, name, {}),
        rectangle(bars.left, y, wide(full), bars.height, { class: "fill-key", "fill-opacity": 0.6 }),
        rectangle(bars.left, y, wide(all), bars.height, { class: "line" }),
        formula(bars.left + wide(all) + 8, y + 12, grouped(all), { class: "small" }),
      );
    }),
  );
}
