/**
 * Positional encodings: words are moved; without positions their vectors move along, and a causal mask with two layers
 * detects the order.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/transformers/positional-encodings",
  says: "Mouse ate cat. Without positions 3 of 3 words keep their vector, and the mean is (0.6889, 1.6093), as in cat ate mouse. With positions 0 of 3 words keep their vector, and the mean is (1.0110, 3.4589), not as in cat ate mouse.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Position of mouse");
    await press("ArrowRight", 2);
    await says(
      "Ate cat mouse. Without positions 3 of 3 words keep their vector, and the mean is (0.6889, 1.6093), as in cat ate mouse. With positions 0 of 3 words keep their vector, and the mean is (0.9679, 2.5195), not as in cat ate mouse.",
    );
    await focus("checkbox", "Causal mask");
    await press("Space");
    await says(
      "Ate cat mouse. Without positions 1 of 3 words keep their vector, and the mean is (0.4053, 1.5733), not as in cat ate mouse. With positions 0 of 3 words keep their vector, and the mean is (0.7151, 2.8898), not as in cat ate mouse.",
    );
    await focus("radio", "1");
    await press("ArrowRight");
    await says(
      "Ate cat mouse. Without positions 0 of 3 words keep their vector, and the mean is (0.1668, 3.6544), not as in cat ate mouse. With positions 0 of 3 words keep their vector, and the mean is (0.0486, 7.8473), not as in cat ate mouse.",
    );
  },

  async pointer({ drag, click, says }) {
    await drag("cat", -2 * 78, 8);
    await says(
      "Cat mouse ate. Without positions 3 of 3 words keep their vector, and the mean is (0.6889, 1.6093), as in cat ate mouse. With positions 0 of 3 words keep their vector, and the mean is (1.6274, 2.7452), not as in cat ate mouse.",
    );
    await drag("mouse", 78, 0);
    await click("radio", "2");
    await says(
      "Cat ate mouse. Without positions 3 of 3 words keep their vector, and the mean is (0.6895, 3.2435), as in cat ate mouse. With positions 3 of 3 words keep their vector, and the mean is (1.1597, 4.6427), as in cat ate mouse.",
    );
  },
};
