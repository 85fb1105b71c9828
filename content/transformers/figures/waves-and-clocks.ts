/**
 * Shows two positions of a sinusoidal encoding as colours, clock hands and a dot product that depends only on their
 * offset (interactive).
 */

import { circle, drawing, formula, group, label, line, path, rectangle, round, through } from "#figures/drawing.ts";
import { discGrip, handle } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import { clockFace, handLength, handTip } from "../models/clock-face.ts";
import { encodePosition, offsetProduct, pairProducts, waveFrequencies } from "../models/sinusoids.ts";

interface State {
  /** The first position, from 0 to `last`. */
  readonly t: number;
  /** The second position is t + k, also from 0 to `last`. */
  readonly k: number;
  readonly width: Width;
  /** Exponent of ten of the frequencies' base. */
  readonly logBase: number;
}

const widths = [4, 8, 16] as const;
type Width = (typeof widths)[number];
const last = 31;

const map = { left: 36, step: 10.5, top: 50, height: 80 } as const;
const faces = { left: 16, right: 392, middle: 236, most: 34 } as const;
const plot = { left: 36, right: 372, top: 360, bottom: 442 } as const;

const middle = (plot.left + plot.right) / 2;

export const figure: InteractiveFigure<State> = {
  initial: { t: 2, k: 1, width: 4, logBase: 4 },

  draw: (state) =>
    drawing(400, 476, drawMap(state), drawFaces(state), drawPlot(state), drawFirst(state), drawSecond(state)),

  describe: (state) =>
    `Width ${state.width}, positions ${state.t} and ${state.t + state.k}: the product of their encodings is ${printed(offsetProduct(state.k, omegaOf(state)), 4)}, as at every offset of ${printed(state.k, 0)}.`,

  controls: [
    {
      kind: "choice",
      label: "Width $d$",
      options: widths.map(String),
      get: ({ width }) => widths.indexOf(width),
      set: (state, option) => ({ ...state, width: widths[option] ?? 4 }),
    },
    {
      kind: "slider",
      label: "Base",
      min: 1,
      max: 4,
      step: 0.5,
      get: ({ logBase }) => logBase,
      set: (state, logBase) => ({ ...state, logBase }),
      print: (logBase) => grouped(baseOf(logBase)),
    },
  ],

  handles: (state) => {
    const { t, k } = state;
    const first = (position: number): State => ({
      ...state,
      t: clamp(position, Math.max(0, -k), last - Math.max(0, k)),
    });
    const second = (position: number): State => ({ ...state, k: clamp(position, 0, last) - t });
    return [
      {
        name: "first",
        label: "Position t, the offset kept",
        value: `position ${t}`,
        range: { now: t, min: Math.max(0, -k), max: last - Math.max(0, k) },
        move: (x) => first(positionAt(x)),
        step: (right, up) => first(t + right + up),
      },
      {
        name: "second",
        label: "Position t + k",
        value: `position ${t + k}, offset ${printed(k, 0)}`,
        range: { now: t + k, min: 0, max: last },
        move: (x) => second(positionAt(x)),
        step: (right, up) => second(t + k + right + up),
      },
    ];
  },
};

const baseOf = (logBase: number): number => Math.round(10 ** logBase);

const omegaOf = ({ width, logBase }: State): number[] => waveFrequencies(width, baseOf(logBase));

const placeOf = (position: number): number => map.left + map.step * (position + 0.5);

const positionAt = (x: number): number => Math.round((x - map.left) / map.step - 0.5);

/** One column per position, one row per coordinate: from white at −1 to full colour at 1. */
function drawMap(state: State): string {
  const omega = omegaOf(state);
  const tall = map.height / state.width;
  const columns = Array.from({ length: last + 1 }, (_, position) => encodePosition(position, omega));
  const pairMiddle = (pair: number): number => map.top + tall * (2 * pair + 1) + 5;
  return group(
    {},
    group(
      // Avoids seams between the cells.
      { class: "fill-position", "shape-rendering": "crispEdges" },
      ...columns.flatMap((column, position) =>
        column.map((value, row) =>
          rectangle(map.left + position * map.step, map.top + row * tall, map.step, tall, {
            "fill-opacity": (value + 1) / 2,
          }),
        ),
      ),
    ),
    rectangle(map.left, map.top, map.step * (last + 1), map.height, { class: "rule" }),
    formula(map.left - 8, pairMiddle(0), "ω_0", { class: "end small" }),
    formula(map.left - 8, pairMiddle(omega.length - 1), `ω_${omega.length - 1}`, { class: "end small" }),
  );
}

const column = (position: number, attributes: { readonly class: string }): string =>
  rectangle(map.left + position * map.step - 1, map.top - 3, map.step + 2, map.height + 6, { rx: 2, ...attributes });

function drawFirst({ t }: State): string {
  const x = placeOf(t);
  return group(
    {},
    column(t, { class: "stroke-position thick" }),
    discGrip(
      "first",
      { x, y: map.top - 25 },
      { radius: 12, look: "fill-position-pale stroke-position", letter: "t", ink: "ink-position" },
    ),
  );
}

function drawSecond({ t, k }: State): string {
  const x = placeOf(t + k);
  const y = map.top + map.height + 24;
  return group(
    {},
    column(t + k, { class: "line dashed" }),
    handle(
      "second",
      { x, y },
      { kind: "grip", ring: [58, 30], reach: 22 },
      rectangle(x - 24, y - 11, 48, 22, { rx: 11, class: "box" }),
      formula(x, y + 5, "t + k", { class: "middle" }),
    ),
  );
}

/** One clock per pair: the sine is the horizontal coordinate of the tip, the cosine the vertical one. */
function drawFaces(state: State): string {
  const { t, k } = state;
  const omega = omegaOf(state);
  const products = pairProducts(k, omega);
  const step = (faces.right - faces.left) / omega.length;
  const radius = Math.min(faces.most, step / 2 - 3.5);
  const below = faces.middle + faces.most + 20;
  const middleOf = (pair: number): number => faces.left + step * (pair + 0.5);
  return group(
    {},
    ...omega.map((frequency, pair) => drawFace(middleOf(pair), radius, frequency * t, frequency * (t + k))),
    ...omega.map((_, pair) =>
      formula(middleOf(pair), faces.middle - radius - 7, `ω_${pair}`, { class: "middle small soft" }),
    ),
    ...products.map((product, pair) => formula(middleOf(pair), below, printed(product, 2), { class: "middle small" })),
    ...products.slice(1).map((_, pair) => formula(middleOf(pair + 0.5), below, "+", { class: "middle small soft" })),
    formula(middle, below + 25, `p_t⋅p_{t+k} = ${printed(offsetProduct(k, omega), 4)}`, { class: "middle" }),
  );
}

function drawFace(x: number, radius: number, angle: number, laterAngle: number): string {
  const face = { x, y: faces.middle };
  const length = handLength(radius);
  // The smaller angle between the two hands; its cosine is the pair's contribution.
  const between = Math.atan2(Math.sin(laterAngle - angle), Math.cos(laterAngle - angle));
  const arc = [angle, laterAngle].map((turned) =>
    handTip(face, 0.5 * length, turned)
      .map(round)
      .join(" "),
  );
  return clockFace(
    face,
    radius,
    angle,
    path(`M${arc[0]}A${round(length / 2)} ${round(length / 2)} 0 0 ${between > 0 ? 1 : 0} ${arc[1]}`, {
      class: "stroke-position",
    }),
    line(face.x, face.y, ...handTip(face, length, laterAngle), { class: "line dashed" }),
  );
}

/** Dot product against offset: the same curve for every t. */
function drawPlot(state: State): string {
  const { k, width } = state;
  const omega = omegaOf(state);
  const most = width / 2;
  const across = (offset: number): number => plot.left + ((plot.right - plot.left) * (offset + last)) / (2 * last);
  const down = (product: number): number => plot.bottom - ((plot.bottom - plot.top) * (product + most)) / (2 * most);
  const offsets = Array.from({ length: 4 * 2 * last + 1 }, (_, step) => step / 4 - last);
  const product = offsetProduct(k, omega);
  const half = Math.abs(k) > 24 ? (k > 0 ? "end " : "") : "middle ";
  return group(
    {},
    line(plot.left, down(0), plot.right, down(0), { class: "rule" }),
    line(plot.left, down(most), plot.right, down(most), { class: "rule dashed" }),
    formula(plot.left - 8, down(0) + 4, "0", { class: "end small soft" }),
    formula(plot.left - 8, down(most) + 4, String(most), { class: "end small soft" }),
    path(through(offsets.map((offset) => [across(offset), down(offsetProduct(offset, omega))])), { class: "line" }),
    ...[-30, -20, -10, 0, 10, 20, 30].map((offset) =>
      formula(across(offset), plot.bottom + 14, printed(offset, 0), { class: "middle small soft" }),
    ),
    label(middle, plot.bottom + 30, "offset", { class: "middle small soft" }),
    line(across(k), down(0), across(k), down(product), { class: "stroke-position dashed" }),
    circle(across(k), down(product), 5, { class: "fill-position" }),
    formula(across(k), plot.top - 11, `k = ${printed(k, 0)}`, { class: `${half}halo ink-position` }),
  );
}
