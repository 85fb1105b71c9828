/** T5: every architecture scores lower if it is trained to predict the next token. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (objective: string, score: string, [both, shared, half, prefix, causal]: readonly string[]) =>
  `Trained to ${objective}, ${score} (validation): encoder and decoder ${both}; the same, weights shared ${shared}; the same, half the layers ${half}; decoder, input read both ways ${prefix}; decoder, all causal ${causal}.`;

const gaps = said("fill gaps", "GLUE average", ["83.28", "82.81", "80.88", "81.82", "74.70"]);
const next = said("predict the next token", "GLUE average", ["79.56", "79.60", "78.67", "79.68", "73.78"]);

export const journey: FigureJourney = {
  path: "/transformers/t5",
  says: gaps,

  async keyboard({ focus, press, says }) {
    await focus("checkbox", "Train to predict the next token instead of filling gaps");
    await press("Space");
    await says(next);
    await focus("radio", "GLUE");
    await press("ArrowRight");
    await says(said("predict the next token", "SQuAD exact match", ["76.02", "76.35", "75.32", "76.87", "53.81"]));
  },

  async pointer({ click, says }) {
    await click("checkbox", "Train to predict the next token instead of filling gaps");
    await says(next);
    await click("checkbox", "Train to predict the next token instead of filling gaps");
    await says(gaps);
  },
};
