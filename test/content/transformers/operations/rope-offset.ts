/** RoPE: the score stays the same when both positions move, and changes when one does. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/transformers/rope",
  says: "Query at position 1, key at position 3, offset 2: the score is 10.4830.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Both positions together");
    await press("ArrowRight", 4);
    await says("Query at position 5, key at position 7, offset 2: the score is 10.4830.");
    await focus("button", "Swap m and n");
    await press("Enter");
    await says("Query at position 7, key at position 5, offset −2: the score is 1.1901.");
    await focus("checkbox", "Rotate by position");
    await press("Space");
    await says("Without rotation, the score is 20.0000 at every offset.");
  },

  async pointer({ drag, says }) {
    await drag("both", 5 * 29, 0);
    await says("Query at position 6, key at position 8, offset 2: the score is 10.4830.");
    await drag("key", -4 * 29, 10);
    await says("Query at position 6, key at position 4, offset −2: the score is 1.1901.");
  },
};
