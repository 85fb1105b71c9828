/**
 * Shows one query among three keys: dot products give weights, and the output stays in the triangle of the values
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { arrow, circle, drawing, formula, group, label, line, polygon, rectangle } from "#figures/drawing.ts";
import { handle, ringGap } from "#figures/handles.ts";
import { clamp, type Handle, type InteractiveFigure } from "#figures/interactive.ts";
import { printed, printedVector } from "#figures/printed-numbers.ts";
import { attend, catAteMouse, selfAttention } from "../models/attention.ts";

interface State {
  readonly query: Vector;
  /** One key per word. */
  readonly keys: readonly Vector[];
  /** Index into `widths`. */
  readonly width: number;
  readonly isDivided: boolean;
}

type Vector = readonly [x: number, y: number];

const { words } = catAteMouse;
const { query: queries, key: keys, value: values } = selfAttention();
const widths = [2, 16, 64, 256] as const;

const plane = { x: 114, y: 152, unit: 40, reach: 2 } as const;
const bars = { x: 272, y: 34, step: 48, width: 64 } as const;
const triangle = { x: 272, y: 284, unit: 44 } as const;

/** Distance of the query's handle from the tip of its arrow, because a key may be at the same point. */
const beyond = 32;

const asVector = (row: readonly number[]): Vector => [at(row, 0), at(row, 1)];

export const figure: InteractiveFigure<State> = {
  initial: { query: asVector(at(queries, 0)), keys: keys.map(asVector), width: 0, isDivided: true },

  draw: (state) => {
    const { scores, weights, output } = read(state);
    return drawing(
      400,
      312,
      drawPlane(state, weights),
      ...words.map((word, index) => drawBar(index, word, at(scores, index), at(weights, index))),
      drawTriangle(weights, output),
    );
  },

  describe: (state) => {
    const { weights, output } = read(state);
    const shares = words.map((word, index) => `${word} ${printed(at(weights, index), 4)}`).join(", ");
    return `The query reads ${shares}; its output is ${printedVector(output, 4)}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Query of",
      options: words,
      get: ({ query }) => queries.findIndex((row) => at(row, 0) === query[0] && at(row, 1) === query[1]),
      set: (state, word) => ({ ...state, query: asVector(at(queries, word)) }),
    },
    {
      kind: "choice",
      label: "Width $d_k$",
      options: widths.map(String),
      get: ({ width }) => width,
      set: (state, width) => ({ ...state, width }),
    },
    {
      kind: "toggle",
      label: "Divide by $√d_k$",
      get: ({ isDivided }) => isDivided,
      set: (state, isDivided) => ({ ...state, isDivided }),
    },
  ],

  handles: (state) => [
    ...state.keys.map((vector, index) =>
      grip(`key-${index + 1}`, `Key of ${words[index]}`, vector, 0, (moved) => ({
        ...state,
        keys: state.keys.map((other, place) => (place === index ? moved : other)),
      })),
    ),
    grip("query", "The query", state.query, beyond, (query) => ({ ...state, query })),
  ],
};

/**
 * Dot products of independent entries of variance 1 have a standard deviation of √d_k: at width d_k the scores are √(d_k / 2) times
 * those of the plane, and dividing by √d_k undoes it.
 */
function read({ query, keys: moved, width, isDivided }: State) {
  const d = at(widths, width);
  return attend(query, moved, values, { stretch: Math.sqrt(d / 2), scale: isDivided ? Math.sqrt(d) : 1 });
}

/** The handle of an arrow from the origin, `ahead` units beyond its tip. */
function grip(name: string, text: string, [x, y]: Vector, ahead: number, put: (moved: Vector) => State): Handle<State> {
  const inside = (right: number, up: number): State => {
    const keep = (value: number) => clamp(Math.round(value * 10) / 10, -plane.reach, plane.reach);
    return put([keep(right), keep(up)]);
  };
  return {
    name,
    label: text,
    value: `${printed(x, 1)} to the right, ${printed(y, 1)} up`,
    range: { now: x, min: -plane.reach, max: plane.reach },
    move: (toX, toY) => {
      const [right, up] = [toX - plane.x, plane.y - toY];
      const share = Math.max(0, 1 - ahead / Math.max(1, Math.hypot(right, up))) / plane.unit;
      return inside(right * share, up * share);
    },
    step: (right, up) => inside(x + right / 10, y + up / 10),
  };
}

const inPlane = ([x, y]: Vector) => ({ x: plane.x + plane.unit * x, y: plane.y - plane.unit * y });

function drawPlane({ query, keys: moved }: State, weights: readonly number[]): string {
  const extent = plane.unit * 2.5;
  const tips = moved.map(inPlane);
  const tip = inPlane(query);
  const length = Math.hypot(...query);
  const [right, up] = length === 0 ? [0, 1] : query.map((value) => value / length);
  const held = { x: tip.x + beyond * (right ?? 0), y: tip.y - beyond * (up ?? 0) };
  return group(
    {},
    label(plane.x, 16, "the query among the keys", { class: "middle soft" }),
    line(plane.x - extent, plane.y, plane.x + extent, plane.y, { class: "rule" }),
    line(plane.x, plane.y - extent, plane.x, plane.y + extent, { class: "rule" }),
    ...tips.map(({ x, y }) => arrow(plane.x, plane.y, x, y, { class: "stroke-key" })),
    arrow(plane.x, plane.y, tip.x, tip.y, { class: "stroke-query thick" }),
    line(tip.x, tip.y, held.x, held.y, { class: "stroke-query dashed" }),
    ...tips.map((place, index) =>
      handle(
        `key-${index + 1}`,
        place,
        { kind: "grip", ring: 11 + ringGap, reach: 22 },
        // The larger the weight, the more opaque the disc.
        circle(place.x, place.y, 11, { class: "box" }),
        circle(place.x, place.y, 11, { class: "fill-key", "fill-opacity": 0.06 + 0.5 * at(weights, index) }),
        circle(place.x, place.y, 11, { class: "stroke-key" }),
        formula(place.x, place.y + 4, `k_${index + 1}`, { class: "middle small" }),
      ),
    ),
    handle(
      "query",
      held,
      { kind: "grip", ring: 16, reach: 22 },
      rectangle(held.x - 10, held.y - 10, 20, 20, { class: "fill-query-pale stroke-query" }),
      formula(held.x, held.y + 4.5, "q", { class: "middle ink-query" }),
    ),
  );
}

function drawBar(index: number, word: string, score: number, weight: number): string {
  const y = bars.y + index * bars.step;
  return group(
    {},
    label(bars.x - 8, y + 13, word, { class: "end" }),
    rectangle(bars.x, y, bars.width, 16, { class: "rule" }),
    rectangle(bars.x, y, bars.width * weight, 16, { class: "fill-query", "fill-opacity": 0.6 }),
    formula(bars.x + bars.width + 7, y + 13.5, printed(weight, 4), {}),
    formula(bars.x, y + 31, `q⋅k_${index + 1} = ${printed(score, 2)}`, { class: "small soft" }),
  );
}

/** The output is a convex combination of the values, so it is inside their triangle. */
function drawTriangle(weights: readonly number[], output: readonly number[]): string {
  const place = (row: readonly number[]) => ({
    x: triangle.x + triangle.unit * at(row, 0),
    y: triangle.y - triangle.unit * at(row, 1),
  });
  const corners = values.map(place);
  const mean = place(output);
  return group(
    {},
    polygon(
      corners.map(({ x, y }) => [x, y]),
      { class: "fill-value-pale stroke-value" },
    ),
    ...corners.map((corner, index) =>
      line(corner.x, corner.y, mean.x, mean.y, { class: "stroke-value", "stroke-opacity": at(weights, index) }),
    ),
    ...corners.map((corner, index) =>
      formula(corner.x + (index === 1 ? -10 : 10), corner.y + 5, `v_${index + 1}`, {
        class: index === 1 ? "end ink-value" : "ink-value",
      }),
    ),
    circle(mean.x, mean.y, 5, { class: "fill-value" }),
    label(triangle.x + 72, triangle.y - 42, "output", { class: "small soft" }),
    formula(triangle.x + 72, triangle.y - 25, output.map((value) => printed(value, 2)).join(", "), {
      class: "small",
    }),
  );
}
