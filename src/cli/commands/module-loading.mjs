/**
 * Makes every command start faster: Node keeps the modules it has compiled, and reads the package.json of drizzle-orm once.
 * Plain JavaScript, because run.mjs imports it.
 */
import { enableCompileCache, registerHooks } from "node:module";
import { resolve } from "node:path";

enableCompileCache(resolve("node_modules/.cache/library-commands"));

/** Bare names of the package, and what they were resolved to. */
const resolved = new Map();

// For every module of a package, Node parses its whole package.json. This one has 180 KB, so that loading its hundred
// modules took a second.
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
