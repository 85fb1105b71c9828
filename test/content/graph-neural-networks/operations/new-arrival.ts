/** GraphSAGE: a new node is embedded at once, and the selected node may read a sample of its neighbours. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/graphsage",
  says: "Node 3, with feature 3, reads 2 of 4 neighbours, 1, 2: mean 1.5000, embedding (0.8944, 0.4472). Over all 6 samples the mean is 3.0000 on average, of all neighbours it is 3.0000.",

  async keyboard({ focus, press, says }) {
    await focus("button", "Edge between nodes 3 and 5");
    await press("Enter");
    await says(
      "Node 3, with feature 3, reads 2 of 3 neighbours, 1, 2: mean 1.5000, embedding (0.8944, 0.4472). Over all 3 samples the mean is 2.3333 on average, of all neighbours it is 2.3333.",
    );
    await focus("button", "Another sample");
    await press("Enter", 2);
    await says(
      "Node 3, with feature 3, reads 2 of 3 neighbours, 2, 4: mean 3.0000, embedding (0.7071, 0.7071). Over all 3 samples the mean is 2.3333 on average, of all neighbours it is 2.3333.",
    );
    await focus("slider", "Neighbours read");
    await press("ArrowRight", 2);
    await says("Node 3, with feature 3, reads 3 of 3 neighbours, 1, 2, 4: mean 2.3333, embedding (0.7894, 0.6139).");
    await focus("button", "Watch node 5, which has 5");
    await press("Space");
    await says("Node 5, with feature 5, reads 0 of 0 neighbours, none: mean 0.0000, embedding (1.0000, 0.0000).");
  },

  async pointer({ click, slide, says }) {
    await click("radio", "max");
    await says(
      "Node 3, with feature 3, reads 2 of 4 neighbours, 1, 2: max 2.0000, embedding (0.8321, 0.5547). Over all 6 samples the max is 4.1667 on average, of all neighbours it is 5.0000.",
    );
    await click("radio", "mean");
    await slide("Neighbours read", 1);
    await click("button", "Watch node 5, which has 5");
    await says("Node 5, with feature 5, reads 1 of 1 neighbour, 3: mean 3.0000, embedding (0.8575, 0.5145).");
    await click("button", "Edge between nodes 4 and 5");
    await says("Node 5, with feature 5, reads 2 of 2 neighbours, 3, 4: mean 3.5000, embedding (0.8192, 0.5735).");
  },
};
