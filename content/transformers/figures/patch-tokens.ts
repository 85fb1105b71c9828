/** Cuts a small image into patches and computes one token; counts tokens and pairs for real images (interactive). */

import { at } from "#figures/at.ts";
import { drawing, formula, group, label, path, rectangle } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { grouped } from "#figures/printed-numbers.ts";
import { chessProjection, countPatches, cutIntoPatches, embedSmallImage, smallImage } from "../models/patches.ts";

interface State {
  /** Index into `sides`. */
  readonly side: number;
  /** Index of the chosen patch, from 0, row by row. */
  readonly chosen: number;
  /** Side of the real image in pixels, and index of its patch side in `realSides`. */
  readonly image: number;
  readonly realSide: number;
}

const pixels = 4;
const sides: readonly number[] = [1, 2, 4];
const realSides: readonly number[] = [16, 32];
/** The maximum: 512 pixels in patches of 16. */
const most = countPatches(512, 16);

const small = { left: 14, top: 30, pixel: 34 } as const;
const vector = { left: 166, top: 60, cell: 25 } as const;
const strip = { left: 14, top: 206, step: 22.4, width: 20, height: 38 } as const;
const real = { top: 316, size: 124, left: 14, pairs: 156, numbers: 298 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { side: 1, chosen: 0, image: 224, realSide: 0 },

  draw: (state) => drawing(400, 448, drawVector(state), drawStrip(state), drawReal(state), drawSmall(state)),

  describe: (state) => {
    const { chosen } = state;
    const { patches, tokens } = compute(state);
    const count = countReal(state);
    return `Patch ${chosen + 1} of ${patches.length} holds (${at(patches, chosen).join(", ")}) and becomes (${at(tokens, chosen).join(", ")}). An image of ${state.image} pixels in patches of ${at(realSides, state.realSide)} makes ${grouped(count.patches)} patches, ${grouped(count.tokens)} tokens and ${grouped(count.pairs)} pairs.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Side of a patch above",
      options: sides.map(String),
      get: ({ side }) => side,
      set: (state, side) => ({ ...state, side, chosen: 0 }),
    },
    {
      kind: "slider",
      label: "Image below",
      min: 96,
      max: 512,
      step: 32,
      get: ({ image }) => image,
      set: (state, image) => ({ ...state, image }),
      print: (image) => `${image} pixels`,
    },
    {
      kind: "choice",
      label: "Its patches",
      options: realSides.map(String),
      get: ({ realSide }) => realSide,
      set: (state, realSide) => ({ ...state, realSide }),
    },
  ],

  handles: (state) => {
    const perRow = pixels / sideOf(state);
    const [row, column] = [Math.floor(state.chosen / perRow), state.chosen % perRow];
    const chosen = (toRow: number, toColumn: number): State => ({
      ...state,
      chosen: perRow * clamp(Math.round(toRow), 0, perRow - 1) + clamp(Math.round(toColumn), 0, perRow - 1),
    });
    const step = sideOf(state) * small.pixel;
    return [
      {
        name: "patch",
        label: "The patch that becomes a token",
        value: `patch ${state.chosen + 1}, row ${row + 1}, column ${column + 1}`,
        range: { now: state.chosen + 1, min: 1, max: perRow ** 2 },
        move: (x, y) => chosen((y - small.top) / step, (x - small.left) / step),
        step: (right, up) => chosen(row - up, column + right),
      },
    ];
  },
};

const sideOf = ({ side }: State): number => at(sides, side);

const compute = (state: State) => ({
  patches: cutIntoPatches(smallImage, sideOf(state)),
  tokens: embedSmallImage(sideOf(state)),
});

const countReal = ({ image, realSide }: State) => countPatches(image, at(realSides, realSide));

/** Edges of all patches of a square image `size` units wide, with `perRow` in a row. */
const cutsOf = (left: number, top: number, size: number, perRow: number): string =>
  Array.from({ length: perRow + 1 }, (_, cut) => (size * cut) / perRow)
    .map((cut) => `M${left + cut} ${top}v${size}M${left} ${top + cut}h${size}`)
    .join("");

/** Light and dark pixels with their values, the cuts, and the chosen patch. */
function drawSmall(state: State): string {
  const { left, top, pixel } = small;
  const step = sideOf(state) * pixel;
  const size = pixels * pixel;
  const perRow = pixels / sideOf(state);
  const x = left + (state.chosen % perRow) * step;
  const y = top + Math.floor(state.chosen / perRow) * step;
  return group(
    {},
    label(left, 14, `${pixels} × ${pixels} pixels`, { class: "strong" }),
    ...smallImage.flatMap((values, row) =>
      values.map((value, column) => {
        const [cornerX, cornerY] = [left + column * pixel, top + row * pixel];
        return group(
          {},
          rectangle(cornerX, cornerY, pixel, pixel, { class: "fill-ink", "fill-opacity": 0.025 * value }),
          formula(cornerX + pixel / 2, cornerY + pixel / 2 + 5, String(value), { class: "middle" }),
        );
      }),
    ),
    path(cutsOf(left, top, size, perRow), { class: "line" }),
    rectangle(x, y, step, step, { class: "stroke-query thick" }),
    discGrip("patch", { x, y }, { radius: 8.5, letter: String(state.chosen + 1) }),
  );
}

/** The chosen patch as a row of numbers, and the two sums of its projection. */
function drawVector(state: State): string {
  const { left, top, cell } = vector;
  const { patches, tokens } = compute(state);
  const patch = at(patches, state.chosen);
  const isFirst = chessProjection(sideOf(state)).map(([first]) => first === 1);
  const role = (first: boolean): string => (first ? "key" : "value");
  const sums = [true, false].map((first) => patch.filter((_, pixel) => isFirst[pixel] === first));
  return group(
    {},
    label(left, 14, `patch ${state.chosen + 1} of ${patches.length}`, { class: "strong" }),
    label(left, top - 12, "flattened", { class: "small soft" }),
    ...patch.map((value, pixel) => {
      const [x, y] = [left + (pixel % 8) * cell, top + Math.floor(pixel / 8) * 26];
      const look = role(isFirst[pixel] === true);
      return group(
        {},
        rectangle(x, y, cell - 2, 24, { rx: 3, class: `fill-${look}-pale stroke-${look}` }),
        formula(x + cell / 2 - 1, y + 17, String(value), { class: "middle small" }),
      );
    }),
    label(left, top + 72, "times E", { class: "small soft" }),
    ...sums.map((values, row) =>
      formula(left, top + 90 + row * 18, `${values.join(" + ") || "0"} = ${at(tokens, state.chosen)[row]}`, {
        class: `small ink-${role(row === 0)}`,
      }),
    ),
  );
}

/** All tokens in a row, starting with the class token, with their positions below. */
function drawStrip(state: State): string {
  const { left, top, step, width, height } = strip;
  const { tokens } = compute(state);
  const box = (place: number, look: string, ...lines: readonly string[]): string => {
    const x = left + place * step;
    return group(
      {},
      rectangle(x, top, width, height, { rx: 3, class: look }),
      ...lines.map((text, row) =>
        formula(x + width / 2, top + (lines.length === 1 ? 23 : 15.5 + row * 16), text, { class: "middle small" }),
      ),
      formula(x + width / 2, top + height + 15, String(place), { class: "middle small ink-position" }),
    );
  };
  return group(
    {},
    label(left, top - 12, `${tokens.length + 1} tokens, the class token in front, and their positions`, {
      class: "strong",
    }),
    box(0, "fill-position-pale stroke-position", "∗"),
    ...tokens.map((token, index) =>
      box(index + 1, index === state.chosen ? "box stroke-query thick" : "box", ...token.map(String)),
    ),
  );
}

/** The cuts of a real image, and the matrix of all pairs of its patches, at the same scale in all states. */
function drawReal(state: State): string {
  const { top, size, left, pairs, numbers } = real;
  const count = countReal(state);
  const table = (size * count.patches) / most.patches;
  const rows = [
    ["patches", count.patches],
    ["tokens", count.tokens],
    ["numbers per patch", count.numbersPerPatch],
    ["pairs of patches", count.pairs],
  ] as const;
  return group(
    {},
    label(left, top - 10, `${state.image} pixels, cut`, { class: "strong" }),
    path(cutsOf(left, top, size, Math.sqrt(count.patches)), { class: "rule" }),
    label(pairs, top - 10, "all pairs of patches", { class: "strong" }),
    rectangle(pairs, top, size, size, { class: "rule dashed" }),
    label(pairs + size - 6, top + size - 8, `up to ${grouped(most.pairs)}`, { class: "end small soft" }),
    rectangle(pairs, top, table, table, { class: "fill-query", "fill-opacity": 0.6 }),
    ...rows.map(([name, value], row) =>
      group(
        {},
        label(numbers, top + 7 + row * 33, name, { class: "small soft" }),
        formula(numbers, top + 25 + row * 33, grouped(value)),
      ),
    ),
  );
}
