/** Reading a list at a place that is known to exist. */

/** The element at an index; a wrong index is a bug and throws a RangeError. */
export function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} among ${values.length}`);
  return value;
}
