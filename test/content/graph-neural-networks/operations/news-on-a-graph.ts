/**
 * The overview of graph networks: two hops take two rounds, an edge shortens the path, and renumbering changes no sum.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/",
  says: "After 1 round, node 1 has 0, node 2 has 1, node 3 has 1, node 4 has 0; together 2.",

  async keyboard({ focus, press, says }) {
    await focus("button", "Next round");
    await press("Enter", 2);
    await says("After 3 rounds, node 1 has 2, node 2 has 3, node 3 has 4, node 4 has 1; together 10.");
    await focus("button", "Renumber the nodes");
    await press("Space");
    await says("After 3 rounds, node 1 has 3, node 2 has 1, node 3 has 2, node 4 has 4; together 10.");
    // Node 2 now has the number 1, and node 1 the number 3.
    await focus("button", "Edge between nodes 3 and 1");
    await press("Enter");
    await says("After 3 rounds, node 1 has 0, node 2 has 0, node 3 has 0, node 4 has 3; together 3.");
  },

  async pointer({ click, says }) {
    await click("button", "Edge between nodes 1 and 4");
    await says("After 1 round, node 1 has 0, node 2 has 1, node 3 has 1, node 4 has 1; together 3.");
    await click("button", "Start at node 4, which has 1");
    await says("After 0 rounds, node 1 has 0, node 2 has 0, node 3 has 0, node 4 has 1; together 1.");
    await click("button", "Next round");
    await says("After 1 round, node 1 has 1, node 2 has 0, node 3 has 1, node 4 has 0; together 2.");
  },
};
