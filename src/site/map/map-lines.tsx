/** Draws the lines of a map behind its texts, which are HTML, so that they can be read, selected and focused. */
import type { Drawing } from "../../library/objects.ts";
import type { Needs } from "../../library/prerequisites.ts";

/** Of 100 units, how much of its row a text takes; the same share as in `map.css`. */
const textHeight = 64;

interface MapLinesProps {
  readonly drawing: Drawing;
  readonly needs: Needs;
  /** Paths of the texts on the way that the page shows. */
  readonly way: ReadonlySet<string>;
}

/** The drawing stretches with the window. Lines of the way come last, so that no other line crosses them. */
export function MapLines({ drawing: { columns, rows, places, lines }, needs, way }: MapLinesProps) {
  const drawn = lines.map(([from, to, passes]) => {
    const [start = "", , row = 0] = places[from] ?? [];
    const [end = ""] = places[to] ?? [];
    const kind = !needs.get(end)?.includes(start) ? "opening" : way.has(start) && way.has(end) ? "on-way" : undefined;
    return { kind, path: lineThrough(passes, row) };
  });
  return (
    <svg
      class="map-lines"
      viewBox={`0 0 ${Math.round(columns * 100)} ${rows * 100 - (100 - textHeight)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {["opening", undefined, "on-way"].map((kind) =>
        drawn.filter((line) => line.kind === kind).map(({ path }) => <path class={kind} d={path} />),
      )}
    </svg>
  );
}

/** `passes`: the column at which the line passes each row, from `row` on. It passes a row vertically. */
function lineThrough(passes: readonly number[], row: number): string {
  const columns = passes.map((column) => Math.round(column * 100));
  return columns
    .map((x, index) => {
      const top = (row + index) * 100;
      if (index === 0) return `M${x} ${top + textHeight}`;
      const before = columns[index - 1] ?? x;
      const middle = top - (100 - textHeight) / 2;
      const curve = `C${before} ${middle} ${x} ${middle} ${x} ${top}`;
      return index === columns.length - 1 ? curve : `${curve}V${top + textHeight}`;
    })
    .join("");
}
