/** Draws the range of oxidation of six teas from one plant. */
import { drawing, group, label, line, rectangle } from "#figures/drawing.ts";
import { teas } from "../models/oxidation.ts";

const [ground, height, step] = [126, 108, 64] as const;

export const figure = (): string =>
  drawing(
    400,
    160,
    line(12, ground, 388, ground, { class: "rule" }),
    ...teas.map(({ name, from, to }, index) => {
      const middle = 40 + index * step;
      const top = ground - (height * to) / 100;
      return group(
        {},
        rectangle(middle - 16, top, 32, (height * (to - from)) / 100, { class: "fill-value", "fill-opacity": 0.6 }),
        label(middle, ground + 22, name, { class: "middle" }),
      );
    }),
  );
