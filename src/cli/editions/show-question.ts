/** Prints a confirmation question: its effects on each group of subscribers. */

import type { Effect } from "../../editions/actions/decision-effects.ts";
import { type Paint, table, wrapped } from "../terminal.ts";
import type { Question } from "./plans.ts";
import { thousands } from "./words.ts";

/** The summary without the question itself, which `confirm` asks. */
export const showQuestion = ({ title, before, effects, after }: Question, paint: Paint): string =>
  [
    paint(title, "bold"),
    ...(before === undefined ? [] : [wrapped(before, "  ")]),
    ...(effects.length === 0 ? [] : [showEffects(effects)]),
    ...(after === undefined ? [] : [wrapped(after, "  ")]),
  ].join("\n");

/** One line for each effect on at least one subscriber. */
export function showEffects(effects: readonly Effect[]): string {
  const felt = effects.filter(({ count }) => count > 0);
  if (felt.length === 0) return "  No subscriber is affected.";
  return table(
    felt.map(
      ({ count, words }) => [`${thousands(count)} ${count === 1 ? "subscriber " : "subscribers"}`, words] as const,
    ),
  );
}
