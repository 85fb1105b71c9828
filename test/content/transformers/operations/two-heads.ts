/**
 * Multi-head attention: heads separately, together and merged into one, for each word, with and without the output
 * projection.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/transformers/multi-head-attention",
  says: "For cat, head 1 reads with weights (0.25, 0.25, 0.50), head 2 with (0.89, 0.05, 0.05); the output is (2.5403, 1.5035, 1.7886, 0.1057).",

  async keyboard({ focus, press, says }) {
    await focus("checkbox", "WO adds coordinate 3 to coordinate 1");
    await press("Space");
    await says(
      "For cat, head 1 reads with weights (0.25, 0.25, 0.50), head 2 with (0.89, 0.05, 0.05); the output is (0.7517, 1.5035, 1.7886, 0.1057).",
    );
    await focus("button", "Show the query of mouse");
    await press("Enter");
    await says(
      "For mouse, head 1 reads with weights (0.14, 0.28, 0.58), head 2 with (0.33, 0.33, 0.33); the output is (0.7160, 1.7199, 0.6667, 0.6667).",
    );
    await focus("radio", "both");
    await press("ArrowRight");
    await says(
      "For mouse, head 1 alone reads with weights (0.14, 0.28, 0.58); the output is (0.7160, 1.7199, 0.0000, 0.0000).",
    );
  },

  async pointer({ click, says }) {
    await click("radio", "one wide head");
    await says(
      "For cat, one wide head reads with weights (0.74, 0.10, 0.16); the output is (2.3726, 0.5278, 1.4722, 0.1992).",
    );
    await click("button", "Show the query of ate");
    await click("radio", "only 2");
    await says(
      "For ate, head 2 alone reads with weights (0.05, 0.89, 0.05); the output is (0.1057, 0.0000, 0.1057, 1.7886).",
    );
  },
};
