/** Draws positions as readings of a meter: six hands, each slower than the one before, at six positions. */

import { drawing, formula, group, label } from "#figures/drawing.ts";
import { grouped, printed } from "#figures/printed-numbers.ts";
import { clockFace } from "../models/clock-face.ts";
import { waveFrequencies, wavelength } from "../models/sinusoids.ts";

const radius = 20;
const grid = { left: 84, columnWidth: 53, top: 62, rowHeight: 50 } as const;

export interface PositionDials {
  /** Two coordinates per dial. */
  readonly width: number;
  readonly positions: readonly number[];
}

const shown: PositionDials = { width: 12, positions: [0, 1, 2, 3, 30, 300] };

export function figure({ width, positions }: PositionDials = shown): string {
  const omega = waveFrequencies(width);
  const middleOf = (pair: number): number => grid.left + grid.columnWidth * (pair + 0.5);
  return drawing(
    400,
    grid.top + positions.length * grid.rowHeight,
    label(grid.left - 14, 42, "tokens/turn", { class: "end small soft" }),
    ...omega.map((frequency, pair) =>
      group(
        {},
        formula(middleOf(pair), 16, `ω_${pair}`, { class: "middle ink-position" }),
        formula(middleOf(pair), 42, inTokens(wavelength(frequency)), { class: "middle small" }),
      ),
    ),
    ...positions.map((position, row) => {
      const y = grid.top + grid.rowHeight * (row + 0.5) - 3;
      return group(
        {},
        formula(grid.left - 14, y + 5, `t = ${position}`, { class: "end" }),
        ...omega.map((frequency, pair) => clockFace({ x: middleOf(pair), y }, radius, frequency * position)),
      );
    }),
  );
}

const inTokens = (length: number): string => (length < 10 ? printed(length, 1) : grouped(length));
