/** Draws the lookup of *cat ate mouse* in two tables, by word and by position; the second has a last row. */

import { drawing, formula, group, label, path, rectangle } from "#figures/drawing.ts";
import { catAteMouse } from "../models/attention.ts";

const row = { width: 100, height: 22 } as const;
const tables = { words: 92, positions: 268, top: 50 } as const;
const wordLook = "line shade";
const placeLook = "fill-position-pale stroke-position";
const sums = { top: 226, step: 36 } as const;

export interface TwoTables {
  /** Words of the text, each with a row in the word table. */
  readonly text: readonly string[];
  /** Rows of the word table in order; `…` for omitted rows. */
  readonly vocabulary: readonly string[];
  /** Number of positions in the table. */
  readonly length: number;
}

const shown: TwoTables = {
  text: catAteMouse.words,
  vocabulary: ["…", "ate", "cat", "…", "mouse", "…"],
  length: 512,
};

export function figure({ text, vocabulary, length }: TwoTables = shown): string {
  const positions = [...text.map((_, place) => String(place)), "…", String(length - 1)];
  return drawing(
    400,
    328,
    drawTable(tables.words, "word table", "one row per word", vocabulary, (name) => text.includes(name), wordLook),
    drawTable(
      tables.positions,
      "position table",
      "one row per position",
      positions,
      (name) => Number(name) < text.length,
      placeLook,
    ),
    drawCliff(positions.length, length),
    ...text.map((word, place) => drawSum(word, place)),
  );
}

function drawTable(
  x: number,
  name: string,
  explanation: string,
  names: readonly string[],
  isRead: (name: string) => boolean,
  look: string,
): string {
  return group(
    {},
    label(x + row.width / 2, 16, name, { class: "middle strong" }),
    label(x + row.width / 2, 34, explanation, { class: "middle small soft" }),
    ...names.map((rowName, index) => {
      const y = tables.top + row.height * index;
      const isWord = /[a-z]/.test(rowName);
      return group(
        {},
        rectangle(x, y, row.width, row.height, {
          class: isRead(rowName) ? look : "rule",
        }),
        isWord
          ? label(x - 10, y + 15, rowName, { class: "end" })
          : formula(x - 10, y + 16, rowName, { class: "end small" }),
      );
    }),
  );
}

/** The end of the table: no row for later positions. */
function drawCliff(rows: number, length: number): string {
  const y = tables.top + row.height * rows;
  const { positions: x } = tables;
  return group(
    {},
    path(`M${x - 30} ${y}H${x + row.width + 8}`, { class: "line thick" }),
    formula(x - 10, y + 21, String(length), { class: "end small" }),
    label(x + row.width / 2, y + 20, "no row", { class: "middle small" }),
  );
}

/** The sum of a word's vector and a position's vector. */
function drawSum(word: string, place: number): string {
  const y = sums.top + sums.step * place;
  const [left, right] = [tables.words, tables.positions];
  return group(
    {},
    formula(left - 10, y + 17, `h_${place} =`, { class: "end" }),
    rectangle(left, y, row.width, row.height, { class: wordLook }),
    label(left + row.width / 2, y + 15, word, { class: "middle" }),
    formula((left + row.width + right) / 2, y + 17, "+", { class: "middle" }),
    rectangle(right, y, row.width, row.height, { class: placeLook }),
    formula(right + row.width / 2, y + 16, String(place), { class: "middle small" }),
  );
}
