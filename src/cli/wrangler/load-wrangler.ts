/** Loads wrangler's own functions when they are needed: that takes a second, which most local commands do not need. */
import { createRequire } from "node:module";

export const loadWrangler = (): typeof import("wrangler") => createRequire(import.meta.url)("wrangler");
