/** Rotates a query and a key by their positions: the score depends only on their offset (interactive). */

import { arrow, circle, drawing, formula, group, label, line, path, round, through } from "#figures/drawing.ts";
import { discGrip, handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { dot } from "#figures/matrices.ts";
import { printed } from "#figures/printed-numbers.ts";
import { ropeScore, rotate } from "../models/rotation.ts";

interface State {
  /** Position of the query and of the key, from 0 to `last`. */
  readonly m: number;
  readonly n: number;
  /** If false, the plain dot product, independent of position. */
  readonly isTurned: boolean;
}

/** The worked example: two pairs, one fast and one slow. */
const [query, key] = [
  [1, 2, 3, 4],
  [4, 3, 2, 1],
];
const theta = [1, 0.01];
const last = 12;

const ruler = { left: 26, step: 29, y: 58 } as const;
const faces = [108, 292] as const;
const face = { y: 238, radius: 50, unit: 10 } as const;
const plot = { left: 40, right: 388, top: 354, bottom: 456 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { m: 1, n: 3, isTurned: true },

  draw: (state) =>
    drawing(400, 484, drawRuler(state), ...faces.map((x, pair) => drawFace(state, x, pair)), drawPlot(state)),

  describe: ({ m, n, isTurned }) =>
    isTurned
      ? `Query at position ${m}, key at position ${n}, offset ${printed(n - m, 0)}: the score is ${printed(scoreAt(n - m), 4)}.`
      : `Without rotation, the score is ${printed(scoreAt(0), 4)} at every offset.`,

  controls: [
    {
      kind: "toggle",
      label: "Rotate by position",
      get: ({ isTurned }) => isTurned,
      set: (state, isTurned) => ({ ...state, isTurned }),
    },
    { kind: "button", label: "Swap $m$ and $n$", press: (state) => ({ ...state, m: state.n, n: state.m }) },
  ],

  handles: (state) => {
    const { m, n } = state;
    const both = (shift: number): State => {
      const inside = clamp(shift, -Math.min(m, n), last - Math.max(m, n));
      return { ...state, m: m + inside, n: n + inside };
    };
    return [
      {
        name: "query",
        label: "Position of the query",
        value: `position ${m}`,
        range: { now: m, min: 0, max: last },
        move: (x) => ({ ...state, m: positionAt(x) }),
        step: (right, up) => ({ ...state, m: clamp(m + right + up, 0, last) }),
      },
      {
        name: "key",
        label: "Position of the key",
        value: `position ${n}`,
        range: { now: n, min: 0, max: last },
        move: (x) => ({ ...state, n: positionAt(x) }),
        step: (right, up) => ({ ...state, n: clamp(n + right + up, 0, last) }),
      },
      {
        name: "both",
        label: "Both positions together",
        value: `positions ${m} and ${n}`,
        range: { now: Math.min(m, n), min: 0, max: last - Math.abs(n - m) },
        // Near the ends the label is clamped, so its place no longer determines the pair: a drag that starts there
        // keeps it.
        move: (x) =>
          Math.abs(x - between(m, n)) < ruler.step / 2
            ? state
            : both(Math.round((x - (placeOf(m) + placeOf(n)) / 2) / ruler.step)),
        step: (right, up) => both(right + up),
      },
    ];
  },
};

const placeOf = (position: number): number => ruler.left + ruler.step * position;

/** The midpoint of two positions, clamped so that the label fits. */
const between = (m: number, n: number): number => clamp((placeOf(m) + placeOf(n)) / 2, 56, 344);

const positionAt = (x: number): number => clamp(Math.round((x - ruler.left) / ruler.step), 0, last);

/** The score at offset n − m, the same for all m and n. */
const scoreAt = (offset: number): number => ropeScore(query, key, [0, offset], theta);

function drawRuler({ m, n }: State): string {
  const { y } = ruler;
  const positions = Array.from({ length: last + 1 }, (_, position) => position);
  const [from, to] = [placeOf(Math.min(m, n)), placeOf(Math.max(m, n))];
  return group(
    {},
    line(placeOf(0), y, placeOf(last), y, { class: "rule" }),
    ...positions.flatMap((position) => [
      circle(placeOf(position), y, 2.2, { class: "fill-ink" }),
      formula(placeOf(position), y + 20, String(position), { class: "middle small soft" }),
    ]),
    line(placeOf(m), y - 16, placeOf(m), y - 5, { class: "stroke-query" }),
    drawGrip("query", placeOf(m), y - 31),
    line(placeOf(n), y + 26, placeOf(n), y + 31, { class: "stroke-key" }),
    drawGrip("key", placeOf(n), y + 46),
    path(`M${from} ${y + 66}v8H${to}v-8`, { class: "stroke-position" }),
    handle(
      "both",
      { x: between(m, n), y: y + 93 },
      { kind: "grip", ring: [96, 27], reach: 20 },
      formula(between(m, n), y + 98, `n − m = ${printed(n - m, 0)}`, { class: "middle ink-position" }),
    ),
  );
}

/** `x` is a coordinate on the axis of positions; the disc shows the letter of its role. */
const drawGrip = (role: "query" | "key", x: number, y: number): string =>
  discGrip(
    role,
    { x, y },
    { radius: 13, look: `fill-${role}-pale stroke-${role}`, letter: role === "query" ? "q" : "k", ink: `ink-${role}` },
  );

/** One pair of coordinates: both arrows after rotation, and the pair's contribution to the score. */
function drawFace({ m, n, isTurned }: State, x: number, pair: number): string {
  const turned = (vector: readonly number[], position: number): readonly number[] =>
    rotate(vector.slice(2 * pair, 2 * pair + 2), isTurned ? position : 0, theta.slice(pair, pair + 1));
  const [q, k] = [turned(query, m), turned(key, n)];
  const product = dot(q, k);
  return group(
    {},
    circle(x, face.y, face.radius + 4, { class: "rule" }),
    hand(x, q, "q", "query"),
    hand(x, k, "k", "key"),
    circle(x, face.y, 2.4, { class: "fill-ink" }),
    formula(x, face.y + face.radius + 24, `θ = ${theta[pair]}`, { class: "middle small" }),
    label(x, face.y + face.radius + 40, `adds ${printed(product, 2)} to the score`, { class: "middle small soft" }),
  );
}

function hand(x: number, vector: readonly number[], letter: string, role: "query" | "key"): string {
  const [right = 0, up = 0] = vector;
  const [tipX, tipY] = [x + face.unit * right, face.y - face.unit * up];
  const away = 1 + 11 / (face.unit * Math.hypot(right, up));
  return group(
    {},
    arrow(x, face.y, tipX, tipY, { class: `stroke-${role} thick` }),
    formula(x + face.unit * right * away, face.y - face.unit * up * away + 4, letter, {
      class: `middle small ink-${role}`,
    }),
  );
}

/** Score against offset; the current offset is marked, with its score above the curve. */
function drawPlot({ m, n, isTurned }: State): string {
  const { left, right, top, bottom } = plot;
  const across = (offset: number): number => left + ((right - left) * (offset + last)) / (2 * last);
  const down = (score: number): number => bottom - ((bottom - top) * (score + 3)) / 26;
  const steps = Array.from({ length: 24 * 8 + 1 }, (_, step) => step / 8 - last);
  const curve = through(steps.map((step) => [across(step), down(scoreAt(step))]));
  const offset = n - m;
  const score = scoreAt(isTurned ? offset : 0);
  return group(
    {},
    line(left, down(0), right, down(0), { class: "rule" }),
    path(isTurned ? curve : `M${left} ${round(down(score))}H${right}`, { class: "line" }),
    ...[0, 20].map((value) => formula(left - 8, down(value) + 4, String(value), { class: "end small soft" })),
    ...[-12, -6, 0, 6, 12].map((value) =>
      formula(across(value), bottom + 12, printed(value, 0), { class: "middle small soft" }),
    ),
    label(left - 8, down(10) + 4, "score", { class: "end small soft" }),
    label((left + right) / 2, bottom + 26, "offset", { class: "middle small soft" }),
    line(across(offset), down(0), across(offset), top + 4, { class: "stroke-position dashed" }),
    circle(across(offset), down(score), 5, { class: "fill-position" }),
    formula(clamp(across(offset), left + 26, right - 18), top - 2, printed(score, 4), {
      class: "middle halo ink-position",
    }),
  );
}
