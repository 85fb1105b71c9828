/**
 * ALiBi: a distant matching key gets no weight in a head with a steep slope, and gets it back in a head with a flat
 * one.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (where: string, key: string, weights: [string, string], distances: [string, string]) =>
  `${where} keys. The key ${key}, has weight ${weights[0]}, without the bias ${weights[1]}. On average the query reads ${distances[0]} back, without the bias ${distances[1]}.`;

export const journey: FigureJourney = {
  path: "/transformers/alibi",
  says: said("Head 1, slope 1/2, 4", "3 back, with score 2.0", ["0.2583", "0.5344"], ["1.15", "1.94"]),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Keys");
    await press("End");
    await says(said("Head 1, slope 1/2, 64", "3 back, with score 2.0", ["0.2451", "0.1001"], ["1.37", "27.59"]));
    await focus("slider", "The key that fits");
    await press("ArrowLeft", 60);
    await press("ArrowUp", 4);
    await says(said("Head 1, slope 1/2, 64", "63 back, with score 4.0", ["0.0000", "0.4511"], ["0.94", "44.57"]));
    await focus("slider", "Slope of the head");
    await press("End");
    await says(said("Head 8, slope 1/256, 64", "63 back, with score 4.0", ["0.4182", "0.4511"], ["42.65", "44.57"]));
  },

  async pointer({ drag, slide, says }) {
    // Two columns of 89.5 to the right, and two scores of 15 up.
    await drag("far-key", 2 * 89.5, -2 * 15);
    await says(said("Head 1, slope 1/2, 4", "1 back, with score 4.0", ["0.9091", "0.9205"], ["0.95", "1.00"]));
    await slide("Slope of the head", 1);
    await says(said("Head 8, slope 1/256, 4", "1 back, with score 4.0", ["0.9205", "0.9205"], ["1.00", "1.00"]));
  },
};
