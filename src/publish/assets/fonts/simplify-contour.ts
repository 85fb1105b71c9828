/**
 * Simplifies the outlines of fonts: replaces a run of curves by one if it is as good as the same. KaTeX's fonts were
 * converted from cubic curves, and have two to three times the points of our text faces.
 */
import type { Contour, Point } from "./glyph-outlines.ts";
import {
  along,
  closestControl,
  distance,
  isNear,
  midpoint,
  round,
  type Segment,
  tangentsMeet,
  turn,
} from "./segments.ts";

/**
 * The largest distance from the original, in units of a font with 1,000 per em: a twentieth of a pixel in a title of 48
 * pixels, and less in text.
 */
const tolerance = 1;

/** Longer runs that fit are rare, and each costs a comparison with all its curves. */
const maxRun = 12;
/** Points compared on each original segment, and on its replacement. */
const samples = { original: 6, replacement: 24 } as const;
/** In radians: segments that meet at a larger angle have a corner, which stays. */
const cornerTurn = 0.3;

/** The contour, or one with fewer points that is nowhere further than `tolerance` from it. */
export function simplifyContour(contour: Contour): Contour {
  const segments = segmentsOf(contour);
  const simpler: Segment[] = [];
  for (let at = 0; at < segments.length; ) {
    const [one, length] = joinStart(smoothRun(segments.slice(at, at + maxRun)));
    simpler.push(one);
    at += length;
  }
  const points = pointsOf(simpler);
  return points.length < contour.length ? points : contour;
}

function smoothRun(segments: readonly Segment[]): readonly Segment[] {
  const corner = segments.findIndex((segment, index) => {
    const before = segments[index - 1];
    return before !== undefined && turn(before, segment) > cornerTurn;
  });
  return corner < 0 ? segments : segments.slice(0, corner);
}

/** One segment for as much as possible of the start of a run, and how many segments it replaces. */
function joinStart(run: readonly Segment[]): readonly [Segment, number] {
  for (let length = run.length; length > 1; length--) {
    const one = join(run.slice(0, length));
    if (one !== undefined) return [one, length];
  }
  return [rounded(run[0] as Segment), 1];
}

function join(run: readonly Segment[]): Segment | undefined {
  const [first, last] = [run[0] as Segment, run.at(-1) as Segment];
  const original = [first.from, ...run.flatMap((segment) => along(segment, samples.original))];
  const areLines = run.every(({ control }) => control === undefined);
  // Where tangents meet, level and upright ones stay so: that needs fewer bytes.
  const controls = areLines ? [] : [tangentsMeet(first, last), closestControl(original)];
  const candidates = areLines ? [undefined] : controls.filter((control) => control !== undefined);
  return candidates
    .map((control) => rounded({ from: first.from, control, to: last.to }))
    .find((one) => {
      // In both directions: nothing of the original is left out, and nothing is added.
      const copy = [one.from, ...along(one, samples.replacement)];
      return isNear(original, copy, tolerance) && isNear(copy, original, tolerance);
    });
}

/** Starts at a corner if there is one, so that no run is interrupted. */
function segmentsOf(contour: Contour): Segment[] {
  const full = contour.flatMap((point, index): Point[] => {
    const next = contour[(index + 1) % contour.length] ?? point;
    return point.isOn || next.isOn ? [point] : [point, { ...midpoint(point, next), isOn: true }];
  });
  const segments = full.flatMap((from, index): Segment[] => {
    if (!from.isOn) return [];
    const [next, afterNext] = [full[(index + 1) % full.length], full[(index + 2) % full.length]];
    const [control, to] = next?.isOn ? [undefined, next] : [next, afterNext];
    return to && distance(from, to) > 0 ? [{ from, control, to }] : [];
  });
  const corner = segments.findIndex((segment, index) => turn(segments.at(index - 1) ?? segment, segment) > cornerTurn);
  return corner < 0 ? segments : [...segments.slice(corner), ...segments.slice(0, corner)];
}

const rounded = ({ from, control, to }: Segment): Segment => ({
  from: round(from),
  control: control && round(control),
  to: round(to),
});

/** Leaves out points on the curve that are the midpoint of their control points. Half a unit is what rounding adds. */
function pointsOf(segments: readonly Segment[]): Point[] {
  return segments.flatMap(({ from, control }, index): Point[] => {
    const before = segments.at(index - 1)?.control;
    const isImplied = before && control && distance(midpoint(before, control), from) <= 0.75;
    return [...(isImplied ? [] : [{ ...from, isOn: true }]), ...(control ? [{ ...control, isOn: false }] : [])];
  });
}
