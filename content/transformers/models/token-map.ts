/** Draws a square map of tokens as cells, coloured by what the chosen token reads, with the boundaries of windows. */

import { group, line, rectangle } from "#figures/drawing.ts";
import { placesOf } from "./shifted-windows.ts";

/** Tokens along a side. */
export const side = 8;
/** Side of a cell and top of every map, in drawing units. */
export const cell = 22;
export const mapY = 46;

/** How a token is related to the chosen token. */
export type Look = "read" | "heard" | "masked" | "other";

const looks: Readonly<Record<Look, { readonly class: string; readonly "fill-opacity"?: number }>> = {
  read: { class: "fill-key", "fill-opacity": 0.6 },
  heard: { class: "fill-key-pale" },
  masked: { class: "shade" },
  other: { class: "box", "fill-opacity": 0 },
};

/** `left` is the map's left edge; `lookOf` returns how to show the token in a row and column, from 0. */
export const drawCells = (left: number, lookOf: (row: number, column: number) => Look): string =>
  group(
    {},
    ...placesOf(side).flatMap((row) =>
      placesOf(side).map((column) => {
        const look = lookOf(row, column);
        const [x, y] = [left + cell * column, mapY + cell * row];
        return group(
          {},
          rectangle(x, y, cell, cell, { ...looks[look], stroke: "none" }),
          line(x + 5, y + cell - 5, x + cell - 5, y + 5, {
            class: "rule",
            "stroke-opacity": look === "masked" ? 1 : 0,
          }),
        );
      }),
    ),
  );

/** Thin lines between tokens and thick lines between windows: before each coordinate in `cuts`. */
export const drawGrid = (left: number, cuts: readonly number[]): string =>
  group(
    {},
    ...placesOf(side - 1).flatMap((before) => {
      const place = before + 1;
      const along = cell * place;
      const look = cuts.includes(place) ? "line thick" : "rule";
      return [
        line(left + along, mapY, left + along, mapY + side * cell, { class: look }),
        line(left, mapY + along, left + side * cell, mapY + along, { class: look }),
      ];
    }),
    rectangle(left, mapY, side * cell, side * cell, { class: "line" }),
  );

/** A legend's colour sample, with its upper left corner at `x`, `y`. */
export const swatch = (look: Look, x: number, y: number): string[] => [
  rectangle(x, y, 12, 12, { ...looks[look], stroke: "none" }),
  rectangle(x, y, 12, 12, { class: "rule" }),
  look === "masked" ? line(x + 2.5, y + 9.5, x + 9.5, y + 2.5, { class: "rule" }) : "",
];
