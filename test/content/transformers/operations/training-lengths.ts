/**
 * Learned encodings: longer training texts reach later rows, a longer new text exceeds the table, interpolation gives
 * it vectors.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const found = (updates: string, tokens: number, trained: number, random: number, missing: number) =>
  `Updates of the rows: ${updates}. A text of ${tokens} tokens finds ${trained} trained, ${random} random and ${missing} missing.`;

export const journey: FigureJourney = {
  path: "/transformers/learned-positional-encodings",
  says: found("5, 5, 3, 2, 0, 0", 7, 4, 2, 1),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Length of training text 3");
    await press("End");
    await says(found("5, 5, 3, 3, 1, 1", 7, 6, 0, 1));
    await press("Home");
    await says(found("5, 4, 2, 2, 0, 0", 7, 4, 2, 1));
    await focus("checkbox", "Stretch the trained rows to the new text");
    await press("Space");
    await says(
      "Updates of the rows: 5, 4, 2, 2, 0, 0. Stretched to 7 positions, the first coordinate runs 0, 1, 2, 4, 6, 7, 8.",
    );
    await focus("slider", "Length of the new text");
    await press("ArrowLeft", 2);
    await says(
      "Updates of the rows: 5, 4, 2, 2, 0, 0. Stretched to 5 positions, the first coordinate runs 0, 1.50, 4, 6.50, 8.",
    );
  },

  async pointer({ drag, click, says }) {
    // A position is 34 units wide. With no text longer than three tokens, three rows are left to interpolate.
    await drag("text-2", -34, 0);
    await drag("text-4", -34, 0);
    await says(found("5, 5, 3, 0, 0, 0", 7, 3, 3, 1));
    await drag("test", -2 * 34, 0);
    await says(found("5, 5, 3, 0, 0, 0", 5, 3, 2, 0));
    await click("checkbox", "Stretch the trained rows to the new text");
    await says(
      "Updates of the rows: 5, 5, 3, 0, 0, 0. Stretched to 5 positions, the first coordinate runs 0, 1, 2, 4, 6.",
    );
  },
};
