/** Spreads a 1 over a graph of four nodes: what it reaches depends on the edges, not on the numbering (interactive). */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, line } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { sum } from "#figures/matrices.ts";
import { between, nodeDisc, pawPlaces } from "#figures/node-link.ts";
import { printed } from "#figures/printed-numbers.ts";
import { edgeTaps, graphOf, type Joined, joinedAsPaw, nextNumber, pairs } from "../models/four-nodes.ts";
import { aggregate, type Signal } from "../models/graph.ts";

interface State {
  /** Which of the six possible edges exist. */
  readonly joined: Joined;
  /** The node where the 1 starts, by place. */
  readonly source: number;
  readonly round: number;
  /** The number, from 0, of the node at each place. */
  readonly numbering: readonly number[];
}

const lastRound = 5;

const places = [...pawPlaces(118, 62, 150).slice(0, 3), { x: 118, y: 290 }];
const radius = 20;

export const figure: InteractiveFigure<State> = {
  initial: {
    joined: joinedAsPaw,
    source: 0,
    round: 1,
    numbering: [0, 1, 2, 3],
  },

  draw: (state) => drawing(400, 326, drawGraph(state), drawList(state)),

  describe: (state) => {
    const list = byNumber(state).map((value, number) => `node ${number + 1} has ${value}`);
    return `After ${state.round} ${state.round === 1 ? "round" : "rounds"}, ${list.join(", ")}; together ${sum(valuesOf(state))}.`;
  },

  controls: [
    {
      kind: "button",
      label: "Next round",
      press: (state) => ({ ...state, round: state.round < lastRound ? state.round + 1 : 0 }),
    },
    { kind: "button", label: "Start again", press: (state) => ({ ...state, round: 0 }) },
    {
      kind: "button",
      label: "Renumber the nodes",
      press: (state) => ({ ...state, numbering: state.numbering.map((number) => at(nextNumber, number)) }),
    },
  ],

  handles: (state) => [
    ...places.map((_, place) => ({
      name: `node-${place + 1}`,
      label: `Start at node ${at(state.numbering, place) + 1}, which has ${at(valuesOf(state), place)}`,
      pressed: state.source === place,
      press: () => ({ ...state, source: place, round: 0 }),
    })),
    ...edgeTaps(
      state.joined,
      (one, other) => `Edge between nodes ${at(state.numbering, one) + 1} and ${at(state.numbering, other) + 1}`,
      (joined) => ({ ...state, joined }),
    ),
  ],
};

/** One number per place: a 1 at the source, replaced in each round by the sum of the neighbours. */
function valuesOf(state: State, round = state.round): Signal {
  let values: Signal = places.map((_, place) => (place === state.source ? 1 : 0));
  for (let done = 0; done < round; done++) values = aggregate(graphOf(state.joined), values, "sum");
  return values;
}

/** The values in the order of the numbering: as a vector. */
const byNumber = (state: State): Signal =>
  places.map((_, number) => at(valuesOf(state), state.numbering.indexOf(number)));

function drawGraph(state: State): string {
  const values = valuesOf(state);
  const before = state.round === 0 ? places.map(() => 0) : valuesOf(state, state.round - 1);
  return group(
    {},
    ...pairs.map(([from, to], edge) => drawEdge(state, edge, at(before, from) + at(before, to) > 0)),
    ...places.map((place, node) =>
      handle(
        `node-${node + 1}`,
        place,
        { kind: "tap", ring: radius + 4, reach: radius + 5 },
        nodeDisc(place, String(at(values, node)), { radius, tone: at(values, node) === 0 ? "empty" : "pale" }),
      ),
    ),
    ...places.map(({ x, y }, node) =>
      formula(
        x + (node === 0 ? -radius - 12 : radius + 12),
        y + (node === 2 ? 24 : -14),
        String(at(state.numbering, node) + 1),
        { class: node === 0 ? "end soft" : "soft" },
      ),
    ),
  );
}

/** A line with a dot to toggle it; thick if it carries a value in this round, dashed if there is no edge. */
function drawEdge({ joined }: State, edge: number, carries: boolean): string {
  const [from, to] = at(pairs, edge);
  const [a, b] = between(at(places, from), at(places, to), radius + 1);
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const isThere = at(joined, edge);
  return group(
    {},
    line(a.x, a.y, b.x, b.y, { class: isThere ? (carries ? "stroke-message thick" : "line") : "rule dashed" }),
    handle(
      `edge-${edge}`,
      middle,
      { kind: "tap", ring: 9, reach: 18 },
      circle(middle.x, middle.y, 4, { class: isThere ? (carries ? "fill-message" : "fill-ink") : "box" }),
    ),
  );
}

function drawList(state: State): string {
  const values = byNumber(state);
  const [x, top, step] = [300, 96, 34];
  return group(
    {},
    label(x - 34, 40, `after ${state.round} ${state.round === 1 ? "round" : "rounds"}`, { class: "strong" }),
    label(x - 34, 64, "node", { class: "small soft" }),
    label(x + 44, 64, "value", { class: "end small soft" }),
    ...values.flatMap((value, number) => [
      formula(x - 34, top + number * step, String(number + 1), { class: "soft" }),
      formula(x + 44, top + number * step, printed(value, 0), { class: "end" }),
      circle(x + 62, top + number * step - 5, Math.min(12, 2.4 * Math.sqrt(value)), { class: "fill-node" }),
    ]),
    line(x - 34, top + 4 * step - 22, x + 44, top + 4 * step - 22, { class: "rule" }),
    label(x - 34, top + 4 * step, "together", { class: "small soft" }),
    formula(x + 44, top + 4 * step, printed(sum(values), 0), { class: "end" }),
  );
}
