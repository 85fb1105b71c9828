/**
 * Predicts the words of a sentence with chosen words masked: from both sides, from the left, or by copying
 * (interactive).
 */

import { at } from "#figures/at.ts";
import { chance } from "#figures/chance.ts";
import { drawing, formula, group, label, line, rectangle } from "#figures/drawing.ts";
import { handle } from "#figures/handles.ts";
import type { InteractiveFigure } from "#figures/interactive.ts";
import { printed } from "#figures/printed-numbers.ts";
import { meanLoss } from "../models/cross-entropy.ts";
import {
  corrupt,
  countFits,
  fitLeft,
  fitsInView,
  mask,
  predict,
  type Sentence,
  theSentence as text,
  tinyWorld,
  trainings,
} from "../models/masked-words.ts";

interface State {
  /** Index into `trainings`. */
  readonly way: number;
  readonly chosen: readonly boolean[];
  /** What each word is shown as. */
  readonly shown: Sentence;
  /** How often the random replacements have been drawn. */
  readonly throws: number;
}

const [hiding, copying, left] = [0, 1, 2];

const none = text.map(() => false);
const first: State = { way: hiding, chosen: none, shown: text, throws: 0 };

const columnX = (place: number): number => 48 + 76 * place;
const rows = { text: 34, shown: 92, fanTop: 124, fanBottom: 170, word: 186, bar: 194, world: 308, step: 17 } as const;
const barWidth = 60;

/** With this seed, the first draws include all three kinds of replacement. */
const seed = 10_210;

export const figure: InteractiveFigure<State> = {
  initial: choose(choose(first, 1), 4),

  draw: (state) => drawing(400, 436, drawText(state), drawFan(state), drawPredictions(state), drawWorld(state)),

  describe: (state) => {
    const predictions = predictionsOf(state);
    if (predictions.length === 0) return "0 of 5 words are chosen, so nothing is predicted and nothing is learned.";
    const list = predictions.map(({ place, probability }) => `${text[place]} ${printed(probability, 4)}`).join(", ");
    const end = `the loss is ${printed(meanLoss(predictions.map(({ probability }) => probability)), 4)}.`;
    if (state.way === left) return `Left to right, 5 of 5 words are predicted: ${list}; ${end}`;
    if (state.way === copying) return `Without gaps, 5 of 5 words are copied: ${list}; ${end}`;
    return `${predictions.length} of 5 words are chosen and the model gets “${state.shown.join(" ")}”. It predicts ${list}; ${end}`;
  },

  controls: [
    {
      kind: "choice",
      label: "Train",
      options: trainings,
      get: ({ way }) => way,
      set: (state, way) => ({ ...state, way }),
    },
    { kind: "button", label: "Throw the dice 80 : 10 : 10", press: throwDice },
  ],

  handles: (state) =>
    text.map((word, place) => ({
      name: `word-${place + 1}`,
      label: `Choose word ${place + 1}, ${word}`,
      pressed: state.way === hiding && at(state.chosen, place),
      press: () => choose(state, place),
    })),
};

/** Toggles whether a word is chosen and masked; the other two training setups are left. */
function choose(state: State, place: number): State {
  const from = state.way === hiding ? state : { ...first, throws: state.throws };
  const isChosen = !at(from.chosen, place);
  return {
    ...from,
    chosen: from.chosen.map((was, other) => (other === place ? isChosen : was)),
    shown: from.shown.map((was, other) => (other === place ? (isChosen ? mask : at(text, place)) : was)),
  };
}

function throwDice(state: State): State {
  const dice = (place: number, die: number): number => chance(seed + 10 * state.throws + 2 * place + die);
  return {
    ...state,
    way: hiding,
    throws: state.throws + 1,
    shown: text.map((word, place) => (at(state.chosen, place) ? corrupt(word, dice(place, 0), dice(place, 1)) : word)),
  };
}

const predictionsOf = ({ way, shown, chosen }: State) => predict(at(trainings, way), shown, chosen);

const seenBy = ({ way, shown }: State): Sentence =>
  way === left ? ["start", ...text.slice(0, -1)] : way === copying ? text : shown;

function drawText(state: State): string {
  const seen = seenBy(state);
  const isChosen = (place: number) => state.way === hiding && at(state.chosen, place);
  return group(
    {},
    label(4, 13, "the text", { class: "small soft" }),
    ...text.map((word, place) =>
      handle(
        `word-${place + 1}`,
        { x: columnX(place), y: rows.text },
        { kind: "tap", ring: [70, 32], reach: 22 },
        rectangle(columnX(place) - 31, rows.text - 13, 62, 26, {
          rx: 13,
          class: isChosen(place) ? "fill-query-pale stroke-query" : "shade",
        }),
        label(columnX(place), rows.text + 4.5, word, { class: "middle strong" }),
      ),
    ),
    label(4, 72, "what the model gets", { class: "small soft" }),
    ...seen.map((word, place) =>
      group(
        {},
        isChosen(place) ? rectangle(columnX(place) - 29, rows.shown - 12, 58, 24, { rx: 3, class: "box" }) : group({}),
        label(columnX(place), rows.shown + 4.5, word, {
          class: state.way === left && place === 0 ? "middle soft" : "middle",
        }),
        label(columnX(place), rows.shown + 25, isChosen(place) ? fateOf(word, place) : "", {
          class: "middle small ink-query",
        }),
      ),
    ),
  );
}

const fateOf = (shown: string, place: number): string =>
  shown === mask ? "hidden" : shown === text[place] ? "kept" : "random";

/** Lines from each visible word to each predicted one, thick if the target itself is visible. */
function drawFan(state: State): string {
  const predicted = new Set(predictionsOf(state).map(({ place }) => place));
  return group(
    {},
    ...text.flatMap((_, to) =>
      text.map((__, from) => {
        const isRead = predicted.has(to) && (state.way !== left || from <= to);
        if (!isRead) return group({});
        const isAnswer = state.way === copying && from === to;
        return line(columnX(from), rows.fanTop, columnX(to), rows.fanBottom, {
          class: isAnswer ? "stroke-key thick" : "stroke-query",
          "stroke-opacity": isAnswer ? 1 : 0.45,
        });
      }),
    ),
  );
}

function drawPredictions(state: State): string {
  const predictions = predictionsOf(state);
  const isCounted = state.way === left || state.chosen.every((is, place) => !is || state.shown[place] === mask);
  return group(
    {},
    ...text.map((word, place) => {
      const found = predictions.find((prediction) => prediction.place === place);
      if (!found) return group({});
      const x = columnX(place);
      const { all, right } = countFits(found);
      return group(
        {},
        label(x, rows.word, word, { class: "middle strong" }),
        rectangle(x - barWidth / 2, rows.bar, barWidth, 10, { class: "rule" }),
        rectangle(x - barWidth / 2, rows.bar, barWidth * found.probability, 10, {
          class: state.way === copying ? "fill-key" : "fill-query",
          "fill-opacity": 0.6,
        }),
        formula(x, rows.bar + 27, printed(found.probability, 4), { class: "middle" }),
        label(x, rows.bar + 42, state.way === copying ? "copied" : isCounted ? `${right} of ${all}` : "", {
          class: "middle small soft",
        }),
      );
    }),
    label(4, 262, `${predictions.length} of ${text.length} words predicted`, { class: "soft" }),
    label(
      396,
      262,
      predictions.length === 0
        ? "no loss"
        : `loss ${printed(meanLoss(predictions.map(({ probability }) => probability)), 4)}`,
      { class: "end strong" },
    ),
  );
}

/** All sentences of the world, by column: those that fit what is visible in ink, the true word in colour. */
function drawWorld(state: State): string {
  const predictions = predictionsOf(state);
  const fitsAt = (place: number): readonly number[] =>
    state.way === left ? fitLeft(text, place) : (predictions[0]?.fits ?? fitsInView);
  return group(
    {},
    label(4, 288, "all possible sentences, and which still fit", { class: "small soft" }),
    ...tinyWorld.map((sentence, index) =>
      group(
        {},
        ...sentence.map((word, place) => {
          const fits = fitsAt(place);
          // A visible word may be false, so sentences that contradict it have a small likelihood; half the maximum
          // separates them.
          const isFit = at(fits, index) > Math.max(...fits) / 2;
          const isRight = isFit && word === text[place] && predictions.some((prediction) => prediction.place === place);
          return label(columnX(place), rows.world + index * rows.step, word, {
            class: `middle small ${isRight ? "strong ink-query" : isFit ? "strong" : "soft"}`,
            "fill-opacity": isFit ? 1 : 0.75,
          });
        }),
      ),
    ),
  );
}
