/**
 * Shows which of 160 keys get the same offset label: clipped, in T5's buckets, and with ALiBi's penalty (interactive).
 */

import { circle, drawing, formula, group, label, line, path, rectangle, round } from "#figures/drawing.ts";
import { discGrip, handle } from "#figures/handles.ts";
import { clamp, type Handle, type InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { slopesOf } from "../models/linear-bias.ts";
import { clippedAt, inBuckets, type Labelling, type Run, runsOf } from "../models/offset-labelling.ts";

interface State {
  /** Positions, from 0 to `last`. */
  readonly query: number;
  readonly key: number;
  /** Clipping distance c. */
  readonly distance: number;
  readonly buckets: number;
  readonly farthest: number;
}

const last = 159;
const bucketCounts: readonly number[] = [8, 16, 32, 64];
const farthests: readonly number[] = [32, 64, 128];
const slope = slopesOf(8)[3] ?? 0;

const ruler = { left: 10, width: 380 / (last + 1), y: 54 } as const;
const strips = [186, 250, 314] as const;
const strip = { down: 11, height: 22 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { query: 100, key: 89, distance: 2, buckets: 32, farthest: 128 },

  draw: (state) =>
    drawing(
      400,
      366,
      drawStrip(strips[0], state, clippedIn(state)),
      drawStrip(strips[1], state, bucketsIn(state)),
      drawLine(strips[2], state),
      drawRuler(state),
    ),

  describe: (state) => {
    const { query, key } = state;
    const clipped = clippedIn(state);
    const bucket = bucketsIn(state);
    return `Query at ${query}, key at ${key}, offset ${printed(key - query, 0)}. Clipped: label ${printed(clipped.labelOf(key - query), 0)}, ${shared(state, clipped)}. T5: bucket ${bucket.labelOf(key - query)}, ${shared(state, bucket)}. ALiBi: ${penalty(state)}.`;
  },

  controls: [
    {
      kind: "slider",
      label: "Clipping distance $c$",
      min: 1,
      max: 32,
      step: 1,
      get: ({ distance }) => distance,
      set: (state, distance) => ({ ...state, distance }),
    },
    {
      kind: "choice",
      label: "Buckets",
      options: bucketCounts.map(String),
      get: ({ buckets }) => bucketCounts.indexOf(buckets),
      set: (state, option) => ({ ...state, buckets: bucketCounts[option] ?? state.buckets }),
    },
    {
      kind: "choice",
      label: "Logarithm up to distance",
      options: farthests.map(String),
      get: ({ farthest }) => farthests.indexOf(farthest),
      set: (state, option) => ({ ...state, farthest: farthests[option] ?? state.farthest }),
    },
  ],

  handles: (state) => {
    const { query, key } = state;
    const both = (shift: number): State => {
      const inside = clamp(shift, -Math.min(query, key), last - Math.max(query, key));
      return { ...state, query: query + inside, key: key + inside };
    };
    const middle = (centreOf(query) + centreOf(key)) / 2;
    return [
      grip("query", "Position of the query", query, (moved) => ({ ...state, query: moved })),
      grip("key", "Position of the key", key, (moved) => ({ ...state, key: moved })),
      {
        name: "both",
        label: "Both positions together",
        value: `positions ${query} and ${key}`,
        range: { now: Math.min(query, key), min: 0, max: last - Math.abs(key - query) },
        move: (x) => both(Math.round((x - middle) / ruler.width)),
        step: (right, up) => both(right + up),
      },
    ];
  },
};

const grip = (name: string, text: string, now: number, put: (position: number) => State): Handle<State> => {
  const inside = (position: number): State => put(clamp(Math.round(position), 0, last));
  return {
    name,
    label: text,
    value: `position ${now}`,
    range: { now, min: 0, max: last },
    move: (x) => inside((x - ruler.left) / ruler.width - 0.5),
    step: (right, up) => inside(now + right + up),
  };
};

const edgeOf = (position: number): number => ruler.left + ruler.width * position;

const centreOf = (position: number): number => edgeOf(position + 0.5);

const clippedIn = ({ distance }: State): Labelling => clippedAt(distance);

const bucketsIn = ({ buckets, farthest }: State): Labelling => inBuckets(buckets, farthest);

const runsIn = (state: State, labelling: Labelling): readonly Run[] => runsOf(labelling, state.query, last + 1);

const runWithKey = (state: State, labelling: Labelling): Run =>
  runsIn(state, labelling).find(({ from, to }) => from <= state.key && state.key <= to) ?? {
    label: 0,
    from: state.key,
    to: state.key,
  };

function shared(state: State, labelling: Labelling): string {
  const { from, to } = runWithKey(state, labelling);
  return from === to ? "only this key" : `shared by ${to - from + 1} keys`;
}

const penalty = ({ query, key }: State): string =>
  key > query ? "masked: later token" : `penalty ${printed(slope * (query - key), 4)}`;

function drawRuler({ query, key }: State): string {
  const { y } = ruler;
  const [q, k] = [centreOf(query), centreOf(key)];
  const [from, to] = [Math.min(q, k), Math.max(q, k)];
  return group(
    {},
    line(edgeOf(0), y, edgeOf(last + 1), y, { class: "rule" }),
    ...[0, 40, 80, 120, last].flatMap((position) => [
      line(centreOf(position), y - 3, centreOf(position), y + 3, { class: "rule" }),
      formula(centreOf(position), y + 19, String(position), {
        class: position === last ? "end small soft" : "middle small soft",
      }),
    ]),
    line(q, y - 14, q, y, { class: "stroke-query" }),
    drawGrip("query", q, y - 28),
    line(k, y + 24, k, y + 31, { class: "stroke-key" }),
    drawGrip("key", k, y + 44),
    path(`M${round(from)} ${y + 62}v7H${round(to)}v-7`, { class: "stroke-position" }),
    handle(
      "both",
      { x: clamp((from + to) / 2, 56, 344), y: y + 88 },
      { kind: "grip", ring: [96, 27], reach: 22 },
      formula(clamp((from + to) / 2, 56, 344), y + 93, `j − i = ${printed(key - query, 0)}`, {
        class: "middle ink-position",
      }),
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

/** Every key, darker the nearer its label; the keys that share the label of the chosen key are framed. */
function drawStrip(y: number, state: State, labelling: Labelling): string {
  const top = y + strip.down;
  const own = runWithKey(state, labelling);
  return group(
    {},
    label(edgeOf(0), y, labelling.title, {}),
    label(edgeOf(last + 1), y, `${labelling.name} ${printed(own.label, 0)}, ${shared(state, labelling)}`, {
      class: "end strong ink-position",
    }),
    group(
      {},
      ...runsIn(state, labelling).map(({ label: name, from, to }) =>
        rectangle(edgeOf(from) + 0.25, top, edgeOf(to + 1) - edgeOf(from) - 0.5, strip.height, {
          class: "fill-position",
          "fill-opacity": 0.86 - 0.72 * labelling.farnessOf(name),
        }),
      ),
    ),
    rectangle(edgeOf(own.from) - 1, top - 3, edgeOf(own.to + 1) - edgeOf(own.from) + 2, strip.height + 6, {
      class: "line",
    }),
    ...drawMarks(state, top - 3, top + strip.height + 3),
  );
}

/** Marks at the query and the key. */
const drawMarks = ({ query, key }: State, top: number, bottom: number): string[] => [
  line(centreOf(query), top, centreOf(query), bottom, { class: "stroke-query thick" }),
  line(centreOf(key), bottom, centreOf(key), bottom + 6, { class: "stroke-key thick" }),
];

/** ALiBi's penalty, which grows downwards with distance; later keys are masked. */
function drawLine(y: number, state: State): string {
  const { query, key } = state;
  const [top, deep] = [y + strip.down, 3];
  const [q, k] = [centreOf(query), centreOf(key)];
  const depthAt = (position: number): number => top + deep * slope * (query - position);
  const room = edgeOf(last + 1) - q;
  return group(
    {},
    label(edgeOf(0), y, "ALiBi, slope 1/16: nothing learned", {}),
    label(edgeOf(last + 1), y, penalty(state), { class: "end strong ink-position" }),
    path(`M${round(q)} ${top}H${edgeOf(0)}V${round(depthAt(-0.5))}Z`, { class: "fill-position", "fill-opacity": 0.2 }),
    line(q, top, edgeOf(0), depthAt(-0.5), { class: "stroke-position" }),
    rectangle(q, top, room, strip.height, { class: "shade" }),
    label(q + room / 2, top + 15, room > 60 ? "masked" : "", { class: "middle small soft" }),
    line(q, top - 3, q, top + strip.height + 3, { class: "stroke-query thick" }),
    line(k, top, k, key > query ? top : depthAt(key), { class: "stroke-key" }),
    circle(k, key > query ? top : depthAt(key), 4, { class: "fill-key" }),
  );
}
