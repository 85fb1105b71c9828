/**
 * GIN: sums distinguish the paw from a 4-cycle and means do not; edges can be moved until nothing does; spiders need a
 * second round.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/gin",
  says: "Round 1, sum: on the left 2, 3, 3, 4, on the right 3, 3, 3, 3; distinguished in round 1.",

  async keyboard({ focus, press, says }) {
    // The paw becomes a 4-cycle: remove edges 1-2 and 3-4, add 1-4 and 2-4.
    for (const [one, other] of [
      [1, 2],
      [3, 4],
      [1, 4],
    ]) {
      await focus("button", `Edge between nodes ${one} and ${other} on the left`);
      await press("Enter");
    }
    await says("Round 1, sum: on the left 2, 2, 3, 3, on the right 3, 3, 3, 3; distinguished in round 1.");
    await focus("button", "Edge between nodes 2 and 4 on the left");
    await press("Space");
    await says("Round 1, sum: on the left 3, 3, 3, 3, on the right 3, 3, 3, 3; not distinguished so far.");
    await focus("button", "Next round");
    await press("Enter", 2);
    await says("Round 3, sum: on the left 27, 27, 27, 27, on the right 27, 27, 27, 27; not distinguished so far.");
  },

  async pointer({ click, says }) {
    await click("radio", "mean");
    await says("Round 1, mean: on the left 2, 2, 2, 2, on the right 2, 2, 2, 2; not distinguished so far.");
    await click("radio", "rings");
    await click("radio", "colours");
    await says(
      "Round 1, colours: on the left a, a, a, a, a, a, on the right a, a, a, a, a, a; not distinguished, and no further round will change that.",
    );
    await click("radio", "spiders");
    await click("radio", "sum");
    await click("button", "Next round");
    await says(
      "Round 2, sum: on the left 5, 5, 6, 9, 9, 12, on the right 5, 6, 6, 8, 10, 11; distinguished in round 2.",
    );
  },
};
