/**
 * Speeds up the start of every command: enables Node's compile cache, and resolves drizzle-orm's package.json once.
 * Plain JavaScript, because run.mjs imports it.
 */
import { enableCompileCache, registerHooks } from "node:module";
import { resolve } from "node:path";

enableCompileCache(resolve("node_modules/.cache/library-commands"));

/** Bare specifier -> resolution. */
const resolved = new Map();

// Node parses the whole package.json again for each module of a package. Drizzle's has 180 KB, so its hundred modules
// took a second.
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = "" } = context;
    if (/^drizzle-orm(\/|$)/.test(specifier) && context.conditions.includes("import")) {
      const found = resolved.get(specifier) ?? next(specifier, context);
      resolved.set(specifier, found);
      return { ...found, shortCircuit: true };
    }
    const isWithin = parentURL.includes("/node_modules/drizzle-orm/") && /^\..*\.js$/.test(specifier);
    return isWithin
      ? { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true }
      : next(specifier, context);
  },
});
