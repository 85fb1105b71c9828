/** Draws a signal that starts on node 1 of the paw, after each round of summing the neighbours. */

import { at } from "#figures/at.ts";
import { drawing, group, label } from "#figures/drawing.ts";
import { edgeLine, nodeDisc, pawNames, pawPlaces } from "#figures/node-link.ts";
import { aggregate, paw, type Signal } from "../models/graph.ts";

const radius = 13;

/** One panel for the start and one per round; `start` is the signal in the first. */
export function figure({ start = [1, 0, 0, 0], rounds = 3 }: { start?: Signal; rounds?: number } = {}): string {
  const signals = [start];
  for (let round = 0; round < rounds; round++) signals.push(aggregate(paw, at(signals, round), "sum"));
  const width = 400 / signals.length;
  return drawing(
    400,
    170,
    ...signals.map((signal, round) => drawRound(width * (round + 0.5), signal, signals[round - 1], round)),
  );
}

function drawRound(middle: number, signal: Signal, before: Signal | undefined, round: number): string {
  const places = pawPlaces(middle, 64, 54);
  return group(
    {},
    label(middle, 16, round === 0 ? "start" : `round ${round}`, { class: "middle soft" }),
    ...paw.edges.map(([from, to]) => {
      const carried = before !== undefined && (at(before, from) !== 0 || at(before, to) !== 0);
      return edgeLine(at(places, from), at(places, to), radius, { class: carried ? "stroke-message thick" : "rule" });
    }),
    ...signal.map((value, node) =>
      nodeDisc(at(places, node), String(value), { radius, tone: value === 0 ? "empty" : "pale" }),
    ),
    ...(round === 0 ? pawNames(places, radius, 7) : []),
  );
}
