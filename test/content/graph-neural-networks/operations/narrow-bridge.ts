/** Message passing: little information passes a narrow bridge, and a second bridge helps. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/message-passing",
  says: "Bridge of weight 1.00: the factors of the bound for node 6 are 0.0208 for node 1 (3 hops), 0.0208 for node 2 (3 hops), 0.0722 for node 3 (2 hops), 0.2887 for node 4 (1 hop), 0.3333 for node 5 (1 hop).",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Bridge w34");
    await press("Home");
    await press("ArrowRight", 2);
    await says(
      "Bridge of weight 0.10: the factors of the bound for node 6 are 0.0035 for node 1 (3 hops), 0.0035 for node 2 (3 hops), 0.0106 for node 3 (2 hops), 0.3279 for node 4 (1 hop), 0.3333 for node 5 (1 hop).",
    );
    await focus("checkbox", "Second bridge, between nodes 1 and 5");
    await press("Space");
    await says(
      "Bridge of weight 0.10, with a second bridge: the factors of the bound for node 6 are 0.0722 for node 1 (2 hops), 0.0243 for node 2 (3 hops), 0.0106 for node 3 (2 hops), 0.3279 for node 4 (1 hop), 0.2887 for node 5 (1 hop).",
    );
  },

  async pointer({ click, slide, says }) {
    await slide("Bridge w34", 0);
    await says(
      "Bridge of weight 0.00: the factors of the bound for node 6 are 0.0000 for node 1 (no path), 0.0000 for node 2 (no path), 0.0000 for node 3 (no path), 0.3333 for node 4 (1 hop), 0.3333 for node 5 (1 hop).",
    );
    await click("checkbox", "Second bridge, between nodes 1 and 5");
    await says(
      "Bridge of weight 0.00, with a second bridge: the factors of the bound for node 6 are 0.0722 for node 1 (2 hops), 0.0208 for node 2 (3 hops), 0.0208 for node 3 (3 hops), 0.3333 for node 4 (1 hop), 0.2887 for node 5 (1 hop).",
    );
  },
};
