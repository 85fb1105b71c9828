/** Loads wrangler as a library on demand: loading takes a second, and most local commands do not need it. */
import { createRequire } from "node:module";

export const loadWrangler = (): typeof import("wrangler") => createRequire(import.meta.url)("wrangler");
