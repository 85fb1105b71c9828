/** The kit that books draw with, src/figures, as their modules import it: `#figures/drawing.ts`. */
import { join } from "node:path";

/** For esbuild. Everything else reads `imports` of package.json, which a library outside the project does not have. */
export const kitAlias = { "#figures": join(import.meta.dirname, "../../figures") };
