/** Memoises results by key within a process: the same formulas recur in every chapter and at every save. */

/** Enough for a library of a thousand chapters; about ten megabytes of images. */
const usualMax = 8000;

/**
 * A function that calls `make` only for unknown keys. Keeps the latest results, at most `max`: in two generations, of
 * which the older one is dropped when the newer one is full, so that what recurs stays.
 */
export function createCache<Thing>(max = usualMax): (key: string, make: () => Thing) => Thing {
  let newer = new Map<string, Thing>();
  let older = new Map<string, Thing>();
  return (key, make) => {
    const known = newer.get(key);
    if (known !== undefined) return known;
    const thing = older.get(key) ?? make();
    if (newer.size >= max / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(key, thing);
    return thing;
  };
}
