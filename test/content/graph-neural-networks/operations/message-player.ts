/** Message passing: one round of three steps at a node, other nodes, other aggregations. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/message-passing",
  says: "Round 1, update: 1, 2, 4, combined by sum, make 7, and node 3 goes from 3 to 5. All nodes become 3, 3, 5, 3.5; together 14.5.",

  async keyboard({ focus, press, says }) {
    await focus("button", "Next step");
    await press("Enter");
    await says("Round 2, send: node 3 is sent 3, 3, 3.5.");
    await press("Space", 2);
    await says(
      "Round 2, update: 3, 3, 3.5, combined by sum, make 9.5, and node 3 goes from 5 to 7.25. All nodes become 5.5, 5.5, 7.25, 4.25; together 22.5.",
    );
    await focus("button", "Watch node 4, which has 3.5");
    await press("Enter");
    await says(
      "Round 2, update: 5, combined by sum, make 5, and node 4 goes from 3.5 to 4.25. All nodes become 5.5, 5.5, 7.25, 4.25; together 22.5.",
    );
    await focus("button", "Start again");
    await press("Enter");
    await says("Round 1, send: node 4 is sent 3.");
  },

  async pointer({ click, says }) {
    await click("radio", "mean");
    await says(
      "Round 1, update: 1, 2, 4, combined by mean, make 2.333, and node 3 goes from 3 to 2.667. All nodes become 1.75, 2, 2.667, 3.5; together 9.917.",
    );
    await click("button", "Watch node 1, which has 1");
    await click("radio", "max");
    await says(
      "Round 1, update: 2, 3, combined by max, make 3, and node 1 goes from 1 to 2. All nodes become 2, 2.5, 3.5, 3.5; together 11.5.",
    );
  },
};
