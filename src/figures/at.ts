/** Reads an element of a list at an index that must exist. */

/** A wrong index is a bug and throws a RangeError. */
export function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} among ${values.length}`);
  return value;
}
