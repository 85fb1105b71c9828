/**
 * GAT: a node's attention depends on features, but the ranking of its neighbours does not depend on the node; in GATv2
 * it does.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/gat",
  says: "GAT: node 3, with feature 3, gives 0.6196 to node 1, 0.2279 to node 2, 0.0838 to node 3, 0.0687 to node 4, and becomes 1.6016; all 4 rows rank the nodes 1 > 2 > 3 > 4.",

  async keyboard({ focus, press, says }) {
    await focus("button", "Let node 1, which has 1, listen");
    await press("Enter");
    await says(
      "GAT: node 1, with feature 1, gives 0.4018 to node 1, 0.3289 to node 2, 0.2693 to node 3, and becomes 1.8675; all 4 rows rank the nodes 1 > 2 > 3 > 4.",
    );
    await focus("slider", "Entry a2");
    await press("ArrowRight", 4);
    await says(
      "GAT: node 1, with feature 1, gives 0.3333 to node 1, 0.3333 to node 2, 0.3333 to node 3, and becomes 2.0000; all 4 rows rank the nodes 1 = 2 = 3 = 4.",
    );
  },

  async pointer({ click, slide, says }) {
    await slide("Feature of the node", 1);
    await says(
      "GAT: node 3, with feature 5, gives 0.6964 to node 1, 0.2562 to node 2, 0.0128 to node 3, 0.0347 to node 4, and becomes 1.4112; all 4 rows rank the nodes 1 > 2 > 4 > 3.",
    );
    await click("radio", "GATv2");
    await click("button", "Let node 4, which has 4, listen");
    await says(
      "GATv2: node 4, with feature 4, gives 0.2689 to node 3, 0.7311 to node 4, and becomes 4.2689; the rows rank the nodes in 4 orders, row 4: 4 > 3 > 2 > 1.",
    );
  },
};
