/** GraphSAGE: every layer multiplies the nodes that a target reads by one more than the sample size. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/graphsage",
  says: "K = 2, S2 = 10, S1 = 25: the target reads at most 285 other nodes, 260 if it reuses samples; without sampling, at 100 neighbours a node, 10,100.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Samples S2, S3");
    await press("ArrowLeft", 5);
    await says(
      "K = 2, S2 = 5, S1 = 25: the target reads at most 155 other nodes, 130 if it reuses samples; without sampling, at 100 neighbours a node, 10,100.",
    );
    await focus("slider", "Sample S1");
    await press("Home");
    await press("ArrowRight", 4);
    await focus("slider", "Layers K");
    await press("ArrowRight");
    await says(
      "K = 3, S3 = 5, S2 = 5, S1 = 5: the target reads at most 215 other nodes, 155 if it reuses samples; without sampling, at 100 neighbours a node, 1,010,100.",
    );
  },

  async pointer({ slide, says }) {
    await slide("Layers K", 0);
    await says(
      "K = 1, S1 = 25: the target reads at most 25 other nodes, 25 if it reuses samples; without sampling, at 100 neighbours a node, 100.",
    );
    await slide("Sample S1", 0.5);
    await says(
      "K = 1, S1 = 13: the target reads at most 13 other nodes, 13 if it reuses samples; without sampling, at 100 neighbours a node, 100.",
    );
  },
};
