/** The letters by which windows of a token map are known, wherever the map is rolled to. */

import { at } from "#figures/at.ts";
import { group, label } from "#figures/drawing.ts";
import { type Partition, placesOf, windowAt } from "./shifted-windows.ts";
import { cell, mapY, side } from "./token-map.ts";

/** Where a token is in the image, from 0. */
interface TokenPlace {
  readonly row: number;
  readonly column: number;
}

/** Of the window that holds a token. */
export const windowLetter = ({ row, column }: TokenPlace, now: Partition): string =>
  letterOf(windowAt(row, now) * countAlong(now) + windowAt(column, now));

/**
 * A letter in a cell near the middle of each window but that of the token `own`, which carries its own. `left` is
 * the map's left edge, `placed` where a row or column of the image lies in it, `look` one more class.
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
