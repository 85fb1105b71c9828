/** The geometry of quadratic Bézier curves and lines, the segments of a font's outlines. */

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A line if there is no control point. */
export interface Segment {
  readonly from: Position;
  readonly control: Position | undefined;
  readonly to: Position;
}

const direction = (from: Position, to: Position): Position => ({ x: to.x - from.x, y: to.y - from.y });
export const midpoint = (a: Position, b: Position): Position => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
export const distance = (a: Position, b: Position): number => Math.hypot(a.x - b.x, a.y - b.y);
export const round = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) });

/** `t`: from 0 to 1. */
const pointAt = ({ from, to, control = midpoint(from, to) }: Segment, t: number): Position => ({
  x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * control.x + t ** 2 * to.x,
  y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * control.y + t ** 2 * to.y,
});

/** Points at equal steps, without the start and with the end. */
export const along = (segment: Segment, count: number): Position[] =>
  Array.from({ length: count }, (_, index) => pointAt(segment, (index + 1) / count));

/** Whether no point is further from the path, a series of short lines. */
export const isNear = (points: readonly Position[], path: readonly Position[], tolerance: number): boolean =>
  points.every((point) =>
    path.some((to, index) => {
      const from = path[index - 1];
      return from !== undefined && squareToLine(point, from, to) <= tolerance ** 2;
    }),
  );

/** Square of the distance from a point to a line between two others. */
function squareToLine(point: Position, from: Position, to: Position): number {
  const span = direction(from, to);
  const square = span.x ** 2 + span.y ** 2;
  const share = square === 0 ? 0 : ((point.x - from.x) * span.x + (point.y - from.y) * span.y) / square;
  const t = Math.min(1, Math.max(0, share));
  return (point.x - from.x - t * span.x) ** 2 + (point.y - from.y - t * span.y) ** 2;
}

/** The angle between two segments that meet, in radians. */
export function turn(before: Segment, after: Segment): number {
  const [a, b] = [
    direction(before.control ?? before.from, before.to),
    direction(after.from, after.control ?? after.to),
  ];
  return Math.abs(Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y));
}

/** Where the tangents at the start of one segment and at the end of another meet, if ahead of both. */
export function tangentsMeet(first: Segment, last: Segment): Position | undefined {
  const a = direction(first.from, first.control ?? first.to);
  const b = direction(last.to, last.control ?? last.from);
  const span = direction(first.from, last.to);
  const cross = a.x * b.y - a.y * b.x;
  const [s, t] = [(span.x * b.y - span.y * b.x) / cross, (span.x * a.y - span.y * a.x) / cross];
  return s > 0 && t > 0 ? { x: first.from.x + s * a.x, y: first.from.y + s * a.y } : undefined;
}

/** The control point of the curve from the first to the last point that is closest to all, by least squares. */
export function closestControl(points: readonly Position[]): Position | undefined {
  const [from, to] = [points[0], points.at(-1)];
  if (!from || !to) return undefined;
  let length = 0;
  const reached = points.map((point, index) => {
    length += distance(point, points[index - 1] ?? point);
    return length;
  });
  let [x, y, weights] = [0, 0, 0];
  for (const [index, point] of points.entries()) {
    const t = (reached[index] ?? 0) / length;
    const weight = 2 * t * (1 - t);
    x += weight * (point.x - (1 - t) ** 2 * from.x - t ** 2 * to.x);
    y += weight * (point.y - (1 - t) ** 2 * from.y - t ** 2 * to.y);
    weights += weight ** 2;
  }
  return weights > 0 ? { x: x / weights, y: y / weights } : undefined;
}
