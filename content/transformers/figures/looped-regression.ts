/**
 * Runs gradient descent as a looped block: the line fits the points while the error shrinks, or diverges (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { bestSlope, type Example, factorOf, runLoop, threeExamples } from "../models/looped-regression.ts";

interface State {
  readonly examples: readonly Example[];
  readonly turns: number;
  /** η in hundredths: an integer, so that steps of the slider are exact. */
  readonly hundredths: number;
  readonly isFedOnce: boolean;
}

const most = 20;
const plane = { left: 10, top: 30, width: 224, height: 224, x: 3.4, y: 7 } as const;
const centre = { x: plane.left + plane.width / 2, y: plane.top + plane.height / 2 } as const;
const [unitX, unitY] = [plane.width / (2 * plane.x), plane.height / (2 * plane.y)];
const table = { left: 254, right: 392, top: 44, row: 46 } as const;
const plot = { left: 44, right: 392, top: 300, bottom: 400, lowest: -6, highest: 2 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { examples: threeExamples, turns: 3, hundredths: 10, isFedOnce: false },

  draw: (state) => drawing(400, 436, drawPlane(state), drawTable(state), drawErrors(state)),

  describe: (state) => {
    const { w, best, factor } = look(state);
    const fed = state.isFedOnce ? "with the targets fed in once" : "with the targets fed in every time";
    return (
      `After ${state.turns} ${state.turns === 1 ? "iteration" : "iterations"} with step ${printed(state.hundredths / 100)}, ${fed}, w is ${print(w)} and the fit ${print(best)}; ` +
      `at x = 3 the answer is ${print(3 * w)}. An iteration multiplies ${state.isFedOnce ? "the state" : "the error"} by ${printed(factor)}.`
    );
  },

  controls: [
    {
      kind: "slider",
      label: "Iterations $t$",
      min: 0,
      max: most,
      step: 1,
      get: ({ turns }) => turns,
      set: (state, turns) => ({ ...state, turns }),
    },
    {
      kind: "slider",
      label: "Step $η$",
      min: 1,
      max: 40,
      step: 1,
      get: ({ hundredths }) => hundredths,
      set: (state, hundredths) => ({ ...state, hundredths }),
      print: (hundredths) => printed(hundredths / 100),
    },
    {
      kind: "toggle",
      label: "Feed the targets in every time",
      get: ({ isFedOnce }) => !isFedOnce,
      set: (state, isFed) => ({ ...state, isFedOnce: !isFed }),
    },
  ],

  handles: (state) =>
    state.examples.map((example, index) => {
      const moved = (x: number, y: number): State => ({
        ...state,
        examples: state.examples.map((other, place) =>
          place === index ? { x: toHalf(clamp(x, -3, 3)), y: toHalf(clamp(y, -6, 6)) } : other,
        ),
      });
      return {
        name: `example-${index + 1}`,
        label: `Example ${index + 1}`,
        value: `x = ${printed(example.x, 1)}, y = ${printed(example.y, 1)}`,
        range: { now: example.y, min: -6, max: 6 },
        move: (x, y) => moved((x - centre.x) / unitX, (centre.y - y) / unitY),
        step: (right, up) => moved(example.x + right / 2, example.y + up / 2),
      };
    }),
};

const toHalf = (value: number): number => Math.round(value * 2) / 2;

function look({ examples, turns, hundredths, isFedOnce }: State) {
  const states = runLoop(examples, hundredths / 100, most, { isFedOnce });
  return { states, w: at(states, turns), best: bestSlope(examples), factor: factorOf(examples, hundredths / 100) };
}

/** As many digits as fit. */
function print(value: number): string {
  const size = Math.abs(value);
  if (size < 100) return printed(value, 4);
  if (size < 1e6) return printed(value, 0);
  return `${value < 0 ? "−" : ""}more than a million`;
}

const across = (x: number): number => centre.x + unitX * x;
const down = (y: number): number => centre.y - unitY * y;

/** A line through the origin, clipped to the plane. */
function drawSlope(w: number, look: { readonly class: string; readonly "stroke-opacity"?: number }): string {
  const reach = Math.min(plane.x, plane.y / Math.max(1e-9, Math.abs(w)));
  return line(across(-reach), down(-w * reach), across(reach), down(w * reach), look);
}

/** The points, the line of each iteration so far, and the best fit. */
function drawPlane(state: State): string {
  const { states, w, best } = look(state);
  const { left, top, width, height } = plane;
  return group(
    {},
    label(left, 18, "y = wx, step by step", { class: "small soft" }),
    rectangle(left, top, width, height, { class: "rule" }),
    line(left, centre.y, left + width, centre.y, { class: "rule" }),
    line(centre.x, top, centre.x, top + height, { class: "rule" }),
    formula(left + width - 8, centre.y + 16, "x", { class: "middle small soft" }),
    formula(centre.x - 10, top + 14, "y", { class: "middle small soft" }),
    ...states.map((before, turn) =>
      turn < state.turns ? drawSlope(before, { class: "stroke-query", "stroke-opacity": 0.3 }) : "",
    ),
    drawSlope(best, { class: "stroke-value dashed" }),
    drawSlope(w, { class: "stroke-query thick" }),
    ...state.examples.map(({ x, y }, index) =>
      discGrip(`example-${index + 1}`, { x: across(x), y: down(y) }, { radius: 6, reach: 18, look: "fill-key" }),
    ),
  );
}

function drawTable(state: State): string {
  const { w, best, factor } = look(state);
  const rows: readonly (readonly [string, string, string])[] = [
    [
      `after ${state.turns} ${state.turns === 1 ? "iteration" : "iterations"}`,
      `w_{${state.turns}} = ${short(w)}`,
      "ink-query",
    ],
    ["the best fit, dashed", `w^* = ${short(best)}`, "ink-value"],
    ["answer at x = 3", `3w_{${state.turns}} = ${short(3 * w)}`, ""],
    [state.isFedOnce ? "state kept per iteration" : "error left per iteration", short(factor, 2), ""],
  ];
  const says = verdict(state, factor);
  return group(
    {},
    ...rows.map(([words, value, look], index) =>
      group(
        {},
        label(table.left, table.top + index * table.row, words, { class: "small soft" }),
        formula(table.left, table.top + 19 + index * table.row, value, { class: look }),
      ),
    ),
    label(table.left, table.top + 4 * table.row + 10, says, { class: "strong" }),
  );
}

function verdict({ isFedOnce }: State, factor: number): string {
  const size = Math.abs(factor);
  if (Math.abs(size - 1) < 1e-9) return factor > 0 ? "nothing to learn" : "oscillates forever";
  if (size > 1) return "diverges";
  return isFedOnce ? "forgets the targets" : "settles on the fit";
}

const short = (value: number, digits = 4): string => {
  const size = Math.abs(value);
  if (size < 1000) return printed(value, digits);
  const power = Math.floor(Math.log10(size) + 1e-9);
  return `${printed(value / 10 ** power, 1)}⋅10^{${power}}`;
};

/** Distance to the fit against iterations on a log scale, clipped to the frame. */
function drawErrors(state: State): string {
  const { states, best } = look(state);
  const { left, right, top, bottom, lowest, highest } = plot;
  const xOf = (turn: number): number => left + ((right - left) * turn) / most;
  const yOf = (power: number): number => bottom - ((bottom - top) * (power - lowest)) / (highest - lowest);
  const powers = states.map((w) => Math.log10(Math.max(Math.abs(w - best), 1e-12)));
  const leaves = powers.findIndex((power) => power > highest);
  const shown = (leaves < 0 ? powers : powers.slice(0, leaves)).map((power) => Math.max(power, lowest));
  const isShown = state.turns < shown.length;
  return group(
    {},
    label(left, top - 14, "distance to the fit, by powers of ten, down to a millionth", { class: "small soft" }),
    ...[-6, -4, -2, 0, 2].flatMap((power) => [
      line(left, yOf(power), right, yOf(power), { class: "rule", "stroke-opacity": power === -6 ? 1 : 0.5 }),
      formula(left - 8, yOf(power) + 4, `10^{${printed(power, 0)}}`, { class: "end small soft" }),
    ]),
    line(xOf(state.turns), top, xOf(state.turns), bottom, { class: "rule dashed" }),
    path(through(shown.map((power, turn) => [xOf(turn), yOf(power)])), {
      class: "stroke-query",
    }),
    ...powers.map((_, turn) =>
      turn < shown.length ? circle(xOf(turn), yOf(at(shown, turn)), 2.6, { class: "fill-query" }) : "",
    ),
    circle(xOf(state.turns), yOf(isShown ? at(shown, state.turns) : highest), 5.5, {
      class: "fill-query",
      "fill-opacity": isShown ? 1 : 0,
    }),
    ...[0, 5, 10, 15, 20].map((turn) => formula(xOf(turn), bottom + 18, String(turn), { class: "middle small soft" })),
    label(right, bottom + 33, "iterations", { class: "end small soft" }),
  );
}
