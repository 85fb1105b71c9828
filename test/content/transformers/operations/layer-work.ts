/** The overview of Transformers: comparing tokens dominates from six times the width. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (sizes: string, compare: string, total: string, project: string, think: string) =>
  `${sizes}: comparing them is ${compare} percent of the layer’s work, ${total} multiplications; projections ${project}, feed-forward ${think} percent.`;

export const journey: FigureJourney = {
  path: "/transformers/",
  says: said("512 tokens of width 512", "14.3", "268 million", "28.6", "57.1"),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Tokens n");
    await press("ArrowRight", 6);
    await says(said("4,096 tokens of width 512", "57.1", "17.2 billion", "14.3", "28.6"));
    await focus("slider", "Tokens on the axis");
    await press("Home");
    await says(said("16 tokens of width 512", "0.5", "0.26 million", "33.2", "66.3"));
    await focus("slider", "Width d");
    await press("ArrowLeft", 3);
    await says(said("16 tokens of width 64", "4.0", "0.03 million", "32.0", "64.0"));
  },

  async pointer({ drag, slide, says }) {
    // Two powers of two to the right: a fifth of the axis, which is 342 units long.
    await drag("tokens", 342 / 5, -40);
    await says(said("2,048 tokens of width 512", "40.0", "4.29 billion", "20.0", "40.0"));
    await slide("Width d", 1);
    await says(said("2,048 tokens of width 4,096", "7.7", "34.4 billion", "30.8", "61.5"));
  },
};
