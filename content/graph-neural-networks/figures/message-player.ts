/** Plays rounds of message passing on the paw step by step: messages sent, aggregated, state updated (interactive). */

import { at } from "#figures/at.ts";
import { arrow, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { sum } from "#figures/matrices.ts";
import { between, edgeLine, nodeDisc, pawNames, pawPlaces } from "#figures/node-link.ts";
import { printedShort } from "#figures/printed-numbers.ts";
import { type Aggregation, aggregate, messagePassingRound, neighbours, paw, type Signal } from "../models/graph.ts";

interface State {
  /** Rounds completed. */
  readonly round: number;
  /** Index into `phases`. */
  readonly phase: number;
  /** The chosen node, from 0. */
  readonly node: number;
  readonly aggregation: Aggregation;
}

const start: Signal = [1, 2, 3, 4];
const lastRound = 5;
const phases = ["send", "gather", "update"] as const;
const ways: readonly Aggregation[] = ["sum", "mean", "max"];
const first: State = { round: 0, phase: 0, node: 2, aggregation: "sum" };

const places = pawPlaces(96, 66, 124);
const radius = 19;
const panel = { x: 214, width: 178, y: 40, step: 70 } as const;

export const figure: InteractiveFigure<State> = {
  initial: { ...first, phase: 2 },

  draw: (state) =>
    drawing(400, 312, drawPaw(state), ...phases.map((_, phase) => drawPhase(state, phase)), drawAll(state)),

  describe: (state) => {
    const { before, sent, arrived, after } = compute(state);
    const [round, node] = [state.round + 1, state.node + 1];
    const list = sent.map(short).join(", ");
    if (state.phase === 0) return `Round ${round}, send: node ${node} is sent ${list}.`;
    const together = `${list}, combined by ${state.aggregation}, make ${short(arrived)}`;
    if (state.phase === 1) return `Round ${round}, gather: at node ${node}, ${together}.`;
    return `Round ${round}, update: ${together}, and node ${node} goes from ${short(at(before, state.node))} to ${short(at(after, state.node))}. All nodes become ${after.map(short).join(", ")}; together ${short(sum(after))}.`;
  },

  controls: [
    { kind: "button", label: "Next step", press: next },
    { kind: "button", label: "Start again", press: ({ node, aggregation }) => ({ ...first, node, aggregation }) },
    {
      kind: "choice",
      label: "Combine by",
      options: ways,
      get: ({ aggregation }) => ways.indexOf(aggregation),
      set: (state, way) => ({ ...state, aggregation: at(ways, way) }),
    },
  ],

  handles: (state) =>
    places.map((_, node) => ({
      name: `node-${node + 1}`,
      label: `Watch node ${node + 1}, which has ${short(at(compute(state).before, node))}`,
      pressed: state.node === node,
      press: () => ({ ...state, node }),
    })),
};

/** The next phase or round; starts again after the last one. */
function next(state: State): State {
  if (state.phase < 2) return { ...state, phase: state.phase + 1 };
  return state.round < lastRound
    ? { ...state, phase: 0, round: state.round + 1 }
    : { ...first, node: state.node, aggregation: state.aggregation };
}

function compute({ round, node, aggregation }: State) {
  let before = start;
  for (let done = 0; done < round; done++) before = messagePassingRound(paw, before, aggregation);
  return {
    before,
    sent: neighbours(paw, node).map((neighbour) => at(before, neighbour)),
    arrived: at(aggregate(paw, before, aggregation), node),
    after: messagePassingRound(paw, before, aggregation),
  };
}

const short = (value: number): string => printedShort(value, 3);

function drawPaw(state: State): string {
  const { before } = compute(state);
  const senders = neighbours(paw, state.node);
  return group(
    {},
    ...paw.edges.map(([from, to]) => edgeLine(at(places, from), at(places, to), radius, { class: "rule" })),
    group(
      {},
      ...senders.map((sender) => {
        const [a, b] = between(at(places, sender), at(places, state.node), radius, 4);
        return arrow(a.x, a.y, b.x, b.y, { class: "stroke-message thick" });
      }),
    ),
    ...places.map((place, node) =>
      handle(
        `node-${node + 1}`,
        place,
        { kind: "tap", ring: radius + 4, reach: radius + 5 },
        nodeDisc(place, short(at(before, node)), { radius, tone: node === state.node ? "solid" : "pale" }),
      ),
    ),
    ...pawNames(places, radius),
  );
}

/** One phase at the chosen node; later phases are empty. */
function drawPhase(state: State, phase: number): string {
  const { before, sent, arrived, after } = compute(state);
  const y = panel.y + phase * panel.step;
  const isNow = phase === state.phase;
  const [open, close, comma] = {
    sum: ["", "", " + "],
    mean: ["(", `) / ${sent.length}`, " + "],
    max: ["max(", ")", ", "],
  }[state.aggregation] as [string, string, string];
  const happens = [
    sent.map(short).join(",  "),
    sent.length === 1
      ? `m = ${short(arrived)}`
      : `m = ${open}${sent.map(short).join(comma)}${close} = ${short(arrived)}`,
    `(${short(at(before, state.node))} + ${short(arrived)}) / 2 = ${short(at(after, state.node))}`,
  ];
  const words = phase <= state.phase ? at(happens, phase) : "";
  // On two lines if wider than the panel; the second starts with the equals sign.
  const isLong = words.length > 27;
  const end = words.lastIndexOf(" =");
  return group(
    {},
    rectangle(panel.x, y, 3, 52, { class: isNow ? "fill-message" : "shade" }),
    label(panel.x + 14, y + 15, `${phase + 1}  ${at(phases, phase)}`, { class: isNow ? "strong" : "soft" }),
    ...[isLong ? words.slice(0, end) : words, isLong ? words.slice(end + 1) : ""].map((part, line) =>
      formula(panel.x + 14, y + (isLong ? 33 : 41) + 17 * line, part, { class: words.length > 18 ? "small" : "" }),
    ),
  );
}

/** The current round, and the states of all nodes at its end. */
function drawAll(state: State): string {
  const { after } = compute(state);
  const isOver = state.phase === 2;
  const values = isOver ? after.map(short).join(",  ") : "";
  return group(
    {},
    label(panel.x + 14, 22, `node ${state.node + 1}, round ${state.round + 1}`, { class: "soft" }),
    label(panel.x + 14, 266, isOver ? "so all nodes become" : "", { class: "small soft" }),
    formula(panel.x + 14, 285, values, { class: values.length > 18 ? "small" : "" }),
    label(panel.x + 14, 305, isOver ? `together ${short(sum(after))}` : "", { class: "small soft" }),
  );
}
