/** ViT: a different patch gives a different token; a larger image makes far more pairs, larger patches far fewer. */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (patch: string, token: string, real: string) =>
  `Patch ${patch} and becomes (${token}). An image of ${real} pairs.`;
const usual = "224 pixels in patches of 16 makes 196 patches, 197 tokens and 38,416";

export const journey: FigureJourney = {
  path: "/transformers/vit",
  says: said("1 of 4 holds (0, 1, 4, 5)", "5, 5", usual),

  async keyboard({ focus, press, says }) {
    await focus("slider", "The patch that becomes a token");
    await press("ArrowDown");
    await says(said("3 of 4 holds (8, 9, 12, 13)", "21, 21", usual));
    await press("ArrowRight");
    await says(said("4 of 4 holds (10, 11, 14, 15)", "25, 25", usual));
    await focus("slider", "Image below");
    await press("End");
    await says(
      said(
        "4 of 4 holds (10, 11, 14, 15)",
        "25, 25",
        "512 pixels in patches of 16 makes 1,024 patches, 1,025 tokens and 1,048,576",
      ),
    );
  },

  async pointer({ click, drag, says }) {
    // A patch of two pixels is 68 units wide.
    await drag("patch", 68, 5);
    await says(said("2 of 4 holds (2, 3, 6, 7)", "9, 9", usual));
    await click("radio", "32");
    await says(
      said("2 of 4 holds (2, 3, 6, 7)", "9, 9", "224 pixels in patches of 32 makes 49 patches, 50 tokens and 2,401"),
    );
    await click("radio", "1");
    await drag("patch", 3 * 34, 34);
    await says(said("8 of 16 holds (7)", "7, 0", "224 pixels in patches of 32 makes 49 patches, 50 tokens and 2,401"));
  },
};
