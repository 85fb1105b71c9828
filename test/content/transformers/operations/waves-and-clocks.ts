/**
 * Sinusoidal encodings: moving both positions keeps their product, moving one changes it, more sinusoids distinguish
 * more offsets.
 */
import type { FigureJourney } from "../../../journeys/figure-journey.ts";

const said = (width: number, t: number, later: number, product: string, offset: string) =>
  `Width ${width}, positions ${t} and ${later}: the product of their encodings is ${product}, as at every offset of ${offset}.`;

export const journey: FigureJourney = {
  path: "/transformers/sinusoidal-positional-encodings",
  says: said(4, 2, 3, "1.5403", "1"),

  async keyboard({ focus, press, says }) {
    await focus("slider", "Position t, the offset kept");
    await press("ArrowRight", 10);
    await says(said(4, 12, 13, "1.5403", "1"));
    await focus("slider", "Position t + k");
    await press("PageUp");
    await says(said(4, 12, 18, "1.9584", "6"));
    await press("ArrowLeft", 8);
    await says(said(4, 12, 10, "0.5837", "−2"));
    await focus("radio", "4");
    await press("ArrowRight", 2);
    await says(said(16, 12, 10, "6.3683", "−2"));
  },

  async pointer({ drag, click, slide, says }) {
    // A column is 10.5 units wide.
    await drag("second", 5 * 10.5, 20);
    await says(said(4, 2, 8, "1.9584", "6"));
    await drag("first", 20 * 10.5, -10);
    await says(said(4, 22, 28, "1.9584", "6"));
    await click("radio", "16");
    await says(said(16, 22, 28, "6.4448", "6"));
    await slide("Base", 0);
    await says(said(16, 22, 28, "−0.0371", "6"));
  },
};
