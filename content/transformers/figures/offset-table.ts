/** Draws which row of a table an offset selects: clipped offsets of five tokens, and T5's buckets by distance. */

import { drawing, formula, group, label, line, path, rectangle, round } from "#figures/drawing.ts";
import { printed } from "#figures/printed-numbers.ts";
import { bucketOf, clippedOffsets } from "../models/relative-position.ts";

const cell = 30;
const table = { left: 34, top: 66, tokens: 5, distance: 2 } as const;
const stairs = { left: 248, right: 392, top: 66, bottom: 216, last: 140, buckets: 15 } as const;

export const figure = (): string => drawing(400, 256, drawTable(), drawStairs());

function drawTable(): string {
  const { left, top, tokens, distance } = table;
  const middle = left + (tokens * cell) / 2;
  const places = Array.from({ length: tokens }, (_, place) => place);
  return group(
    {},
    label(middle, 16, "clipped at 2", { class: "middle strong" }),
    label(middle, 36, "position of the key", { class: "middle small soft" }),
    ...places.map((j) => formula(left + (j + 0.5) * cell, top - 10, String(j), { class: "middle small ink-key" })),
    ...places.map((i) => formula(left - 10, top + (i + 0.5) * cell + 4, String(i), { class: "end small ink-query" })),
    label(0, 0, "position of the query", {
      class: "middle small soft",
      transform: `translate(11 ${top + (tokens * cell) / 2}) rotate(-90)`,
    }),
    ...clippedOffsets(tokens, distance).flatMap((row, i) =>
      row.map((clipped, j) =>
        group(
          {},
          rectangle(left + j * cell + 1, top + i * cell + 1, cell - 2, cell - 2, {
            rx: 3,
            class: "fill-position",
            "fill-opacity": 0.5 - 0.2 * Math.abs(clipped),
          }),
          formula(left + (j + 0.5) * cell, top + (i + 0.5) * cell + 5, printed(clipped, 0), { class: "middle" }),
        ),
      ),
    ),
  );
}

function drawStairs(): string {
  const { left, right, top, bottom, last, buckets } = stairs;
  const across = (distance: number): number => left + ((right - left) * distance) / last;
  const down = (bucket: number): number => bottom - ((bottom - top) * bucket) / buckets;
  const steps = Array.from(
    { length: last },
    (_, distance) => `V${round(down(bucketOf(-distance)))}H${round(across(distance + 1))}`,
  );
  return group(
    {},
    label((left + right) / 2, 16, "T5, one side of an encoder", { class: "middle strong" }),
    label(left - 26, top - 16, "bucket", { class: "small soft" }),
    line(left, bottom, right, bottom, { class: "rule" }),
    line(left, bottom, left, top, { class: "rule" }),
    ...[0, 8, 15].map((bucket) => formula(left - 8, down(bucket) + 4, String(bucket), { class: "end small soft" })),
    line(left, down(8), across(8), down(8), { class: "rule dashed" }),
    line(across(8), bottom, across(8), down(8), { class: "rule dashed" }),
    line(across(91), bottom, across(91), down(15), { class: "rule dashed" }),
    ...[8, 91].map((distance) =>
      formula(across(distance), bottom + 17, String(distance), { class: "middle small soft" }),
    ),
    label((left + right) / 2, bottom + 34, "distance", { class: "middle small soft" }),
    path(`M${left} ${bottom}${steps.join("")}`, { class: "stroke-position thick" }),
    label(right, down(15) - 10, "all the rest", { class: "end small ink-position" }),
    label(across(16), down(6), "one distance", { class: "small ink-position" }),
    label(across(16), down(6) + 16, "a bucket,", { class: "small ink-position" }),
    label(across(16), down(6) + 32, "up to 7", { class: "small ink-position" }),
  );
}
