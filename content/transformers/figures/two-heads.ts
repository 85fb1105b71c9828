/**
 * Shows one token read by two heads with separate weights, and the sum of their outputs by coordinate (interactive).
 */

import { drawing, formula, group, label, line, path, rectangle, round } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { entry, identity, type Matrix, sum } from "#figures/matrices.ts";
import { printed, printedVector } from "#figures/printed-numbers.ts";
import type { Attention } from "../models/attention.ts";
import { columns, contributions, multiHeadAttention, twoHeads, wideHead } from "../models/multi-head.ts";

interface State {
  /** The token whose query is shown, from 0. */
  readonly token: number;
  readonly shown: (typeof choices)[number];
  /** If false, W_O is the identity. */
  readonly isMixed: boolean;
}

const choices = ["both", "only 1", "only 2", "one wide head"] as const;
const { words } = twoHeads;

const asked = { xs: [150, 222, 298], y: 26 } as const;
const panels = [103, 297] as const;
const spread = 64;
const fan = { top: 104, bottom: 172, width: 46 } as const;
const plot = { left: 108, step: 76, width: 40, base: 396, unit: 42 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { token: 0, shown: "both", isMixed: true },

  draw: (state) =>
    drawing(400, 440, drawQuestion(state), ...panels.map((x, part) => drawHead(state, part, x)), drawSum(state)),

  describe: (state) => {
    const { token, shown } = state;
    const { parts, written } = compute(state);
    const weights = (part: number): string => printedVector(row(parts[part]?.weights, token), 2);
    const read = {
      both: `head 1 reads with weights ${weights(0)}, head 2 with ${weights(1)}`,
      "only 1": `head 1 alone reads with weights ${weights(0)}`,
      "only 2": `head 2 alone reads with weights ${weights(1)}`,
      "one wide head": `one wide head reads with weights ${weights(0)}`,
    }[shown];
    return `For ${words[token]}, ${read}; the output is ${printedVector(totals(written, token), 4)}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Heads",
      options: choices,
      get: ({ shown }) => choices.indexOf(shown),
      set: (state, option) => ({ ...state, shown: choices[option] ?? "both" }),
    },
    {
      kind: "toggle",
      label: "$W_O$ adds coordinate 3 to coordinate 1",
      get: ({ isMixed }) => isMixed,
      set: (state, isMixed) => ({ ...state, isMixed }),
    },
  ],

  handles: (state) =>
    words.map((word, token) => ({
      name: word,
      label: `Show the query of ${word}`,
      pressed: token === state.token,
      press: () => ({ ...state, token }),
    })),
};

interface Part {
  readonly weights: Matrix;
  /** n x 2: the output of this head, before W_O. */
  readonly output: Matrix;
}

/** Both heads, and the contribution of each to the four coordinates. A head that is off contributes nothing. */
function compute({ shown, isMixed }: State): { readonly parts: readonly Part[]; readonly written: readonly Matrix[] } {
  const parts: readonly Part[] =
    shown === "one wide head" ? halves(wideHead(twoHeads)) : multiHeadAttention(twoHeads).heads;
  const outputs = parts.map(({ output }, part) =>
    isOn(shown, part) ? output : output.map((values) => values.map(() => 0)),
  );
  return { parts, written: contributions(outputs, isMixed ? twoHeads.wOutput : identity(twoHeads.wOutput.length)) };
}

const halves = ({ weights, output }: Attention): readonly Part[] =>
  [0, 2].map((from) => ({ weights, output: columns(output, from, from + 2) }));

const isOn = (shown: State["shown"], part: number): boolean => shown !== (part === 0 ? "only 2" : "only 1");

const row = (matrix: Matrix | undefined, index: number): readonly number[] => matrix?.[index] ?? [];

const totals = (written: readonly Matrix[], token: number): readonly number[] =>
  row(written[0], token).map((_, coordinate) => sum(written.map((matrix) => entry(matrix, token, coordinate))));

function drawQuestion({ token }: State): string {
  return group(
    {},
    label(asked.xs[0] - 44, asked.y + 4.5, "the query of", { class: "end soft" }),
    ...words.map((word, index) => {
      const x = asked.xs[index] ?? 0;
      const isAsked = index === token;
      return handle(
        word,
        { x, y: asked.y },
        { kind: "tap", ring: [64, 30] },
        rectangle(x - 28, asked.y - 12, 56, 24, { rx: 12, class: isAsked ? "fill-query-pale stroke-query" : "shade" }),
        label(x, asked.y + 4.5, word, { class: isAsked ? "middle strong" : "middle soft" }),
      );
    }),
  );
}

/** One head: bands from the query to the keys, as wide as their weights; together they are as wide as the query. */
function drawHead(state: State, part: number, middle: number): string {
  const { token, shown } = state;
  const { weights, output } = compute(state).parts[part] ?? { weights: [], output: [] };
  const on = isOn(shown, part);
  const shares = row(weights, token);
  return group(
    {},
    label(middle, 72, nameOf(shown, part), { class: on ? "middle strong" : "middle soft" }),
    ...words.map((word, key) => {
      const end = middle + (key - 1) * spread;
      const before = sum(shares.slice(0, key));
      const share = shares[key] ?? 0;
      return group(
        {},
        path(band(middle + fan.width * (before + share / 2 - 0.5), end, fan.width * share), {
          class: "fill-query",
          "fill-opacity": on ? 0.42 : 0.08,
        }),
        label(end, fan.bottom + 18, word, { class: "middle soft" }),
        formula(end, fan.bottom + 37, printed(share, 2), { class: on ? "middle" : "middle soft" }),
      );
    }),
    rectangle(middle - 28, fan.top - 20, 56, 24, { rx: 12, class: on ? "fill-query-pale stroke-query" : "shade rule" }),
    label(middle, fan.top - 3.5, words[token] ?? "", { class: on ? "middle" : "middle soft" }),
    label(middle - 8, fan.bottom + 62, on ? "output" : "", { class: "end small soft" }),
    formula(middle, fan.bottom + 62, on ? printedVector(row(output, token), 2) : "", { class: "ink-value" }),
  );
}

const nameOf = (shown: State["shown"], part: number): string =>
  shown === "one wide head" ? `wide head, ${part === 0 ? "first" : "second"} half` : `head ${part + 1}`;

/** A band from the query down to a key, equally wide at both ends. */
function band(from: number, to: number, width: number): string {
  const [top, bottom, half] = [fan.top, fan.bottom, Math.max(width, 0.8) / 2];
  const bend = round((top + bottom) / 2);
  const [fromLeft, fromRight, toLeft, toRight] = [from - half, from + half, to - half, to + half].map(round);
  return (
    `M${fromLeft} ${top}C${fromLeft} ${bend} ${toLeft} ${bend} ${toLeft} ${bottom}` +
    `H${toRight}C${toRight} ${bend} ${fromRight} ${bend} ${fromRight} ${top}Z`
  );
}

/** The four coordinates of the output, each a stack of the heads' contributions. */
function drawSum(state: State): string {
  const { written } = compute(state);
  const { left, step, width, base, unit } = plot;
  const sums = totals(written, state.token);
  return group(
    {},
    line(left - 32, base, left + 3 * step + 32, base, { class: "rule" }),
    ...sums.map((total, coordinate) => {
      const x = left + coordinate * step;
      const heights = written.map((matrix) => unit * entry(matrix, state.token, coordinate));
      const [first = 0, second = 0] = heights;
      return group(
        {},
        rectangle(x - width / 2, base - first, width, first, { class: "fill-value" }),
        rectangle(x - width / 2, base - first - second, width, second, { class: "fill-value-pale stroke-value" }),
        formula(x, base - first - second - 8, total === 0 ? "0" : printed(total, 4), { class: "middle" }),
        formula(x, base + 18, String(coordinate + 1), { class: "middle small soft" }),
      );
    }),
    label(left + 1.5 * step, base + 36, "coordinate of the output", { class: "middle small soft" }),
    rectangle(4, base - 52, 13, 13, { class: "fill-value" }),
    label(22, base - 41, state.shown === "one wide head" ? "first half" : "head 1", { class: "small soft" }),
    rectangle(4, base - 78, 13, 13, { class: "fill-value-pale stroke-value" }),
    label(22, base - 67, state.shown === "one wide head" ? "second half" : "head 2", { class: "small soft" }),
  );
}
