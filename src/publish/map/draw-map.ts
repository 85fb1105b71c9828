/**
 * Draws what builds on what: places every text below its prerequisites, in units of one column and one row, so that a page
 * can draw the map in any size.
 */
import { coordSimplex, decrossOpt, decrossTwoLayer, graphStratify, type SugiNode, sugiyama } from "d3-dag";
import type { Drawing } from "../../library/objects.ts";
import { layerInRows } from "./layer-in-rows.ts";

/** A text with the prerequisites that are drawn, which are among the texts. */
export interface DrawnText {
  readonly path: string;
  readonly needs: readonly string[];
}

/** Between two texts of a row, or a text and a line that passes it: in columns. */
const gap = 0.12;
/** A map of more columns would be too wide for a page in the narrowest window that has a drawing (src/ui/styles/map-drawing.css). */
const maxColumns = 8;
/** The most that a quarter of a second or so suffices for, and a drawing that can still be read. */
const maxTexts = 60;
const maxLines = 100;
/** Pairs of lines between the same two rows: of more, the fewest crossings would take seconds to find, and then hours. */
const maxPairs = 80;

/** `texts`: in reading order. Deterministic. Undefined if the drawing would be too large. */
export function drawMap(texts: readonly DrawnText[]): Drawing | undefined {
  const needed = new Set(texts.flatMap(({ needs }) => needs));
  const isLinked = ({ path, needs }: DrawnText) => needs.length > 0 || needed.has(path);
  const linked = texts.filter(isLinked);
  const lines = linked.reduce((sum, { needs }) => sum + needs.length, 0);
  if (texts.length > maxTexts || lines > maxLines) return undefined;
  const drawn = linked.length === 0 ? { columns: 0, rows: 0, places: [], lines: [] } : drawLinked(linked);
  if (drawn.columns > maxColumns) return undefined;
  return addLoose(
    drawn,
    texts.filter((text) => !isLinked(text)),
  );
}

function drawLinked(texts: readonly DrawnText[]): Drawing {
  const graph = graphStratify()(texts.map(({ path, needs }) => ({ id: path, parentIds: needs })));
  const { width, height } = sugiyama()
    .layering(layerInRows(texts))
    .decross(avoidCrossings)
    .coord(coordSimplex())
    .nodeSize([1, 1])
    .gap([gap, 0])(graph);
  const places = new Map([...graph.nodes()].map(({ data, x, y }) => [data.id, { x, row: Math.floor(y) }]));
  const numbers = new Map(texts.map(({ path }, index) => [path, index]));
  const numberOf = (path: string) => numbers.get(path) ?? 0;
  return {
    columns: round(width),
    rows: Math.round(height),
    places: texts.map(({ path }) => [path, round(places.get(path)?.x ?? 0), places.get(path)?.row ?? 0]),
    lines: [...graph.links()]
      .map(({ source, target, points }): Drawing["lines"][number] => [
        numberOf(source.data.id),
        numberOf(target.data.id),
        points.map(([x]) => round(x)),
      ])
      .sort((a, b) => a[1] - b[1] || a[0] - b[0]),
  };
}

const fewestCrossings = decrossOpt();
const fewCrossings = decrossTwoLayer();

/** Sorts each row: with the fewest crossings possible, or in a large map with few. */
function avoidCrossings(rows: SugiNode<unknown, unknown>[][]): void {
  const pairs = rows.reduce((sum, row) => {
    const lines = row.reduce((count, node) => count + node.nchildren(), 0);
    return sum + (lines * (lines - 1)) / 2;
  }, 0);
  if (pairs <= maxPairs) fewestCrossings(rows);
  else fewCrossings(rows);
}

/** Texts that nothing connects are below the others, in rows and in reading order. */
function addLoose({ columns, rows, places, lines }: Drawing, loose: readonly DrawnText[]): Drawing {
  const inRow = Math.min(loose.length, Math.max(Math.floor(columns / (1 + gap)), 4));
  return {
    columns: Math.max(columns, round(inRow * (1 + gap) - gap)),
    rows: rows + Math.ceil(loose.length / Math.max(1, inRow)),
    places: [
      ...places,
      ...loose.map(({ path }, index): Drawing["places"][number] => [
        path,
        round((index % inRow) * (1 + gap) + 0.5),
        rows + Math.floor(index / inRow),
      ]),
    ],
    lines,
  };
}

const round = (length: number): number => Math.round(length * 100) / 100;
