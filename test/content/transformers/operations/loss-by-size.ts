/** GPT: four sizes on another dataset, and one on which size is not enough. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (name: string, [a, b, c, d]: readonly string[], best: string, factor: string) =>
  `${name}: perplexity ${a} with 124, ${b} with 355, ${c} with 774, ${d} with 1,558 million parameters; the best model trained for it had ${best}. Ten times the parameters multiply it by ${factor}.`;

export const journey: FigureJourney = {
  path: "/transformers/gpt",
  says: said("WikiText-103", ["37.50", "26.37", "22.05", "17.48"], "18.3", "0.51"),

  async keyboard({ focus, press, says }) {
    await focus("radio", "WikiText-103");
    await press("ArrowRight", 2);
    await says(said("LAMBADA", ["35.13", "15.60", "10.87", "8.63"], "99.8", "0.28"));
  },

  async pointer({ click, says }) {
    await click("radio", "One Billion Words");
    await says(said("One Billion Words", ["75.20", "55.72", "44.58", "42.16"], "21.8", "0.58"));
    await click("radio", "Penn Treebank");
    await says(said("Penn Treebank", ["65.85", "47.33", "40.31", "35.76"], "46.54", "0.57"));
  },
};
