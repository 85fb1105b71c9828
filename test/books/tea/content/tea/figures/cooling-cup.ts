/** Plots how a cup of tea cools and when it is cool enough to drink; the time is draggable (interactive). */
import { circle, drawing, formula, group, label, line, path, rectangle, through } from "#figures/drawing.ts";
import { discGrip } from "#figures/handles.ts";
import { clamp, type InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { cups, minutesUntil, poured, room, temperature } from "../models/newton.ts";

interface State {
  readonly minutes: number;
  /** Index into `cups`. */
  readonly cup: number;
  readonly showsRoom: boolean;
}

const longest = 30;
const drinkable = 60;
const plot = { left: 46, right: 384, top: 30, bottom: 210 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { minutes: 8, cup: 0, showsRoom: true },

  draw: (state) => drawing(400, 258, drawAxes(state), drawCurve(state)),

  describe: (state) => {
    const { name, rate } = cupOf(state);
    const wait = `can be drunk after ${printed(minutesUntil(rate, drinkable), 1)} minutes`;
    return `After ${state.minutes} minutes in the ${name} the tea has ${printed(degreesIn(state), 1)} degrees; it ${wait}.`;
  },

  controls: [
    {
      kind: "choice",
      label: "Cup",
      options: cups.map(({ name }) => name),
      get: ({ cup }) => cup,
      set: (state, cup) => ({ ...state, cup }),
    },
    {
      kind: "slider",
      label: "Minutes $t$",
      min: 0,
      max: longest,
      step: 1,
      get: ({ minutes }) => minutes,
      set: (state, minutes) => ({ ...state, minutes }),
    },
    {
      kind: "toggle",
      label: "Show the room",
      get: ({ showsRoom }) => showsRoom,
      set: (state, showsRoom) => ({ ...state, showsRoom }),
    },
    { kind: "button", label: "Pour again", press: (state) => ({ ...state, minutes: 0 }) },
  ],

  handles: (state) => [
    {
      name: "clock",
      label: "The clock",
      value: `${state.minutes} minutes`,
      range: { now: state.minutes, min: 0, max: longest },
      move: (x) => after(state, ((x - plot.left) / (plot.right - plot.left)) * longest),
      step: (right, up) => after(state, state.minutes + right + up),
    },
  ],
};

const after = (state: State, minutes: number): State => ({ ...state, minutes: clamp(Math.round(minutes), 0, longest) });

const cupOf = ({ cup }: State) => cups[cup] ?? { name: "glass", rate: 0.07 };

const degreesIn = (state: State): number => temperature(cupOf(state).rate, state.minutes);

const across = (minutes: number): number => plot.left + ((plot.right - plot.left) * minutes) / longest;
const down = (degrees: number): number => plot.bottom - ((plot.bottom - plot.top) * degrees) / 100;

function drawAxes({ showsRoom }: State): string {
  const { left, right, bottom } = plot;
  return group(
    {},
    line(left, bottom, right, bottom, { class: "rule" }),
    rectangle(left, down(drinkable), right - left, bottom - down(drinkable), {
      class: "fill-value-pale",
      "fill-opacity": 0.6,
    }),
    ...[0, drinkable, poured].map((degrees) =>
      formula(left - 8, down(degrees) + 4, String(degrees), { class: "end small soft" }),
    ),
    label(left, 14, "degrees", { class: "small soft" }),
    label(right, down(drinkable) + 16, "can be drunk", { class: "end small ink-value" }),
    showsRoom ? line(left, down(room), right, down(room), { class: "rule dashed" }) : "",
    showsRoom ? label(right, down(room) + 16, "the room", { class: "end small soft" }) : "",
  );
}

function drawCurve(state: State): string {
  const { rate } = cupOf(state);
  const minutes = Array.from({ length: longest + 1 }, (_, minute) => minute);
  const now = { x: across(state.minutes), y: down(degreesIn(state)) };
  return group(
    {},
    path(through(minutes.map((minute) => [across(minute), down(temperature(rate, minute))])), {
      class: "stroke-query thick",
    }),
    line(now.x, now.y, now.x, plot.bottom, { class: "rule" }),
    circle(now.x, now.y, 5, { class: "fill-query" }),
    formula(clamp(now.x + 10, 0, 350), now.y - 8, printed(degreesIn(state), 1), { class: "ink-query halo" }),
    discGrip("clock", { x: now.x, y: plot.bottom + 26 }, { radius: 13, letter: "t" }),
  );
}
