/** Assigns lanes to the lines beside a list of texts, as beside the history of a repository: no two lines share one in a row. */

/** The lines in the row of a text. */
export interface LaneRow {
  /** Of the text's own dot. */
  readonly lane: number;
  /** Of the lines that pass the text. */
  readonly passing: readonly number[];
  /** Of the lines that arrive at it from above. */
  readonly arriving: readonly number[];
  /** Whether a line leads on from it. */
  readonly leadsOn: boolean;
}

/** `needs`: the prerequisites that have lines, in a list in that order. A text before its prerequisite has no line to it. */
export function laneRows(paths: readonly string[], needs: ReadonlyMap<string, readonly string[]>): LaneRow[] {
  const rows = new Map(paths.map((path, row) => [path, row]));
  const above = paths.map((path, row) =>
    (needs.get(path) ?? []).flatMap((need) => {
      const at = rows.get(need);
      return at !== undefined && at < row ? [at] : [];
    }),
  );
  const ends = paths.map((_, row) =>
    Math.max(
      row,
      above.findLastIndex((needed) => needed.includes(row)),
    ),
  );
  const busyUntil: number[] = [];
  const lanes = ends.map((end, row) => {
    const free = busyUntil.findIndex((until) => until <= row);
    const lane = free === -1 ? busyUntil.length : free;
    // A text without a line still needs its row.
    busyUntil[lane] = Math.max(end, row + 1 / 2);
    return lane;
  });
  const laneOf = (row: number) => lanes[row] ?? 0;
  return paths.map((_, row) => ({
    lane: laneOf(row),
    passing: ends.flatMap((end, from) => (from < row && end > row ? [laneOf(from)] : [])),
    arriving: (above[row] ?? []).map(laneOf),
    leadsOn: (ends[row] ?? row) > row,
  }));
}
