/**
 * The Laplacian: a constant signal has roughness zero, a step costs the weights of its edges, and without the joining
 * edge two eigenvalues are zero.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/graph-laplacian",
  says: "Joining edge of weight 1, values 0.46, 0.46, 0.26, −0.26, −0.46, −0.46: the roughness is 0.4384, at length 1 it would be 0.4384. The second eigenvalue is 0.4384.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Weight w34");
    await press("Home");
    await says(
      "Joining edge of weight 0, values 0.00, 0.00, 0.00, 0.58, 0.58, 0.58: the roughness is 0.0000, at length 1 it would be 0.0000. The second eigenvalue is 0.0000.",
    );
    await press("ArrowRight", 4);
    await focus("slider", "Value of node 6");
    await press("End");
    await says(
      "Joining edge of weight 1, values 0.46, 0.46, 0.26, −0.26, −0.46, 1.00: the roughness is 4.1323, at length 1 it would be 2.3163. The second eigenvalue is 0.4384.",
    );
  },

  async pointer({ click, drag, says }) {
    await click("radio", "u1");
    await says(
      "Joining edge of weight 1, values 0.41, 0.41, 0.41, 0.41, 0.41, 0.41: the roughness is 0.0000, at length 1 it would be 0.0000. The second eigenvalue is 0.4384.",
    );
    // Down to zero: each of two edges has the full difference of 1/√6.
    await drag("node-6", 0, 62 / Math.sqrt(6));
    await says(
      "Joining edge of weight 1, values 0.41, 0.41, 0.41, 0.41, 0.41, 0.00: the roughness is 0.3333, at length 1 it would be 0.4000. The second eigenvalue is 0.4384.",
    );
  },
};
