/**
 * Compares two graphs round by round, by colour refinement or by sums, means or maxima, and reports when they differ
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { circle, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { edgeLine, nodeDisc, type Point } from "#figures/node-link.ts";
import { areToldApart, countMarks, type Marks, marksByRound, sorted } from "../models/colour-refinement.ts";
import {
  drawEdgeHandle,
  drawEdges,
  edgeTaps,
  graphOf,
  type Joined,
  joinedAsPaw,
  pairs,
  radius,
} from "../models/four-nodes.ts";
import type { Graph } from "../models/graph.ts";
import { graphPairs } from "../models/graph-pairs.ts";

interface State {
  /** Index into `graphPairs`. */
  readonly pair: number;
  /** Edges of the left graph of the first pair, which the reader can change. */
  readonly joined: Joined;
  readonly round: number;
  /** Index into `ways`. */
  readonly way: number;
}

const ways = ["colours", "sum", "mean", "max"] as const;
const lastRound = 4;
const middles = [100, 300] as const;
export const figure: InteractiveFigure<State> = {
  initial: { pair: 0, joined: joinedAsPaw, round: 1, way: 1 },

  draw: (state) => drawing(400, 440, drawGraph(state, 0), drawGraph(state, 1), drawVerdict(state), drawCounts(state)),

  describe: (state) => {
    const [left, right] = marksOf(state).map((marks) =>
      sorted(marks)
        .map((mark) => printMark(state, mark))
        .join(", "),
    );
    return `Round ${state.round}, ${at(ways, state.way)}: on the left ${left}, on the right ${right}; ${verdict(state)}.`;
  },

  controls: [
    {
      kind: "button",
      label: "Next round",
      press: (state) => ({ ...state, round: state.round < lastRound ? state.round + 1 : 0 }),
    },
    { kind: "button", label: "Start again", press: (state) => ({ ...state, round: 0 }) },
    {
      kind: "choice",
      label: "Gather as",
      options: ways,
      get: ({ way }) => way,
      set: (state, way) => ({ ...state, way }),
    },
    {
      kind: "choice",
      label: "Graphs",
      options: ["paw", "rings", "spiders"],
      get: ({ pair }) => pair,
      set: (state, pair) => ({ ...state, pair, joined: joinedAsPaw, round: Math.min(state.round, 1) }),
    },
  ],

  handles: (state) =>
    state.pair === 0
      ? edgeTaps(
          state.joined,
          (one, other) => `Edge between nodes ${one + 1} and ${other + 1} on the left`,
          (joined) => ({ ...state, joined }),
        )
      : [],
};

const graphsOf = ({ pair, joined }: State): readonly Graph[] =>
  at(graphPairs, pair).graphs.map((graph) => graph ?? graphOf(joined));

const allRounds = (state: State): readonly Marks[] => marksByRound(graphsOf(state), at(ways, state.way), lastRound);

const marksOf = (state: State): Marks => at(allRounds(state), state.round);

const isPaw = ({ joined }: State): boolean => joined.every((is, pair) => is === at(joinedAsPaw, pair));

/** Colours are printed as letters, states as numbers. */
const printMark = ({ way }: State, mark: number): string =>
  way === 0 ? String.fromCharCode("a".charCodeAt(0) + mark) : String(mark);

function verdict(state: State): string {
  const rounds = allRounds(state);
  const first = rounds.findIndex(areToldApart);
  if (first !== -1 && first <= state.round) return `distinguished in round ${first}`;
  const isSettled =
    state.way === 0 &&
    state.round > 0 &&
    countMarks(at(rounds, state.round)) === countMarks(at(rounds, state.round - 1));
  return isSettled ? "not distinguished, and no further round will change that" : "not distinguished so far";
}

function drawGraph(state: State, side: 0 | 1): string {
  const { places, names } = at(graphPairs, state.pair);
  const here = places[side];
  const marks = at(marksOf(state), side);
  const kinds = [...new Set(marksOf(state).flat())].sort((one, other) => one - other);
  const isEditable = state.pair === 0 && side === 0;
  return group(
    {},
    label(middles[side], 18, isEditable && isPaw(state) ? "paw" : names[side], { class: "middle strong" }),
    isEditable
      ? drawEdges(here, state.joined)
      : group(
          {},
          ...at(graphsOf(state), side).edges.map(([from, to]) => edgeLine(at(here, from), at(here, to), radius)),
        ),
    isEditable ? group({}, ...pairs.map((_, pair) => drawEdgeHandle(here, state.joined, pair))) : "",
    ...here.map((place, node) => {
      const mark = at(marks, node);
      return drawMarked(place, printMark(state, mark), kinds.indexOf(mark));
    }),
  );
}

/** Three styles in turn; marks are distinguished by their letter or number, the style only helps to find them. */
function drawMarked(place: Point, words: string, kind: number): string {
  if (kind % 3 < 2) return nodeDisc(place, words, { radius, tone: kind % 3 === 0 ? "pale" : "solid" });
  return group(
    {},
    circle(place.x, place.y, radius, { class: "box" }),
    formula(place.x, place.y + 5.5, words, { class: "middle" }),
  );
}

const drawVerdict = (state: State): string =>
  group(
    {},
    label(200, 282, `round ${state.round}`, { class: "middle small soft" }),
    label(200, 302, verdict(state), { class: "middle strong" }),
  );

/** How often each mark occurs in the left and the right graph. */
function drawCounts(state: State): string {
  const [left = [], right = []] = marksOf(state);
  const kinds = [...new Set([...left, ...right])].sort((one, other) => one - other);
  const [top, unit] = [318, 22] as const;
  const step = Math.min(20, 118 / kinds.length);
  return group(
    {},
    ...kinds.map((kind, row) => {
      const y = top + row * step;
      const [one, other] = [left, right].map((marks) => marks.filter((mark) => mark === kind).length) as [
        number,
        number,
      ];
      const letters = y + step / 2 + 4;
      return group(
        {},
        formula(200, letters, printMark(state, kind), { class: "middle small" }),
        rectangle(178 - unit * one, y + 2, unit * one, step - 4, { class: "fill-node" }),
        rectangle(222, y + 2, unit * other, step - 4, { class: "fill-node" }),
        formula(171 - unit * one, letters, String(one), { class: "end small soft" }),
        formula(229 + unit * other, letters, String(other), { class: "small soft" }),
      );
    }),
  );
}
