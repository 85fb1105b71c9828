/** Implements matrix and vector operations for figures and models, on plain arrays. */

import { at } from "./at.ts";

/** A list of rows of equal length. */
export type Matrix = readonly (readonly number[])[];

/** An entry outside of the matrix is a bug and throws a RangeError. */
export function entry(matrix: Matrix, row: number, column: number): number {
  const value = matrix[row]?.[column];
  if (value === undefined) throw new RangeError(`no entry (${row}, ${column})`);
  return value;
}

/** a (n × k) times b (k × m): n × m. */
export const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    (b[0] ?? []).map((_, column) => row.reduce((total, value, k) => total + value * entry(b, k, column), 0)),
  );

/** A matrix (n × k) times a vector (k): n numbers. */
export const transform = (matrix: Matrix, vector: readonly number[]): number[] => matrix.map((row) => dot(row, vector));

/** n × k to k × n. */
export const transpose = (matrix: Matrix): Matrix =>
  (matrix[0] ?? []).map((_, column) => matrix.map((_, row) => entry(matrix, row, column)));

/** I, n × n. */
export const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/** Dot product of two vectors of the same length. */
export const dot = (one: readonly number[], other: readonly number[]): number =>
  sum(one.map((value, index) => value * at(other, index)));

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
