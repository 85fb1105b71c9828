/** Labels the windows of a token map with letters; a window keeps its letter when the map is rolled. */

import { at } from "#figures/at.ts";
import { group, label } from "#figures/drawing.ts";
import { type Partition, placesOf, windowAt } from "./shifted-windows.ts";
import { cell, mapY, side } from "./token-map.ts";

/** Position of a token in the image, from 0. */
interface TokenPlace {
  readonly row: number;
  readonly column: number;
}

/** The letter of the window that contains a token. */
export const windowLetter = ({ row, column }: TokenPlace, now: Partition): string =>
  letterOf(windowAt(row, now) * countAlong(now) + windowAt(column, now));

/**
 * Draws a letter near the middle of each window, except the window of the token `own`, whose letter is on that token.
 * `left` is the map's left edge, `placed` maps a row or column of the image to its position in the map, `look` is an
 * additional class.
 */
export function drawWindowLetters(
  now: Partition,
  { own, left, placed, look = "" }: { own: TokenPlace; left: number; placed: (place: number) => number; look?: string },
): string {
  const count = countAlong(now);
  const middle = (window: number): number => {
    const held = placesOf(side).filter((place) => windowAt(place, now) === window);
    return placed(at(held, Math.floor((held.length - 1) / 2))) + 0.5;
  };
  return group(
    {},
    ...placesOf(count ** 2).map((index) => {
      const [row, column] = [Math.floor(index / count), index % count];
      const isOwn = row === windowAt(own.row, now) && column === windowAt(own.column, now);
      return isOwn
        ? ""
        : label(left + cell * middle(column), mapY + cell * middle(row) + 4, letterOf(index), {
            class: `middle small ${look}`,
          });
    }),
  );
}

const countAlong = (now: Partition): number => windowAt(side - 1, now) + 1;

const letterOf = (index: number): string => String.fromCodePoint(65 + index);
