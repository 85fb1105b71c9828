/** Draws a twig of the tea bush: a bud and a leaf on each side. */
import { drawing, line } from "#figures/drawing.ts";

export const figure = (): string =>
  drawing(400, 120, line(200, 110, 200, 20), line(200, 60, 150, 30), line(200, 80, 250, 50));
