/** Relative encodings: query and key keep their labels when moved together; moving only the key changes its bucket. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/transformers/relative-positional-encodings",
  says: "Query at 100, key at 89, offset −11. Clipped: label −2, shared by 99 keys. T5: bucket 8, shared by 4 keys. ALiBi: penalty 0.6875.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Both positions together");
    await press("ArrowRight", 3);
    await says(
      "Query at 103, key at 92, offset −11. Clipped: label −2, shared by 102 keys. T5: bucket 8, shared by 4 keys. ALiBi: penalty 0.6875.",
    );
    await focus("slider", "Position of the key");
    await press("ArrowLeft");
    await says(
      "Query at 103, key at 91, offset −12. Clipped: label −2, shared by 102 keys. T5: bucket 9, shared by 4 keys. ALiBi: penalty 0.7500.",
    );
    await focus("slider", "Clipping distance c");
    await press("End");
    await says(
      "Query at 103, key at 91, offset −12. Clipped: label −12, only this key. T5: bucket 9, shared by 4 keys. ALiBi: penalty 0.7500.",
    );
  },

  async pointer({ drag, click, says }) {
    // A position is 2.375 units wide: 20 to the right, past the query.
    await drag("key", 20 * 2.375, 12);
    await says(
      "Query at 100, key at 109, offset 9. Clipped: label 2, shared by 58 keys. T5: bucket 24, shared by 4 keys. ALiBi: masked: later token.",
    );
    await drag("both", -40 * 2.375, 0);
    await click("radio", "8");
    await says(
      "Query at 60, key at 69, offset 9. Clipped: label 2, shared by 98 keys. T5: bucket 6, shared by 14 keys. ALiBi: masked: later token.",
    );
  },
};
