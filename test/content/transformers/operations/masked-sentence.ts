/**
 * BERT: words are masked and shown again, the dice are thrown, and the other two training methods give different
 * numbers.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const gaps = (count: number, input: string, predicted: string, loss: string) =>
  `${count} of 5 words are chosen and the model gets “${input}”. It predicts ${predicted}; the loss is ${loss}.`;

export const journey: FigureJourney = {
  path: "/transformers/bert",
  says: gaps(2, "the [MASK] ate the [MASK]", "cat 0.5000, mouse 0.2500", "1.0397"),

  async keyboard({ focus, press, says }) {
    await focus("button", "Choose word 5, mouse");
    await press("Enter");
    await says(gaps(1, "the [MASK] ate the mouse", "cat 1.0000", "0.0000"));
    await focus("radio", "with gaps");
    await press("ArrowRight");
    await says(
      "Without gaps, 5 of 5 words are copied: the 1.0000, cat 1.0000, ate 1.0000, the 1.0000, mouse 1.0000; the loss is 0.0000.",
    );
    await press("ArrowRight");
    await says(
      "Left to right, 5 of 5 words are predicted: the 1.0000, cat 0.3750, ate 0.6667, the 1.0000, mouse 0.5000; the loss is 0.4159.",
    );
    await focus("button", "Choose word 3, ate");
    await press("Space");
    await says(gaps(1, "the cat [MASK] the mouse", "ate 0.5000", "0.6931"));
    await press("Space");
    await says("0 of 5 words are chosen, so nothing is predicted and nothing is learned.");
  },

  async pointer({ click, says }) {
    await click("button", "Throw the dice 80 : 10 : 10");
    await says(gaps(2, "the dog ate the [MASK]", "cat 0.1333, mouse 0.0667", "2.3615"));
    await click("button", "Throw the dice 80 : 10 : 10");
    await says(gaps(2, "the cat ate the [MASK]", "cat 0.9231, mouse 0.4615", "0.4266"));
    await click("button", "Choose word 2, cat");
    await says(gaps(1, "the cat ate the [MASK]", "mouse 0.5000", "0.6931"));
  },
};
