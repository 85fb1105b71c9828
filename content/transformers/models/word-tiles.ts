/** Draws a text as lines of tiles: words, numbered holes for sentinels, and a square for the end. */

import { formula, group, label, rectangle } from "#figures/drawing.ts";
import type { Token } from "./span-corruption.ts";

/** A tile's upper left corner and width, in drawing units. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Distance between the tops of two lines, and gap between two tiles. */
export const tilePitch = 30;
export const tileGap = 3;
const height = 24;
const widths = { sentinel: 25, end: 18 } as const;

/** Width of a word's tile: slightly more than its letters need at the largest font size. */
export const wordWidth = (word: string): number => [...word].reduce((sum, letter) => sum + letterWidth(letter), 6);

const letterWidth = (letter: string): number =>
  letter === "m" ? 12.5 : letter === "w" ? 10.5 : "fijlrt".includes(letter) ? 4.5 : 7.3;

/** A word as a tile, coloured if it is removed. */
export const wordTile = ({ x, y, width }: TilePlace, word: string, isOut: boolean): string =>
  group(
    {},
    rectangle(x, y, width, height, { rx: 4, class: isOut ? "fill-value-pale stroke-value" : "shade" }),
    label(x + width / 2, y + 16.5, word, { class: "middle" }),
  );

/** Draws tokens from `left`, `top` on, breaking lines at `right`; `isOut` as for a word. */
export function tokenTiles(
  tokens: readonly Token[],
  { left, right, top, isOut }: { left: number; right: number; top: number; isOut: boolean },
): string[] {
  let [x, y] = [left, top];
  return tokens.map((token) => {
    const width = token.kind === "word" ? wordWidth(token.word) : widths[token.kind];
    if (x + width > right) [x, y] = [left, y + tilePitch];
    const place = { x, y, width };
    x += width + tileGap;
    return token.kind === "word" ? wordTile(place, token.word, isOut) : markTile(place, token);
  });
}

/** A sentinel as a numbered hole, the end as a black square. */
const markTile = ({ x, y, width }: TilePlace, token: Exclude<Token, { kind: "word" }>): string =>
  token.kind === "end"
    ? group({}, rectangle(x + 3, y + 6, 12, 12, { class: "fill-ink" }))
    : group(
        {},
        rectangle(x, y, width, height, { rx: 12, class: "box" }),
        formula(x + width / 2, y + 17, String(token.number), { class: "middle" }),
      );
