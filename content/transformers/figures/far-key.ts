/** Shows how ALiBi's penalty changes the weight of one matching key, by head and distance (interactive). */

import { at } from "#figures/at.ts";
import { arrow, circle, drawing, formula, group, label, line, polygon, rectangle } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { biasedWeights, biasRow, meanDistance, slopesOf } from "../models/linear-bias.ts";

interface State {
  /** From 1, the steepest slope, to 8. */
  readonly head: number;
  /** Number of keys as an exponent of two. */
  readonly logN: number;
  /** Distance of the matching key from the query, and its content score. */
  readonly distance: number;
  readonly score: number;
}

const slopes = slopesOf(8);
const [lowest, highest] = [-6, 4];
const scorePlot = { left: 34, right: 392, top: 40, bottom: 190 } as const;
const weightPlot = { top: 250, bottom: 330 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { head: 1, logN: 2, distance: 3, score: 2 },

  draw: (state) => drawing(400, 402, drawScores(state), drawWeights(state)),

  describe: (state) => {
    const { head, distance, score } = state;
    const { place, biased, plain } = compute(state);
    return `Head ${head}, slope 1/${2 ** head}, ${2 ** state.logN} keys. The key ${distance} back, with score ${printed(score, 1)}, has weight ${printed(at(biased, place), 4)}, without the bias ${printed(at(plain, place), 4)}. On average the query reads ${printed(meanDistance(biased))} back, without the bias ${printed(meanDistance(plain))}.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Slope of the head",
      min: 1,
      max: 8,
      step: 1,
      get: ({ head }) => head,
      set: (state, head) => ({ ...state, head }),
      print: (head) => `1/${2 ** head}`,
    },
    {
      kind: "slider",
      label: "Keys",
      min: 2,
      max: 6,
      step: 1,
      get: ({ logN }) => logN,
      set: (state, logN) => ({ ...state, logN, distance: Math.min(state.distance, 2 ** logN - 1) }),
      print: (logN) => String(2 ** logN),
    },
  ],

  handles: (state) => {
    const moved = (distance: number, score: number): State => ({
      ...state,
      distance: clamp(Math.round(distance), 0, 2 ** state.logN - 1),
      score: clamp(Math.round(score * 2) / 2, 0, highest),
    });
    return [
      {
        name: "far-key",
        label: "The key that fits",
        value: `${state.distance} back, score ${printed(state.score, 1)}`,
        range: { now: state.distance, min: 0, max: 2 ** state.logN - 1 },
        move: (x, y) => moved((scorePlot.right - x) / widthOf(state) - 0.5, scoreAt(y)),
        step: (right, up) => moved(state.distance - right, state.score + up / 2),
      },
    ];
  },
};

/** Width of one key's column. */
const widthOf = ({ logN }: State): number => (scorePlot.right - scorePlot.left) / 2 ** logN;

const across = (state: State, back: number): number => scorePlot.right - widthOf(state) * (back + 0.5);

const down = (score: number): number =>
  scorePlot.top + ((scorePlot.bottom - scorePlot.top) * (highest - score)) / (highest - lowest);

const scoreAt = (y: number): number =>
  highest - ((y - scorePlot.top) * (highest - lowest)) / (scorePlot.bottom - scorePlot.top);

/** The last two keys score 1, earlier ones 0, as in the worked example; the chosen key has its own score. */
function compute({ head, logN, distance, score }: State) {
  const n = 2 ** logN;
  const slope = at(slopes, head - 1);
  const place = n - 1 - distance;
  const scores = Array.from({ length: n }, (_, j) => (j === place ? score : j >= n - 2 ? 1 : 0));
  return {
    n,
    slope,
    place,
    scores,
    bias: biasRow(n, slope),
    biased: biasedWeights(scores, slope),
    plain: biasedWeights(scores, 0),
  };
}

/** Each key's content score, hollow, and its score after the penalty, solid. */
function drawScores(state: State): string {
  const { n, place, scores, bias, slope } = compute(state);
  const { left, right, bottom } = scorePlot;
  const radius = Math.min(4.5, widthOf(state) * 0.36);
  const end = Math.min(n - 0.5, -lowest / slope);
  const hand = { x: across(state, state.distance), y: down(state.score) };
  return group(
    {},
    label(left, 14, `head ${state.head}: scores`, { class: "strong" }),
    circle(196, 10, 4.5, { class: "box" }),
    label(206, 14, "content", { class: "small soft" }),
    circle(302, 10, 4.5, { class: "fill-position" }),
    label(312, 14, "less the penalty", { class: "small soft" }),
    ...[highest, 2, 0, -2, -4, lowest].map((value) =>
      formula(left - 10, down(value) + 4, printed(value, 0), { class: "end small soft" }),
    ),
    line(left, down(0), right, down(0), { class: "rule" }),
    line(right - widthOf(state) / 2, down(0), across(state, end), down(-slope * end), {
      class: "stroke-position dashed",
    }),
    ...scores.map((score, j) => {
      const x = across(state, n - 1 - j);
      const low = score + at(bias, j);
      const isSeen = low >= lowest;
      return group(
        {},
        arrowOrLine(x, down(score), isSeen ? down(low) : bottom, radius),
        j === place ? "" : circle(x, down(score), radius, { class: "box" }),
        isSeen ? circle(x, down(low), radius, { class: "fill-position" }) : "",
      );
    }),
    discGrip("far-key", hand, { radius: 11, look: "fill-key-pale stroke-key", letter: "k", ink: "ink-key" }),
  );
}

/** The penalty as an arrow down, or as a line if an arrow does not fit. */
const arrowOrLine = (x: number, from: number, to: number, radius: number): string =>
  radius > 4 && to - from > 18
    ? arrow(x, from, x, to - radius, { class: "stroke-position" })
    : line(x, from, x, to, { class: "stroke-position", "stroke-opacity": 0.45 });

/** Bars for the weights, filled with the bias and dashed without, and the mean attention distance of each. */
function drawWeights(state: State): string {
  const { n, place, biased, plain } = compute(state);
  const { left, right } = scorePlot;
  const { top, bottom } = weightPlot;
  const greatest = Math.max(...biased, ...plain);
  const tall = (weight: number): number => ((bottom - top) * weight) / greatest;
  const width = widthOf(state) * 0.7;
  return group(
    {},
    label(left, top - 42, "weights", { class: "strong" }),
    rectangle(191.5, top - 51, 9, 9, { class: "rule dashed" }),
    label(206, top - 42, "without the bias", { class: "small soft" }),
    rectangle(297.5, top - 51, 9, 9, { class: "fill-query", "fill-opacity": 0.6 }),
    label(312, top - 42, "with the bias", { class: "small soft" }),
    group(
      {},
      ...biased.map((weight, j) => {
        const x = across(state, n - 1 - j);
        return group(
          {},
          rectangle(x - width / 2, bottom - tall(weight), width, tall(weight), {
            class: "fill-query",
            "fill-opacity": 0.6,
          }),
          rectangle(x - width / 2, bottom - tall(at(plain, j)), width, tall(at(plain, j)), {
            class: n <= 16 ? "rule dashed" : "rule",
          }),
        );
      }),
    ),
    line(left, bottom, right, bottom, { class: "line" }),
    ...[...biased.keys()].map((j) =>
      n <= 4 || j === place
        ? drawNumbers(state, j, n <= 4 ? bottom - tall(Math.max(at(biased, j), at(plain, j))) : top)
        : "",
    ),
    ...marksOf(n).map((back) =>
      formula(across(state, back), bottom + 28, String(back), { class: "middle small soft" }),
    ),
    label((left + right) / 2, bottom + 43, "places back from the query", { class: "middle small soft" }),
    wedge(across(state, meanDistance(plain)), bottom + 3, "box"),
    wedge(across(state, meanDistance(biased)), bottom + 3, "fill-query"),
    label(left, bottom + 64, "mean distance read", { class: "small soft" }),
    wedge(196, bottom + 54, "box"),
    formula(206, bottom + 64, printed(meanDistance(plain)), { class: "small" }),
    wedge(302, bottom + 54, "fill-query"),
    formula(312, bottom + 64, printed(meanDistance(biased)), { class: "small ink-query" }),
  );
}

/** A wedge below the axis that points up at a position. */
const wedge = (x: number, y: number, look: "box" | "fill-query"): string =>
  polygon(
    [
      [x, y],
      [x + 5, y + 9],
      [x - 5, y + 9],
    ],
    { class: look },
  );

/** Distances labelled on the axis. */
const marksOf = (n: number): readonly number[] => (n === 4 ? [3, 2, 1, 0] : [n - 1, (3 * n) / 4, n / 2, n / 4, 0]);

const drawNumbers = (state: State, j: number, y: number): string => {
  const { n, biased, plain } = compute(state);
  const x = clamp(across(state, n - 1 - j), scorePlot.left + 18, scorePlot.right - 18);
  return group(
    {},
    formula(x, y - 20, printed(at(plain, j), 4), { class: "middle small soft halo" }),
    formula(x, y - 6, printed(at(biased, j), 4), { class: "middle small ink-query halo" }),
  );
};
