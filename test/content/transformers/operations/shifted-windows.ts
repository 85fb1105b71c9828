/** Swin: moving a token, adding blocks and enlarging windows changes what is read, masked and reached. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (
  block: string,
  place: readonly [row: number, column: number],
  [read, masked, heard]: readonly [number, number, number],
  [computed, used]: readonly [string, string],
) =>
  `Block ${block}: the token in row ${place[0]}, column ${place[1]} reads ${read} tokens, ${masked} more in its rolled window are masked; ` +
  `information from ${heard} of 64 has reached it. The block computes ${computed} scores and uses ${used}, instead of 4,096.`;

const second = "2, shifted by 2, windows of 4 by 4";

export const journey: FigureJourney = {
  path: "/transformers/swin-transformer",
  says: said(second, [3, 7], [8, 8, 32], ["1,024", "576"]),

  async keyboard({ focus, press, says }) {
    await focus("slider", "The token that reads");
    await press("ArrowUp", 2);
    await press("ArrowRight");
    await says(said(second, [1, 8], [4, 12, 16], ["1,024", "576"]));
    await focus("slider", "Blocks");
    await press("End");
    await says(said("4, shifted by 2, windows of 4 by 4", [1, 8], [4, 12, 64], ["1,024", "576"]));
    await focus("checkbox", "Shift every second block");
    await press("Space");
    await says(said("4, not shifted, windows of 4 by 4", [1, 8], [16, 0, 16], ["1,024", "1,024"]));
  },

  async pointer({ drag, click, slide, says }) {
    // Three cells of 22 units to the left, one down: to the middle.
    await drag("token", -3 * 22, 22);
    await says(said(second, [4, 4], [16, 0, 64], ["1,024", "576"]));
    await click("radio", "2");
    await says(said("2, shifted by 1, windows of 2 by 2", [4, 4], [4, 0, 16], ["256", "196"]));
    await slide("Blocks", 0);
    await says(said("1, not shifted, windows of 2 by 2", [4, 4], [4, 0, 4], ["256", "256"]));
  },
};
