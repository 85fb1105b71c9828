/** Memoises results by key within a process: the same formulas recur in every chapter and at every save. */

/** Enough for a library of a thousand chapters; about ten megabytes of images. */
const maxRemembered = 8000;

/** A function that calls `make` only for unknown keys. A full cache is cleared. */
export function createCache<Thing>(): (key: string, make: () => Thing) => Thing {
  const things = new Map<string, Thing>();
  return (key, make) => {
    const known = things.get(key);
    if (known !== undefined) return known;
    if (things.size >= maxRemembered) things.clear();
    const thing = make();
    things.set(key, thing);
    return thing;
  };
}
