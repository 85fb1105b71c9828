/** Assigns texts to rows: so that lines are short, or, if that would make a row too wide, with a limited number in each. */
import { type Layering, layeringSimplex } from "d3-dag";

interface LayeredText {
  readonly path: string;
  readonly needs: readonly string[];
}

/** A row also needs room for the lines that pass it. */
const maxInRow = 6;

/** `texts`: in reading order. */
export function layerInRows(texts: readonly LayeredText[]): Layering<{ readonly id: string }, unknown> {
  const shortLines = layeringSimplex();
  return (graph, separation) => {
    const height = shortLines(graph, separation);
    const widths = Map.groupBy(graph.nodes(), ({ y }) => y);
    if (Math.max(...[...widths.values()].map(({ length }) => length)) <= maxInRow) return height;
    const rows = rowsOf(texts);
    for (const node of graph.nodes()) node.y = rows.get(node.data.id) ?? 0;
    return Math.max(...rows.values());
  };
}

/** Each text is in the first row below its prerequisites that has room. */
function rowsOf(texts: readonly LayeredText[]): ReadonlyMap<string, number> {
  const needs = new Map(texts.map((text) => [text.path, text.needs]));
  const rows = new Map<string, number>();
  const filled: number[] = [];
  const place = (path: string): number => {
    const known = rows.get(path);
    if (known !== undefined) return known;
    let row = Math.max(-1, ...(needs.get(path) ?? []).map(place)) + 1;
    while ((filled[row] ?? 0) >= maxInRow) row += 1;
    filled[row] = (filled[row] ?? 0) + 1;
    rows.set(path, row);
    return row;
  };
  for (const { path } of texts) place(path);
  return rows;
}
