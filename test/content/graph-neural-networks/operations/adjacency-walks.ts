/** The adjacency matrix: an entry of a power counts walks, however the nodes are numbered. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

export const journey: FigureJourney = {
  path: "/graph-neural-networks/graph-adjacency-matrix",
  says: "1 walk leads from node 1 to node 4 in exactly 2 steps; number 1 is 1–3–4.",

  async keyboard({ focus, press, says }) {
    await focus("slider", "Entry of the matrix");
    await press("ArrowLeft");
    await press("ArrowDown", 2);
    await says("3 walks lead from node 3 to node 3 in exactly 2 steps; number 1 is 3–1–3.");
    await focus("button", "Next walk");
    await press("Enter", 2);
    await says("3 walks lead from node 3 to node 3 in exactly 2 steps; number 3 is 3–4–3.");
    await focus("slider", "Steps k");
    await press("ArrowRight");
    await says("2 walks lead from node 3 to node 3 in exactly 3 steps; number 1 is 3–1–2–3.");
    await focus("button", "Edge between nodes 1 and 2");
    await press("Space");
    await says("There is no walk from node 3 to node 3 with exactly 3 steps: the entry is 0.");
  },

  async pointer({ click, drag, slide, says }) {
    await drag("entry", -38, 0);
    await says("1 walk leads from node 1 to node 3 in exactly 2 steps; number 1 is 1–2–3.");
    await slide("Steps k", 2 / 3);
    await says("4 walks lead from node 1 to node 3 in exactly 3 steps; number 1 is 1–2–1–3.");
    await click("button", "Renumber the nodes");
    await says("4 walks lead from node 3 to node 4 in exactly 3 steps; number 1 is 3–1–3–4.");
    await click("button", "Edge between nodes 3 and 2");
    await says("5 walks lead from node 3 to node 4 in exactly 3 steps; number 1 is 3–1–3–4.");
  },
};
