/** What was made once in this process, by a key: the same formulas come back in every chapter and at every save. */

/** Enough for a library of a thousand chapters, and some ten megabytes of pictures. */
const maxRemembered = 8000;

/** A function that makes a thing the first time it is asked for it. */
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
