/**
 * GCN: weights depend on degrees, and many steps make the nodes alike with every matrix; without renormalisation the
 * signal also grows.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/gcn",
  says:
    "Node 3 takes 0.2887, 0.2887, 0.2500, 0.3536 of nodes 1 to 4 and holds 3.0302 after step 1; " +
    "the curves lie between 1.0774 and 2.1642, growth is 1, the eigenvalues between −0.1477 and 1.0000.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Steps k");
    await press("End");
    await says(
      "Node 3 takes 0.2887, 0.2887, 0.2500, 0.3536 of nodes 1 to 4 and holds 2.8089 after step 16; " +
        "the curves lie between 1.4044 and 1.4046, growth is 1, the eigenvalues between −0.1477 and 1.0000.",
    );
    await focus("radio", "renormalised");
    await press("ArrowRight", 2);
    await says(
      "Node 3 takes 0.4082, 0.4082, 1.0000, 0.5774 of nodes 1 to 4 and holds 190702 after step 16; " +
        "the curves lie between 1.6795 and 1.6806, growth is 65,536, the eigenvalues between 0.2713 and 2.0000.",
    );
  },

  async pointer({ click, says }) {
    await click("button", "Edge between nodes 3 and 4, weight 0.3536");
    await says(
      "Node 3 takes 0.3333, 0.3333, 0.3333, 0.0000 of nodes 1 to 4 and holds 2.0000 after step 1; " +
        "the curves lie between 1.1547 and 4.0000, growth is 1, the eigenvalues between 0.0000 and 1.0000.",
    );
    await click("button", "What node 4 takes in");
    await says(
      "Node 4 takes 0.0000, 0.0000, 0.0000, 1.0000 of nodes 1 to 4 and holds 4.0000 after step 1; " +
        "the curves lie between 1.1547 and 4.0000, growth is 1, the eigenvalues between 0.0000 and 1.0000.",
    );
    await click("radio", "mean");
    await says(
      "Node 4 takes 0.0000, 0.0000, 0.0000, 1.0000 of nodes 1 to 4 and holds 4.0000 after step 1; " +
        "the curves lie between 2.0000 and 4.0000, growth is 1, the eigenvalues between 0.0000 and 1.0000.",
    );
  },
};
