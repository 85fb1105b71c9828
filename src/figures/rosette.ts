/**
 * Draws the cover of a book without a `cover.ts`: a rosette derived from its slug, like those tooled on old bindings.
 */
import { circle, element, group, path, round } from "./drawing.ts";
import type { Point } from "./node-link.ts";

const centre: Point = { x: 150, y: 272 };
const radius = 112;

/**
 * 300 x 420 units, in `currentColor`; the upper third is left free for the title. The same slug always gives the same
 * rosette.
 */
export function drawRosette(slug: string): string {
  const choose = chooser(slug);
  const points = 7 + choose(10);
  /**
   * Steps of the star polygons: each point is joined to the one that many further. The second star is inside the first.
   */
  const steps = [2, 3, 4, 5].filter((step) => step < points / 2);
  const outer = steps[choose(steps.length)] ?? 2;
  const inner = steps[choose(steps.length)] ?? 2;
  const waist = 0.5 + 0.05 * choose(4);
  const petals = choose(2) === 0;
  return element(
    "svg",
    { viewBox: "0 0 300 420", xmlns: "http://www.w3.org/2000/svg" },
    group(
      { fill: "none", stroke: "currentColor", "stroke-linejoin": "round", "stroke-linecap": "round" },
      circle(centre.x, centre.y, radius, { "stroke-width": 1.6 }),
      circle(centre.x, centre.y, radius - 5, { "stroke-width": 0.6, opacity: 0.6 }),
      path(star(points, outer, radius - 5), { "stroke-width": 1.3, opacity: 0.9 }),
      path(petals ? rose(points, waist * radius) : star(points, inner, waist * radius), { "stroke-width": 1 }),
      path(dots(points, radius - 16), { "stroke-width": 5 }),
      path(dots(points, 0.24 * radius), { "stroke-width": 3.2 }),
      circle(centre.x, centre.y, 0.13 * radius, { "stroke-width": 1.6 }),
    ),
  );
}

/** Pseudo-random numbers below a bound, seeded by the text (FNV-1a). */
function chooser(words: string): (below: number) => number {
  let state = 0x811c9dc5;
  const stir = (value: number) => {
    state = Math.imul(state ^ value, 0x01000193) >>> 0;
  };
  for (const character of words) stir(character.codePointAt(0) ?? 0);
  return (below) => {
    stir(below);
    return (state >>> 16) % below;
  };
}

const at = (turn: number, distance: number): string => {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return `${round(centre.x + distance * Math.cos(angle))} ${round(centre.y + distance * Math.sin(angle))}`;
};

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A line from each point of a circle to the one `step` points further. */
const star = (points: number, step: number, distance: number): string =>
  indices(points)
    .map((point) => `M${at(point / points, distance)}L${at((point + step) / points, distance)}`)
    .join("");

/** Petals from the centre outwards, between the points. */
const rose = (points: number, distance: number): string =>
  indices(points)
    .map((point) => {
      const [left, middle, right] = [point, point + 0.5, point + 1].map((place) => place / points) as [
        number,
        number,
        number,
      ];
      return `M${at(middle, 0.14 * distance)}Q${at(left, 0.7 * distance)} ${at(middle, distance)}Q${at(right, 0.7 * distance)} ${at(middle, 0.14 * distance)}`;
    })
    .join("");

/** Dots are zero-length lines with round caps. */
const dots = (points: number, distance: number): string =>
  indices(points)
    .map((point) => `M${at((point + 0.5) / points, distance)}h0`)
    .join("");
