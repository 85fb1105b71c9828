/** T5: every architecture scores lower if it is trained to predict the next token. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (objective: string, [both, shared, half, prefix, causal]: readonly string[]) =>
  `Trained to ${objective}, GLUE average (validation): encoder and decoder ${both}; the same, weights shared ${shared}; the same, half the layers ${half}; decoder, input read both ways ${prefix}; decoder, all causal ${causal}.`;

const gaps = said("fill gaps", ["83.28", "82.81", "80.88", "81.82", "74.70"]);
const next = said("predict the next token", ["79.56", "79.60", "78.67", "79.68", "73.78"]);

export const journey: FigureJourney = {
  path: "/transformers/t5",
  says: gaps,

  async keyboard({ focus, press, says }) {
    await focus("radio", "fill gaps");
    await press("ArrowRight");
    await says(next);
  },

  async pointer({ click, says }) {
    await click("radio", "predict the next token");
    await says(next);
    await click("radio", "fill gaps");
    await says(gaps);
  },
};
