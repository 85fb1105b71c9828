/** Looped Transformers: a loop trained for more iterations can be run for more. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (
  trained: string,
  after: number,
  error: string,
  least: string,
  best: number,
  last: string,
  layers: string,
) =>
  `Trained for ${trained}, the loop leaves an error of ${error} after ${after}, its least, ${least}, after ${best}, and ${last} after 20. ${after} separate ${layers}.`;

export const journey: FigureJourney = {
  path: "/transformers/looped-transformers",
  says: said("4 iterations", 4, "0.056", "0.033", 9, "0.097", "layers leave 0.033"),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Trained for T iterations");
    await press("ArrowRight", 2);
    await says(said("6 iterations", 6, "0.037", "0.027", 11, "0.052", "layers leave 0.020"));
  },

  async pointer({ slide, says }) {
    await slide("Trained for T iterations", 0);
    await says(said("1 iteration", 1, "0.228", "0.064", 6, "1.965", "layer leaves 0.228"));
  },
};
