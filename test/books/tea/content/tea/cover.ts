/** Draws the cover of the tea book: a cup and three lines of steam. */
import { circle, element, group, path } from "#figures/drawing.ts";

/** 300 × 420 units, in `currentColor`; the upper third is left to the title. */
export const cover = (): string =>
  element(
    "svg",
    { viewBox: "0 0 300 420", xmlns: "http://www.w3.org/2000/svg" },
    group(
      {
        fill: "none",
        stroke: "currentColor",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
        "stroke-width": 2,
      },
      path("M84 292H216C216 340 192 366 150 366S84 340 84 292Z", { class: "stamp", "stroke-width": 3 }),
      path("M214 304C244 298 248 340 203 342", { class: "stamp" }),
      path("M72 378H228", { class: "stamp" }),
      ...[118, 150, 182].map((x, index) =>
        path(`M${x} 270c-14 -18 14 -30 0 -${48 + 12 * (index % 2)}`, { class: "stamp", "stroke-opacity": 0.7 }),
      ),
      ...[0, 1, 2, 3, 4].map((leaf) => circle(118 + 16 * leaf, 326 + 6 * (leaf % 2), 2.4, { fill: "currentColor" })),
    ),
  );
