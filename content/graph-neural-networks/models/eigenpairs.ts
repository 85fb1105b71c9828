/** Computes eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations. */

import { at } from "#figures/at.ts";
import { identity, type Matrix } from "#figures/matrices.ts";
import type { Signal } from "./graph.ts";

export interface Eigenpair {
  readonly value: number;
  /**
   * Of length 1. The first entry that is not 0 up to rounding is positive, so the sign does not depend on the method.
   */
  readonly vector: Signal;
}

/**
 * All n pairs by ascending eigenvalue; the vectors of a repeated eigenvalue are an arbitrary orthonormal basis of its
 * eigenspace.
 */
export function eigenpairs(symmetric: Matrix): readonly Eigenpair[] {
  const rows = symmetric.map((row) => [...row]);
  const vectors = identity(symmetric.length);
  const places = [...symmetric.keys()];
  const offDiagonal = (): number => Math.hypot(...places.flatMap((i) => at(rows, i).filter((_, j) => j !== i)));
  for (let sweep = 0; sweep < 60 && offDiagonal() > 1e-13; sweep++) {
    for (const q of places) for (const p of places.slice(0, q)) rotate(rows, vectors, p, q);
  }
  return places
    .map((place) => ({
      value: at(at(rows, place), place),
      vector: withFixedSign(vectors.map((row) => at(row, place))),
    }))
    .sort((one, other) => one.value - other.value);
}

/** Rotates the plane of coordinates p and q so that entry (p, q) becomes 0 (Golub and Van Loan, section 8.5). */
function rotate(rows: number[][], vectors: number[][], p: number, q: number): void {
  const [rowP, rowQ] = [at(rows, p), at(rows, q)];
  const entry = at(rowP, q);
  if (Math.abs(entry) < 1e-16) return;
  const theta = (at(rowQ, q) - at(rowP, p)) / (2 * entry);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (x: number, y: number): readonly [number, number] => [cosine * x - sine * y, sine * x + cosine * y];
  for (const row of [...rows, ...vectors]) [row[p], row[q]] = turn(at(row, p), at(row, q));
  for (const column of rows.keys()) [rowP[column], rowQ[column]] = turn(at(rowP, column), at(rowQ, column));
}

function withFixedSign(vector: Signal): Signal {
  const first = vector.find((value) => Math.abs(value) > 1e-9) ?? 1;
  return first < 0 ? vector.map((value) => -value) : vector;
}
