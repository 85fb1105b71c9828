/**
 * Looped Transformers: iterations move the line to the fit, a large step diverges, targets that are input only once are
 * forgotten.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (
  turns: number,
  step: string,
  w: string,
  fit: string,
  answer: string,
  factor: string,
  fed = "every time",
) =>
  `After ${turns} iterations with step ${step}, with the targets fed in ${fed}, w is ${w} and the fit ${fit}; ` +
  `at x = 3 the answer is ${answer}. An iteration multiplies ${fed === "once" ? "the state" : "the error"} by ${factor}.`;

export const journey: FigureJourney = {
  path: "/transformers/looped-transformers",
  says: said(3, "0.10", "1.8720", "2.0000", "5.6160", "0.40"),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Iterations t");
    await press("ArrowRight", 3);
    await says(said(6, "0.10", "1.9918", "2.0000", "5.9754", "0.40"));
    await focus("slider", "Example 2");
    await press("ArrowUp", 4);
    await says(said(6, "0.10", "2.6557", "2.6667", "7.9672", "0.40"));
    await focus("checkbox", "Feed the targets in every time");
    await press("Space");
    await says(said(6, "0.10", "0.0164", "2.6667", "0.0492", "0.40", "once"));
  },

  async pointer({ drag, click, slide, says }) {
    // One unit of x to the right: (2, 4) becomes (3, 4).
    await drag("example-2", 224 / 6.8, 0);
    await says(said(3, "0.10", "1.4560", "1.4545", "4.3680", "−0.10"));
    await slide("Step η", 1);
    await says(said(3, "0.40", "58.6240", "1.4545", "176", "−3.40"));
    await click("checkbox", "Feed the targets in every time");
    await says(said(3, "0.40", "73.9840", "1.4545", "222", "−3.40", "once"));
  },
};
