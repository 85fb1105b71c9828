/**
 * Plots a layer's multiplications by text length: comparing tokens exceeds everything else at six times the width
 * (interactive).
 */

import { circle, drawing, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import { crossover, layerWork } from "../models/parameters.ts";

interface State {
  /** Exponents of two, in steps of a half for n. */
  readonly logN: number;
  readonly logD: number;
}

const [firstN, lastN] = [4, 14];
const bar = { x: 10, y: 52, width: 380, height: 30 } as const;
const plot = { left: 46, right: 388, top: 132, bottom: 320 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { logN: 9, logD: 9 },

  draw: (state) => drawing(400, 362, drawShares(state), drawPlot(state)),

  describe: (state) => {
    const [n, d] = sizes(state);
    const { comparing, shares } = workAt(n, d);
    const [compare = 0, project = 0, think = 0] = shares.map((share) => 100 * share);
    return `${grouped(n)} tokens of width ${grouped(d)}: comparing them is ${printed(compare, 1)} percent of the layer’s work, ${inWords(comparing)} multiplications; projections ${printed(project, 1)}, feed-forward ${printed(think, 1)} percent.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Tokens $n$",
      min: firstN,
      max: lastN,
      step: 0.5,
      get: ({ logN }) => logN,
      set: (state, logN) => ({ ...state, logN }),
      print: (logN) => grouped(Math.round(2 ** logN)),
    },
    {
      kind: "slider",
      label: "Width $d$",
      min: 6,
      max: 12,
      step: 1,
      get: ({ logD }) => logD,
      set: (state, logD) => ({ ...state, logD }),
      print: (logD) => grouped(2 ** logD),
    },
  ],

  handles: (state) => [
    {
      name: "tokens",
      label: "Tokens on the axis",
      value: `${grouped(sizes(state)[0])} tokens`,
      range: { now: sizes(state)[0], min: 2 ** firstN, max: 2 ** lastN },
      move: (x) => ({
        ...state,
        logN: withinN(firstN + ((x - plot.left) / (plot.right - plot.left)) * (lastN - firstN)),
      }),
      step: (right, up) => ({ ...state, logN: withinN(state.logN + (right + up) / 2) }),
    },
  ],
};

const withinN = (logN: number): number => clamp(Math.round(logN * 2) / 2, firstN, lastN);

const sizes = ({ logN, logD }: State): readonly [n: number, d: number] => [Math.round(2 ** logN), 2 ** logD];

function workAt(n: number, d: number) {
  const { comparing, projecting, thinking } = layerWork(n, d);
  const rest = projecting + thinking;
  const shares = [comparing, projecting, thinking].map((part) => part / (comparing + rest));
  return { comparing, rest, shares };
}

/** Rounded to at most three digits for the description. */
function inWords(value: number): string {
  const [unit, name] = value >= 1e12 ? [1e12, "trillion"] : value >= 1e9 ? [1e9, "billion"] : [1e6, "million"];
  return `${printed(value / unit, value / unit < 10 ? 2 : value / unit < 100 ? 1 : 0)} ${name}`;
}

const parts = [
  { name: "comparing tokens", notation: "2n^2d", fill: "fill-query", x: 10 },
  { name: "projections", notation: "4nd^2", fill: "fill-key", x: 156 },
  { name: "feed-forward", notation: "8nd^2", fill: "fill-value", x: 278 },
] as const;

/** One bar for the whole layer, with a legend of its parts. */
function drawShares(state: State): string {
  const { shares } = workAt(...sizes(state));
  let start: number = bar.x;
  const pieces = parts.map(({ fill }, index) => {
    const width = bar.width * (shares[index] ?? 0);
    const piece = rectangle(start, bar.y, width, bar.height, { class: fill, "fill-opacity": 0.75 });
    start += width;
    return piece;
  });
  return group(
    {},
    ...parts.map(({ name, notation, fill, x }, index) =>
      group(
        {},
        rectangle(x, 8, 10, 10, { class: fill, "fill-opacity": 0.75 }),
        label(x + 16, 17, name, {}),
        formula(x + 16, 36, `${notation} `, { class: "small soft" }),
        label(x + 58, 36, `${printed(100 * (shares[index] ?? 0), 1)} %`, { class: "small strong" }),
      ),
    ),
    ...pieces,
    rectangle(bar.x, bar.y, bar.width, bar.height, { class: "rule" }),
  );
}

/** Multiplications against tokens on log-log axes: the quadratic part is twice as steep as the rest. */
function drawPlot(state: State): string {
  const [n, d] = sizes(state);
  const { left, right, top, bottom } = plot;
  const across = (logN: number): number => left + ((right - left) * (logN - firstN)) / (lastN - firstN);
  const [lowest, highest] = [Math.log10(workAt(2 ** firstN, 64).comparing), Math.log10(workAt(2 ** lastN, 4096).rest)];
  const down = (value: number): number => bottom - ((bottom - top) * (Math.log10(value) - lowest)) / (highest - lowest);
  const curve = (of: "comparing" | "rest"): string =>
    through([firstN, lastN].map((logN) => [across(logN), down(workAt(2 ** logN, d)[of])]));
  const meet = crossover(d);
  /** Empty if the lines meet outside the plot. */
  const drawMeeting = (): string[] => {
    if (Math.log2(meet) > lastN) return [];
    const [x, y] = [across(Math.log2(meet)), down(workAt(meet, d).rest)];
    return [
      circle(x, y, 5, { class: "box" }),
      formula(x - 8, y - 9, `n = 6d = ${grouped(meet)}`, { class: "end halo" }),
    ];
  };
  const place = { x: across(state.logN), y: bottom };
  /** Below the start of its line; if the axis is in the way, shifted right until there is room. */
  const drawName = (): string => {
    const [from, to] = [firstN, lastN].map((logN) => down(workAt(2 ** logN, d).comparing)) as [number, number];
    const y = Math.min(from + 10, bottom - 9);
    const along = ((from + 10 - y) * (right - left)) / (from - to);
    return label(left + 24 + along, y, "comparing tokens", { class: "small ink-query halo" });
  };
  return group(
    {},
    line(left, bottom, right, bottom, { class: "rule" }),
    ...[16, 256, 4096].map((tokens) =>
      formula(across(Math.log2(tokens)), bottom + 32, grouped(tokens), { class: "middle small soft" }),
    ),
    label(right, bottom + 32, "tokens", { class: "end small soft" }),
    ...[1e6, 1e9, 1e12].flatMap((value) => [
      line(left, down(value), right, down(value), { class: "rule dashed" }),
      formula(left - 6, down(value) + 4, `10^{${Math.log10(value)}}`, { class: "end small soft" }),
    ]),
    path(curve("comparing"), { class: "stroke-query thick" }),
    path(curve("rest"), { class: "stroke-value thick dashed" }),
    drawName(),
    label(left + 10, down(workAt(2 ** (firstN + 0.7), d).rest) - 24, "everything else", {
      class: "small ink-value halo",
    }),
    label(left + 6, top - 8, "multiplications per layer", { class: "small soft" }),
    group({}, ...drawMeeting()),
    line(place.x, bottom, place.x, down(Math.max(workAt(n, d).comparing, workAt(n, d).rest)), { class: "rule" }),
    circle(place.x, down(workAt(n, d).comparing), 4.5, { class: "fill-query" }),
    circle(place.x, down(workAt(n, d).rest), 4.5, { class: "fill-value" }),
    discGrip("tokens", place, { radius: 9, letter: "n" }),
  );
}
